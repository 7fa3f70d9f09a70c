//! The token by which a guest sees their order. Only its digest is stored.

use std::hint::black_box;

use crate::digest::digest;

/// Whether a token is the one of this digest. It takes as long for any token.
pub(super) fn is_of(token: &str, kept: &str) -> bool {
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
}
