//! The token secret: configured, or made once and kept in the data directory.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{TryRng, rngs::SysRng};

use crate::config::{reader::Reader, secret::Secret, value};

/// The secret that is configured. `None` if one is to be kept in the data directory, which PostgreSQL refuses.
pub(super) fn configured(from: &mut Reader<'_>, flag: Option<String>, database_url: &str) -> Option<Secret> {
    match from.optional("token_secret", flag, value::secret) {
        Ok(Some(secret)) => return Some(secret),
        Ok(None) if value::is_sqlite(database_url) => {}
        Ok(None) => {
            let why = "with PostgreSQL there may be several servers, and they must share one";
            from.wrong(format!("token_secret is not set: {why}; {}", value::WRITE_A_SECRET));
        }
        Err(problem) => from.wrong(problem),
    }
    None
}

/// The secret kept in `token-secret` in the directory; makes both if they are not there.
pub(super) fn kept_in(directory: &Path) -> Result<Secret, String> {
    let path = directory.join("token-secret");
    let text = fs::create_dir_all(directory).and_then(|()| read_or_make(&path)).map_err(|error| {
        format!(
            "data_dir: {} cannot be read or made: {error}; write a directory that can be written to",
            path.display()
        )
    })?;
    value::secret(text.trim()).map_err(|problem| {
        format!("token_secret, from {}: {problem}; or delete the file to get a new one", path.display())
    })
}

/// Reads the file; if it is not there or empty, fills it with 32 random bytes in Base64.
fn read_or_make(path: &Path) -> io::Result<String> {
    let found = fs::read_to_string(path);
    match found {
        Ok(text) if !text.is_empty() => return Ok(text),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(_) | Err(_) => {}
    }
    // Of several processes that start at once, the first to lock the file fills it, and the others read it.
    let mut file = open_private(path)?;
    file.lock()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if text.is_empty() {
        let mut bytes = [0; 32];
        SysRng.try_fill_bytes(&mut bytes).map_err(io::Error::other)?;
        text = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(text)
}

/// Opens a file that only its owner can read; makes it if it is not there.
fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::Directory;

    #[test]
    fn the_secret_is_made_once_and_private() {
        let directory = Directory::new("secret-once");
        let data = directory.path().join("deep/data");
        let made: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| kept_in(&data).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|secret| *secret == made[0]));
        assert_eq!(made[0].expose().len(), 43);
        #[cfg(unix)]
        {
            let permissions = fs::metadata(data.join("token-secret")).unwrap().permissions();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_secret_is_refused() {
        let directory = Directory::new("secret-damaged");
        fs::write(directory.path().join("token-secret"), "short").unwrap();
        let problem = kept_in(directory.path()).unwrap_err();
        assert!(problem.contains("delete the file") && !problem.contains("short;"), "{problem}");
    }
}
