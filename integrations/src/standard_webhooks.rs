//! Signatures of what is sent to who shares a secret with the shop, as <https://www.standardwebhooks.com> says.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::secret::mac;

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// The header with the id of a message.
pub const ID: &str = "webhook-id";
/// The header that says when it is sent: seconds since the epoch.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with its signatures.
pub const SIGNATURE: &str = "webhook-signature";

/// What the shop and somebody outside share.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// Never shows itself.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The key that follows from the server's secret for a purpose: other purposes have others, and none leads back.
    pub fn derived(secret: &str, purpose: &str) -> Self {
        Self(mac(secret.as_bytes(), &[purpose.as_bytes()]))
    }

    /// The secret as whoever shares it keeps it.
    pub fn revealed(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    /// The signature of a message that is sent at a time.
    pub fn sign(&self, id: &str, at_seconds: i64, body: &str) -> String {
        let mac = mac(&self.0, &[format!("{id}.{at_seconds}.{body}").as_bytes()]);
        format!("v1,{}", STANDARD.encode(mac))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_any_other_hmac_sha256_gives() {
        // printf 'purpose' | openssl dgst -sha256 -mac HMAC -macopt key:secret
        // printf 'msg_1.1700000000.{}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64
        let key = Key::derived("secret", "purpose");
        assert_eq!(key.revealed(), "whsec_X53T77i7m+/i85tznAy6ZP3i+ReCMSGtwLQyNOx6uGA=");
        assert_eq!(key.sign("msg_1", 1_700_000_000, "{}"), "v1,6uBLhr2hR3xUC9M4RsB0KvL3mUO7FJMAN3ymY7uGbAk=");
    }

    #[test]
    fn other_purposes_and_secrets_have_other_keys() {
        assert_ne!(Key::derived("secret", "one"), Key::derived("secret", "another"));
        assert_ne!(Key::derived("secret", "one"), Key::derived("another", "one"));
    }
}
