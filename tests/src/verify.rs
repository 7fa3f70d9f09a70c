//! Asking `qafila verify` whether the invariants hold.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use tokio::task::spawn_blocking;

/// Runs `qafila verify` on a database, as an operator does. Says what it printed if it is not content.
pub(crate) async fn verify(database_url: String, directory: PathBuf) -> Result<(), String> {
    let ran = spawn_blocking(move || {
        let mut command = Command::new(qafila());
        command.arg("verify").current_dir(&directory).env_clear();
        command.env("DATABASE_URL", database_url).env("QAFILA_DATA_DIR", &directory).env("QAFILA_LOG", "error");
        command.env("QAFILA_TOKEN_SECRET", crate::shop::TOKEN_SECRET).output()
    });
    let output = ran.await.unwrap().expect("qafila runs");
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`qafila verify` is not content ({}):\n{out}{err}", output.status))
}

/// The binary, which lies beside the folder of the test executables.
fn qafila() -> PathBuf {
    let executable = std::env::current_exe().unwrap();
    let target = executable.parent().and_then(Path::parent).unwrap();
    let qafila = target.join(format!("qafila{}", std::env::consts::EXE_SUFFIX));
    assert!(qafila.exists(), "{} is not there: run `cargo build -p api` first, or bin/test", qafila.display());
    qafila
}
