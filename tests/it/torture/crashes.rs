//! A server that is killed.

use tests::{
    database::Kind,
    environment::rounds,
    torture::{crashes::crashes, report::Report},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_under_load_has_lost_nothing_that_it_acknowledged() {
    let report = Report::default();
    crashes(Kind::of_environment(), rounds(3, 20), 20, &report).await;
    assert_eq!(report.findings(), [""; 0]);
}
