//! What is kept of a token: enough to know it again, not enough to use it.

use std::hint::black_box;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use store::Fault;
use uuid::Uuid;

/// The SHA-256 of a token, hexadecimal.
pub(crate) fn digest(token: &str) -> String {
    let nibbles = Sha256::digest(token.as_bytes()).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect()
}

/// The token of a record: an HMAC of its id, so that it can be told again to whoever repeats the call that made the
/// record, and yet is stored nowhere but hashed. `purpose` says of what, so that no token is of two things.
pub(crate) fn token(secret: &str, purpose: &[u8], id: Uuid) -> Result<String, Fault> {
    mac(secret, purpose, id).map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// The bytes of such a token.
pub(crate) fn mac(secret: &str, purpose: &[u8], id: Uuid) -> Result<[u8; 32], Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(Fault::new)?;
    mac.update(purpose);
    mac.update(id.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

/// Whether a token is the one of this digest. It takes as long for any token.
pub(crate) fn is_of(token: &str, kept: &str) -> bool {
    let given = digest(token);
    let differences = given.bytes().zip(kept.bytes()).fold(0_u8, |all, (a, b)| black_box(all | (a ^ b)));
    given.len() == kept.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_its_own_digest_only() {
        assert!(is_of("Zm9v", &digest("Zm9v")));
        assert!(!is_of("Zm9w", &digest("Zm9v")));
        assert!(!is_of("Zm9v", "") && !is_of("", &digest("Zm9v")));
    }

    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
