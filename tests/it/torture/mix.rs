//! Everything at once.

use tests::{
    database::Kind,
    environment::rounds,
    torture::{
        mix::{Size, mix},
        report::Report,
    },
};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_many_do_at_once_the_books_agree_afterwards() {
    let report = Report::default();
    let size = Size { operations: rounds(5_000, 100_000), clients: rounds(8, 24) };
    mix(Kind::of_environment(), size, 20, &report).await;
    assert_eq!(report.findings(), [""; 0]);
}
