//! Passwords, as they are kept: PHC strings of argon2id with the parameters that OWASP recommends.

use argon2::{
    Argon2,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use store::Fault;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Hashing takes 19 MiB each time, so that few are done at once, whoever asks.
static HASHINGS: Semaphore = Semaphore::const_new(2);

/// The hash of a password. Holds a thread for some hundredths of a second.
pub(crate) fn hash(password: &str) -> Result<String, Fault> {
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(Fault::new)?.to_string())
}

/// The hash of a password, made where it keeps nobody waiting.
pub(super) async fn hashed(password: String) -> Result<String, Fault> {
    aside(move || hash(&password)).await
}

/// Whether a password is the one that was hashed. Without a hash it is not, after the same work: from
/// the time that it takes nobody learns which accounts there are.
pub(super) async fn is_right(password: String, hashed: Option<String>) -> Result<bool, Fault> {
    aside(move || match hashed {
        Some(hashed) => matches(&password, &hashed),
        None => hash(&password).map(|_| false),
    })
    .await
}

fn matches(password: &str, hashed: &str) -> Result<bool, Fault> {
    let hashed = PasswordHash::new(hashed).map_err(Fault::new)?;
    match Argon2::default().verify_password(password.as_bytes(), &hashed) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Fault::new(error)),
    }
}

/// Runs heavy work on a thread of its own, when it is its turn. Who stops waiting does not stop it, so
/// the permit goes along.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    let permit = HASHINGS.acquire().await.map_err(Fault::new)?;
    let done = spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    });
    done.await.map_err(Fault::new)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let phc = hashed("correct horse".to_owned()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(is_right("correct horse".to_owned(), Some(phc.clone())).await.unwrap());
        assert!(!is_right("correct house".to_owned(), Some(phc)).await.unwrap());
        assert!(!is_right("correct horse".to_owned(), None).await.unwrap());
        assert!(is_right("correct horse".to_owned(), Some("plain".to_owned())).await.is_err());
    }
}
