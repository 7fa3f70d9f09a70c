//! What is kept of a token: enough to know it again, not enough to use it.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a token, hexadecimal.
pub(crate) fn digest(token: &str) -> String {
    let nibbles = Sha256::digest(token.as_bytes()).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
