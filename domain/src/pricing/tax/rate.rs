//! Rates of tax.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

/// A rate of tax in basis points: 1500 is 15 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaxRate(u32);

impl TaxRate {
    /// The rate of so many basis points.
    pub const fn from_bps(bps: u32) -> Self {
        Self(bps)
    }

    /// The rate of so many percent, such as `15` or `12.5`: none to a hundred, with two fraction digits at most.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let percent = Decimal::from_str_exact(text.trim()).ok()?.normalize();
        let bps = percent.checked_mul(Decimal::ONE_HUNDRED).filter(|_| percent.scale() <= 2)?;
        bps.to_u32().filter(|bps| *bps <= 10_000).map(Self)
    }

    /// Basis points.
    pub const fn bps(self) -> u32 {
        self.0
    }

    /// The rate as a fraction: 0.15 for 1500 basis points.
    pub fn fraction(self) -> Decimal {
        Decimal::new(i64::from(self.0), 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_are_read_to_the_basis_point() {
        let bps = |text| TaxRate::parse_percent(text).map(TaxRate::bps);
        assert_eq!(["15", "15.00", "12.5", "0", "0.05", "100"].map(bps), [1500, 1500, 1250, 0, 5, 10_000].map(Some));
        assert_eq!(["", "-1", "100.01", "0.005", "15%", "1e1"].map(bps), [None; 6]);
    }

    #[test]
    fn fifteen_hundred_basis_points_are_fifteen_percent() {
        assert_eq!(TaxRate::from_bps(1500).fraction(), Decimal::new(15, 2));
        assert_eq!(TaxRate::from_bps(0).fraction(), Decimal::ZERO);
        assert_eq!(TaxRate::from_bps(u32::MAX).fraction().to_string(), "429496.7295");
        assert_eq!(TaxRate::from_bps(500).bps(), 500);
    }
}
