//! Many buyers, few units.

use tests::{
    database::Kind,
    environment::rounds,
    torture::{races::races, report::Report},
};

#[tokio::test(flavor = "multi_thread")]
async fn of_64_buyers_at_once_20_get_the_last_20_units_and_44_are_told_that_there_are_none() {
    let report = Report::default();
    races(Kind::of_environment(), rounds(1, 5), 20, &report).await;
    assert_eq!(report.findings(), [""; 0]);
}
