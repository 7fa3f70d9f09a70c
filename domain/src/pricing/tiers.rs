//! The price of a piece, and of one of many.

use crate::{
    invalid::{Check, Invalid, Problem},
    money::Money,
};

/// The most tiers of a price.
pub const TIERS_MAX: usize = 20;

/// The price of a piece, and lower ones from so many pieces on: who buys that many pays it for each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    one: Money,
    /// Ascending by number, descending by price.
    more: Vec<(u32, Money)>,
}

impl Tiers {
    /// One price for any number.
    pub const fn flat(one: Money) -> Self {
        Self { one, more: Vec::new() }
    }

    /// A price for one, and others from so many pieces on. Refuses, by the index of the tier, numbers below two and those
    /// that do not rise, and prices that do not fall; and more than [`TIERS_MAX`].
    pub fn new(one: Money, more: Vec<(u32, Money)>) -> Result<Self, Invalid> {
        let mut check = Check::default();
        if TIERS_MAX < more.len() {
            return Err(Invalid::here(Problem::TooLong { max: TIERS_MAX }));
        }
        let (mut last_from, mut last) = (1, one);
        for (index, (from, amount)) in more.iter().enumerate() {
            let refuse = |field: &str, problem| Err::<(), _>(Invalid::at(field, problem).under(&index.to_string()));
            if *from <= last_from {
                check.here(refuse("fromQuantity", Problem::TiersOverlap));
            }
            if last.minor <= amount.minor {
                check.here(refuse("price", Problem::TierNotLower));
            }
            (last_from, last) = (*from, *amount);
        }
        check.done(Some(Self { one, more }))
    }

    /// Whether for some number of pieces it is less than by others.
    pub fn is_lower_somewhere(&self, than: &Self) -> bool {
        let begin = self.begin().chain(than.begin()).chain([1]);
        begin.into_iter().any(|quantity| self.of(quantity).1.minor < than.of(quantity).1.minor)
    }

    /// The price of each of so many pieces, and the number from which on it goes.
    pub fn of(&self, quantity: u32) -> (u32, Money) {
        let goes = self.more.iter().rev().find(|(from, _)| *from <= quantity);
        goes.copied().unwrap_or((1, self.one))
    }

    /// The price of a piece.
    pub const fn one(&self) -> Money {
        self.one
    }

    /// The lower prices, each with the number from which on it goes.
    pub fn more(&self) -> &[(u32, Money)] {
        &self.more
    }

    /// Which of the prices are below a limit: that of a piece first (`None`), then those of tiers by their places.
    pub fn below(&self, limit: Money) -> Vec<Option<usize>> {
        let more = self.more.iter().enumerate().map(|(tier, (_, amount))| (Some(tier), *amount));
        let all = std::iter::once((None, self.one)).chain(more);
        all.filter(|(_, amount)| amount.minor < limit.minor).map(|(place, _)| place).collect()
    }

    /// The numbers from which on another price goes.
    pub(super) fn begin(&self) -> impl Iterator<Item = u32> {
        self.more.iter().map(|(from, _)| *from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn tiers(more: &[(u32, i64)]) -> Result<Tiers, Vec<(String, Problem)>> {
        let more = more.iter().map(|(from, minor)| (*from, sar(*minor))).collect();
        let wrong = |invalid: Invalid| invalid.wrong.into_iter().map(|wrong| (wrong.path.join("."), wrong.problem));
        Tiers::new(sar(1_000), more).map_err(|invalid| wrong(invalid).collect())
    }

    #[test]
    fn the_more_are_bought_the_less_each_costs() {
        let tiers = tiers(&[(10, 900), (50, 750)]).unwrap();
        let of = |n| (tiers.of(n).0, tiers.of(n).1.minor);
        assert_eq!(
            [1, 9, 10, 49, 50, 999].map(of),
            [(1, 1_000), (1, 1_000), (10, 900), (10, 900), (50, 750), (50, 750)]
        );
        assert_eq!(Tiers::flat(sar(1)).of(999), (1, sar(1)));
    }

    #[test]
    fn those_below_a_limit_are_named() {
        let tiers = tiers(&[(10, 900), (50, 750)]).unwrap();
        assert_eq!(tiers.below(sar(750)), []);
        assert_eq!(tiers.below(sar(751)), [Some(1)]);
        assert_eq!(tiers.below(sar(1_001)), [None, Some(0), Some(1)]);
    }

    #[test]
    fn numbers_rise_and_prices_fall() {
        let at = |path: &str, problem| (path.to_owned(), problem);
        assert_eq!(tiers(&[(1, 900)]), Err(vec![at("0.fromQuantity", Problem::TiersOverlap)]));
        assert_eq!(tiers(&[(5, 900), (5, 800)]), Err(vec![at("1.fromQuantity", Problem::TiersOverlap)]));
        assert_eq!(tiers(&[(5, 1_000), (9, 800)]), Err(vec![at("0.price", Problem::TierNotLower)]));
        let both = vec![at("1.fromQuantity", Problem::TiersOverlap), at("1.price", Problem::TierNotLower)];
        assert_eq!(tiers(&[(5, 800), (4, 900)]), Err(both));
        let many: Vec<_> = (2..23).zip((0..900).rev()).collect();
        assert_eq!(tiers(&many), Err(vec![at("", Problem::TooLong { max: 20 })]));
    }
}
