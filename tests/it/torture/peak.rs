//! A crowd.

use tests::{
    database::Kind,
    environment::rounds,
    torture::{
        peak::{Crowd, peak},
        report::Report,
    },
};

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_two_servers_buys_what_there_is_and_in_the_queue_who_was_earlier_is_served() {
    let report = Report::default();
    let crowd = Crowd { buyers: rounds(300, 5_000), units: rounds(30, 500) };
    peak(Kind::of_environment(), crowd, 20, &report).await;
    assert_eq!(report.findings(), [""; 0]);
}
