//! What is kept of a token: enough to know it again, not enough to use it.

use std::{hint::black_box, iter};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use integrations::secret::mac;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The SHA-256 of a token, hexadecimal.
pub(crate) fn digest(token: &str) -> String {
    let nibbles = Sha256::digest(token.as_bytes()).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect()
}

/// The token of a record: an HMAC of its id, so that it can be told again to whoever repeats the call that made the
/// record, and yet is stored nowhere but hashed. `purpose` says of what, so that no token is of two things. It follows from
/// all the ids: with another one after the record's it is another token.
pub(crate) fn token(secret: &str, purpose: &[u8], ids: &[Uuid]) -> String {
    let parts: Vec<_> = iter::once(purpose).chain(ids.iter().map(|id| id.as_bytes().as_slice())).collect();
    URL_SAFE_NO_PAD.encode(mac(secret.as_bytes(), &parts))
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

    /// Whoever has a token keeps it: it must never become another one.
    #[test]
    fn tokens_stay_what_they_are() {
        let [draft, company, unit] = [7, 8, 9].map(Uuid::from_u128);
        for (secret, of_order, of_draft, of_company) in [
            (
                "secret",
                "NbYxyDQHo_2BTZRCdZr-zC5P_aTKZxB6MC7DDNF4KXI",
                "nB-7hK9igkaUVNnOtEIn0PYWUXgKf2f-TQm4rZcgqWs",
                "sFMrENE1TZcDCvo3zwdob5mVLr_vJvOM12cCvcAuDTY",
            ),
            (
                &"s".repeat(65),
                "LPArMjp4-yuSx9VRHt8ZmEzregYD0EvmKmU-J3WBdes",
                "iQWq-Oy5iYJSCHqMwBauYXmLhsDHzeMatg-k1ow0G_Q",
                "y7ZRXVdfTOoBXaskefRGer1KGDI2v8V0qVP-xS86V1M",
            ),
        ] {
            assert_eq!(token(secret, b"order token ", &[draft]), of_order);
            assert_eq!(token(secret, b"draft token ", &[draft, Uuid::nil(), Uuid::nil()]), of_draft);
            assert_eq!(token(secret, b"draft token ", &[draft, company, unit]), of_company);
        }
    }

    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
