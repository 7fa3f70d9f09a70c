//! The chain of the audit trail, as arithmetic: the hash of an entry holds the hash of the one before.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// What the first entry of a chain follows: 64 zeros.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of what stands at a place behind another hash.
///
/// Each field is preceded by a byte that says whether it is there and by its length, so that no two lists of fields
/// are written alike.
pub(crate) fn hash(before: &str, position: i64, fields: &[Option<&[u8]>]) -> String {
    let mut sha = Sha256::new();
    sha.update(before.as_bytes());
    sha.update(position.to_be_bytes());
    for field in fields {
        match field {
            None => sha.update([0]),
            Some(bytes) => {
                sha.update([1]);
                sha.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
                sha.update(bytes);
            }
        }
    }
    sha.finalize().iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing to a string does not fail.
        write!(digits, "{byte:02x}").unwrap_or_default();
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_in_the_hash() {
        let all = [
            hash(BEGINNING, 1, &[Some(b"ab"), Some(b"c")]),
            hash(BEGINNING, 1, &[Some(b"a"), Some(b"bc")]),
            hash(BEGINNING, 1, &[Some(b"abc"), Some(b"")]),
            hash(BEGINNING, 1, &[Some(b"abc"), None]),
            hash(BEGINNING, 1, &[Some(b"abc")]),
            hash(BEGINNING, 1, &[]),
            hash(BEGINNING, 2, &[]),
            hash(&hash(BEGINNING, 1, &[]), 2, &[]),
        ];
        for (n, one) in all.iter().enumerate() {
            assert_eq!(one.len(), BEGINNING.len());
            assert!(all.iter().skip(n + 1).all(|other| other != one), "{n}");
        }
    }

    #[test]
    fn a_chain_that_was_written_is_written_the_same_for_ever() {
        let first = hash(BEGINNING, 1, &[Some(b"order.placed"), None]);
        assert_eq!(first, FIRST);
    }

    /// `printf '%064d\0\0\0\0\0\0\0\1\1\0\0\0\0\0\0\0\14order.placed\0' 0 | sha256sum`
    const FIRST: &str = "0b696283fa962493c1611103922430ddb43f767b595bab3f9c8ca67ffb4e6c5e";
}
