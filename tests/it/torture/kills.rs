//! A server that is killed, and PostgreSQL beneath it, and RabbitMQ beside it.

use tests::{
    database::Kind,
    environment::rounds,
    torture::{
        kills::{Victim, kills},
        report::Report,
    },
};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_killed_under_load_nothing_acknowledged_is_lost_and_every_event_is_heard_of() {
    let (kind, report) = (Kind::of_environment(), Report::default());
    // Of all, each is killed in its turn.
    let (victim, n) = match kind {
        Kind::Postgres => (Victim::All, rounds(3, 60)),
        Kind::Sqlite => (Victim::Server, rounds(2, 20)),
    };
    kills(kind, victim, n, 20, &report).await;
    assert_eq!(report.findings(), [""; 0]);
}
