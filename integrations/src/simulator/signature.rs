//! How notices of the simulated gateway are signed: `t=<unix seconds>,v1=<HMAC of "t.body">`.

use crate::secret::Secret;

/// The signature of a notice to the merchant who has this key, sent so many seconds after the epoch.
pub fn sign(key: &str, at_seconds: i64, body: &str) -> String {
    format!("t={at_seconds},v1={}", secret(key).sign(&format!("{at_seconds}.{body}")))
}

/// Whether the gateway made this signature. How old it is does not matter: a notice has an id, and the
/// shop acts on it once.
pub(super) fn is_genuine(key: &str, signature: &str, body: &str) -> bool {
    let part = |name: &str| signature.split(',').find_map(|part| part.trim().strip_prefix(name));
    let (Some(at), Some(signature)) = (part("t="), part("v1=")) else { return false };
    secret(key).has_signed(&format!("{at}.{body}"), signature)
}

/// The secret for notices, derived from the key so that neither reveals the other on the wire.
fn secret(key: &str) -> Secret {
    Secret::of(&format!("notices for {key}"))
}
