//! Signatures that two parties who share a secret can make and check: HMAC with SHA-256.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What two parties share.
pub struct Secret([u8; 32]);

/// Never shows itself.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// The secret made of this text. Texts of any length are good; what matters is that they are hard to guess.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// The signature of a message: 64 hexadecimal digits.
    pub fn sign(&self, message: &str) -> String {
        self.mac(message).finalize().into_bytes().into_iter().flat_map(hex).collect()
    }

    /// Whether this is the signature of the message. Takes the same time for every wrong one.
    pub fn has_signed(&self, message: &str, signature: &str) -> bool {
        unhex(signature).is_some_and(|signature| self.mac(message).verify_slice(&signature).is_ok())
    }

    fn mac(&self, message: &str) -> Hmac<Sha256> {
        hmac(&self.0).chain_update(message)
    }
}

/// The HMAC of these bytes, one after the other, with a key of any length.
pub fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(hmac(key), Mac::chain_update).finalize().into_bytes().into()
}

/// HMAC with a key of any length, as RFC 2104 has it: one that is longer than a block is hashed first.
fn hmac(key: &[u8]) -> Hmac<Sha256> {
    let mut block = [0_u8; 64];
    let hashed = Sha256::digest(key);
    let key = if block.len() < key.len() { hashed.as_slice() } else { key };
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    Hmac::new((&block).into())
}

/// The two hexadecimal digits of a byte.
fn hex(byte: u8) -> impl Iterator<Item = char> {
    [byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(u32::from(half), 16))
}

/// Reads hexadecimal digits.
fn unhex(digits: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(32);
    let mut digits = digits.chars();
    while let Some(high) = digits.next() {
        let byte = high.to_digit(16)?.checked_mul(16)?.checked_add(digits.next()?.to_digit(16)?)?;
        bytes.push(u8::try_from(byte).ok()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_for_its_message_and_its_secret_only() {
        let secret = Secret::of("between us");
        let signature = secret.sign("pay 10");
        assert!(secret.has_signed("pay 10", &signature));
        assert!(!secret.has_signed("pay 99", &signature));
        assert!(!Secret::of("somebody else's").has_signed("pay 10", &signature));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        let secret = Secret::of("between us");
        let signature = secret.sign("");
        let (short, long) = (signature.get(..62).unwrap(), format!("{signature}00"));
        for wrong in ["", "0", "zz", "+f", "تم", short, &long] {
            assert!(!secret.has_signed("", wrong), "{wrong}");
        }
    }

    #[test]
    fn a_signature_is_what_any_other_hmac_sha256_gives() {
        // printf 't.body' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf key | sha256sum | cut -c1-64)
        let expected = "fd69be865cd3a1e290c189e31e6525d22dfeb0ef5328d5124db2251d8bd6bde6";
        assert_eq!(Secret::of("key").sign("t.body"), expected);
        // printf 'gift card \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\7' | openssl dgst -sha256 -mac HMAC -macopt key:…
        for (key, expected) in [
            ("secret", "42fa9a0d0b4e222e41fa3798413207a22a9dd33061583745a2e6d4ffa187c782"),
            (&"s".repeat(65), "aba9cfabbd9249180a643a290a16d62ade32936d67d3eb519a76b1232932a0bb"),
        ] {
            let mac = mac(key.as_bytes(), &[b"gift card ", &7_u128.to_be_bytes()]);
            assert_eq!(mac.into_iter().flat_map(hex).collect::<String>(), expected, "{key}");
        }
    }
}
