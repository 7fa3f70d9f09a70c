//! The codes of coupons that are made together: they follow from a seed, and none is stored before it is used.
//!
//! A code is what the batch is called, a hyphen, and sixty bits in the base 32 of Crockford: forty of a keyed digest of the
//! coupon's number, and the number itself, hidden. Who knows a million of them guesses no other.

use entity::pricing::coupon;
use integrations::secret::mac;
use store::Fault;

/// The digits of base 32: no I, L, O and U, which are taken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bits of the number of a coupon.
const NUMBER_BITS: u32 = 20;

/// The most coupons that are made together.
pub(super) const COUNT_MAX: i64 = 1_000_000;

/// The code of the coupon of a number.
pub(super) fn code(seed: &str, prefix: &str, number: u64) -> String {
    let tag = digest(seed, "coupon", number) >> 24;
    let bits = (tag << NUMBER_BITS) | (number ^ mask(seed, tag));
    let digit = |place: u32| {
        let index = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
        DIGITS.get(index).copied().map_or('0', char::from)
    };
    format!("{prefix}-{}", (0..12).rev().map(digit).collect::<String>())
}

/// Whether a code is that of a coupon, or of one of those that were made together.
pub(super) fn is_on(row: &coupon::Model, given: &str) -> Result<bool, Fault> {
    match (row.count, &row.seed) {
        (Some(count), Some(seed)) => is_of(seed, (&row.code, count), given),
        _ => Ok(row.code == given),
    }
}

/// Whether a code is that of one of so many coupons.
fn is_of(seed: &str, (prefix, count): (&str, i64), given: &str) -> Result<bool, Fault> {
    let Some(digits) = given.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')) else { return Ok(false) };
    let mut bits = 0_u64;
    for digit in digits.bytes() {
        let Some(value) = DIGITS.iter().position(|other| *other == digit) else { return Ok(false) };
        bits = (bits << 5) | u64::try_from(value).map_err(Fault::new)?;
    }
    let number = (bits & ((1 << NUMBER_BITS) - 1)) ^ mask(seed, bits >> NUMBER_BITS);
    let is_one = i64::try_from(number).is_ok_and(|number| number < count);
    Ok(is_one && digits.len() == 12 && code(seed, prefix, number) == given)
}

/// What a code of a batch begins with; `None`: it is of no batch.
pub(super) fn prefix(given: &str) -> Option<&str> {
    given.rsplit_once('-').filter(|(_, digits)| digits.len() == 12).map(|(prefix, _)| prefix)
}

/// What may be written on the coupons of codes: on one, or on all of a batch.
pub(super) fn written<'c>(given: impl Iterator<Item = &'c str>) -> Vec<String> {
    given.flat_map(|code| [Some(code), prefix(code)]).flatten().map(str::to_owned).collect()
}

fn mask(seed: &str, tag: u64) -> u64 {
    digest(seed, "number", tag) >> (64 - NUMBER_BITS)
}

fn digest(seed: &str, purpose: &str, of: u64) -> u64 {
    let bytes = mac(seed.as_bytes(), &[purpose.as_bytes(), &of.to_be_bytes()]);
    bytes.iter().take(8).fold(0, |all, byte| (all << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_coupon_has_a_code_of_its_own_that_is_known_again() {
        let codes: HashSet<_> = (0..5_000).map(|number| code("seed", "EID", number)).collect();
        assert_eq!(codes.len(), 5_000);
        assert!(codes.iter().all(|code| is_of("seed", ("EID", 5_000), code).unwrap()));
        assert!(codes.iter().all(|code| prefix(code) == Some("EID")));
    }

    /// They are printed: the codes of a seed must never become others.
    #[test]
    fn codes_stay_what_they_are() {
        let codes = [0, 7, 999_999].map(|number| code("secret", "EID", number));
        assert_eq!(codes, ["EID-23GKBC896YZ8", "EID-3F9B9VRMWW3P", "EID-CX96ACVH53B2"]);
        let codes = [0, 7, 999_999].map(|number| code(&"s".repeat(65), "EID", number));
        assert_eq!(codes, ["EID-FXSWN4YWE7ND", "EID-TN5SPS1BQ726", "EID-YZ5RVEAK0B5F"]);
    }

    #[test]
    fn no_other_code_is_good() {
        let good = code("seed", "EID", 7);
        let is_good = |given: &str| is_of("seed", ("EID", 5_000), given).unwrap();
        assert!(is_good(&good) && !is_of("seed", ("EID", 7), &good).unwrap(), "of seven there is no eighth");
        assert!(!is_of("other", ("EID", 5_000), &good).unwrap());
        let mut wrong = good.clone();
        let last = wrong.pop().unwrap();
        wrong.push(if last == '0' { '1' } else { '0' });
        for wrong in [wrong.as_str(), "EID", "EID-", "EID-OOOOOOOOOOOO", "EID-000000000000", &format!("{good}0")] {
            assert!(!is_good(wrong), "{wrong}");
        }
    }
}
