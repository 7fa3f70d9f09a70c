//! What a cart comes to between two promotions.

use std::cmp::Ordering;

use super::{Limit, effect::Spend, evaluate::Basket};
use crate::money::{Money, MoneyError};

/// What a cart comes to between two promotions, minor units.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) lines: Vec<Line>,
    pub(super) delivery: i64,
    pub(super) fee: i64,
    /// What may still be taken off the lines; `None`: all that is there.
    pub(super) room: Option<i64>,
}

/// A line between two promotions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    /// What it comes to.
    pub(super) total: i64,
    /// What it comes to at least.
    pub(super) least: i64,
    /// Pieces that made no set with others.
    pub(super) open: u32,
    /// What these come to.
    pub(super) open_total: i64,
    /// Pieces that were given with others.
    pub(super) given: u32,
}

/// What a promotion is to take off.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// How much.
    pub(super) amount: i64,
    /// What of that is each line's.
    pub(super) shares: Vec<(usize, i64)>,
    /// Pieces of lines that made sets for it.
    pub(super) claims: Vec<(usize, u32)>,
    /// Whether it would be more, if the shop allowed more.
    pub(super) is_capped: bool,
    /// Whether it would be more, were pieces sold for less.
    pub(super) is_at_floor: bool,
    /// The lines of which it would be more then.
    pub(super) floored: Vec<usize>,
    /// What of its own keeps it from being more.
    pub(super) limit: Option<Limit>,
    /// The tier of what is spent that is reached.
    pub(super) reached: Option<Spend>,
}

impl State {
    /// A cart before its first promotion.
    pub(super) fn of(basket: &Basket<'_>) -> Result<Self, MoneyError> {
        let line = |line: &super::evaluate::BasketLine<'_>| {
            let total = line.unit.times(line.quantity)?.minor;
            let least = line.floor.map_or(0, |floor| floor.minor).min(line.unit.minor);
            let least = Money::new(least, line.unit.currency).times(line.quantity)?.minor;
            Ok(Line { total, least, open: line.quantity, open_total: total, given: 0 })
        };
        let lines = basket.lines.iter().map(line).collect::<Result<_, MoneyError>>()?;
        Ok(Self { lines, delivery: basket.delivery.unwrap_or_default(), fee: basket.fee, room: None })
    }

    /// What all lines come to.
    pub(super) fn goods(&self) -> Result<i64, MoneyError> {
        self.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.total)).ok_or(MoneyError::Overflow)
    }

    /// Notes which pieces are given.
    pub(super) fn give(&mut self, pieces: &[(usize, u32)]) {
        for (line, pieces) in pieces {
            if let Some(line) = self.lines.get_mut(*line) {
                line.given = line.given.saturating_add(*pieces);
            }
        }
    }

    /// Takes something off.
    pub(super) fn take(&mut self, taken: &Taken) {
        for (line, pieces) in &taken.claims {
            if let Some(line) = self.lines.get_mut(*line) {
                line.open_total = line.open_total.saturating_sub(line.value(*pieces));
                line.open = line.open.saturating_sub(*pieces);
            }
        }
        let is_of_sets = !taken.claims.is_empty();
        for (line, share) in &taken.shares {
            if let Some(line) = self.lines.get_mut(*line) {
                // What makes no set is taken off all pieces alike, what does off those that were claimed above.
                if !is_of_sets {
                    line.open_total = line.open_total.saturating_sub(line.open_part(*share)).max(0);
                }
                line.total = line.total.saturating_sub(*share);
            }
        }
    }
}

impl Line {
    /// What may still be taken off it.
    pub(super) fn room(&self) -> i64 {
        self.total.saturating_sub(self.least).max(0)
    }

    /// What of something that is taken off the whole line is off its open pieces, rounded half up; all of it, if all are open.
    fn open_part(&self, share: i64) -> i64 {
        let (share, open, total) = (i128::from(share), i128::from(self.open_total), i128::from(self.total));
        let doubled = share.saturating_mul(open).saturating_mul(2).saturating_add(total);
        let part = doubled.checked_div(total.saturating_mul(2)).unwrap_or_default();
        i64::try_from(part).unwrap_or(i64::MAX).min(self.open_total)
    }

    /// What so many of the open pieces come to, rounded half up; all of them together to all.
    pub(super) fn value(&self, pieces: u32) -> i64 {
        let (open, pieces) = (i128::from(self.open), i128::from(pieces.min(self.open)));
        let doubled = i128::from(self.open_total).saturating_mul(pieces).saturating_mul(2).saturating_add(open);
        let value = doubled.checked_div(open.saturating_mul(2)).unwrap_or_default();
        i64::try_from(value).unwrap_or(i64::MAX)
    }

    /// Orders lines by what an open piece costs.
    pub(super) fn by_price(&self, other: &Self) -> Ordering {
        let (one, two) = (i128::from(self.open_total), i128::from(other.open_total));
        one.saturating_mul(other.open.into()).cmp(&two.saturating_mul(self.open.into()))
    }
}

impl Taken {
    /// That each of these shares is taken off.
    pub(super) fn shares(shares: Vec<(usize, Money)>) -> Result<Self, MoneyError> {
        let shares: Vec<_> = shares.into_iter().map(|(line, share)| (line, share.minor)).collect();
        let shares: Vec<_> = shares.into_iter().filter(|(_, share)| 0 < *share).collect();
        let amount = shares.iter().try_fold(0_i64, |sum, (_, share)| sum.checked_add(*share));
        Ok(Self { amount: amount.ok_or(MoneyError::Overflow)?, shares, ..Self::default() })
    }

    /// That an amount is taken off lines, in proportion to these weights, by largest remainder; not more than they come to.
    pub(super) fn spread(amount: Money, weights: &[(usize, i64)]) -> Result<Self, MoneyError> {
        let parts: Vec<_> = weights.iter().map(|(_, weight)| *weight).collect();
        let most = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(MoneyError::Overflow)?;
        let is_at_floor = most < amount.minor;
        let amount = Money::new(amount.minor.min(most), amount.currency);
        let spread = Self::shares(weights.iter().map(|(line, _)| *line).zip(amount.allocate(&parts)?).collect())?;
        Ok(Self { is_at_floor, ..spread })
    }

    /// The same, but of no line more than may be taken off it.
    pub(super) fn within(mut self, lines: &[Line]) -> Self {
        for (line, share) in &mut self.shares {
            let room = lines.get(*line).map_or(0, Line::room);
            if room < *share {
                self.amount = self.amount.saturating_sub(share.saturating_sub(room));
                *share = room;
                self.is_at_floor = true;
                self.floored.push(*line);
            }
        }
        self.shares.retain(|(_, share)| 0 < *share);
        self
    }

    /// The same, but no more than `most`: the rest of each share in proportion.
    pub(super) fn limited(self, most: i64, zero: Money) -> Result<Self, MoneyError> {
        if self.amount <= most {
            return Ok(self);
        }
        if self.shares.is_empty() {
            return Ok(Self { amount: most, is_at_floor: false, floored: Vec::new(), ..self });
        }
        let spread = Self::spread(Money::new(most, zero.currency), &self.shares)?;
        // Were pieces sold for less, it would not be more.
        Ok(Self { amount: spread.amount, shares: spread.shares, is_at_floor: false, floored: Vec::new(), ..self })
    }
}
