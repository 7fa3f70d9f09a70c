//! Rates of tax.

use rust_decimal::Decimal;

/// A rate of tax in basis points: 1500 is 15 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxRate(u32);

impl TaxRate {
    /// The rate of so many basis points.
    pub const fn from_bps(bps: u32) -> Self {
        Self(bps)
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
    fn fifteen_hundred_basis_points_are_fifteen_percent() {
        assert_eq!(TaxRate::from_bps(1500).fraction(), Decimal::new(15, 2));
        assert_eq!(TaxRate::from_bps(0).fraction(), Decimal::ZERO);
        assert_eq!(TaxRate::from_bps(u32::MAX).fraction().to_string(), "429496.7295");
        assert_eq!(TaxRate::from_bps(500).bps(), 500);
    }
}
