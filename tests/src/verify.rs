//! Asking `qafila verify` whether the invariants hold.

use std::path::PathBuf;

use tokio::task::spawn_blocking;

use crate::binary::qafila;

/// Runs `qafila verify` on a database, as an operator does. Says what it printed if it is not content.
pub(crate) async fn verify(database_url: String, directory: PathBuf) -> Result<(), String> {
    let ran =
        spawn_blocking(move || qafila(&database_url, &directory).arg("verify").env("QAFILA_LOG", "error").output());
    let output = ran.await.unwrap().expect("qafila runs");
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`qafila verify` is not content ({}):\n{out}{err}", output.status))
}
