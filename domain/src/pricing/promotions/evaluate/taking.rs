//! What the effect of a promotion takes off a cart as it is.

use super::{
    super::{
        effect::{Effect, Get, Off, Part, Pick, Spend},
        selector::Selector,
        sets::{self, Bundles, Candidate, Want},
        state::{Line, State, Taken},
    },
    Basket, BasketLine,
};
use crate::money::{Money, MoneyError};

/// What an effect takes off; nothing, if there is nothing that it is about.
pub(super) fn taken(effect: &Effect, state: &State, basket: &Basket<'_>) -> Result<Taken, MoneyError> {
    match effect {
        Effect::Catalogue { of, off } => of_each(of, basket, |_, line| line.unit_off(*off)),
        Effect::Lines { of, off } => of_each(of, basket, |index, line| {
            let now = state.lines.get(index).map_or(0, |line| line.total);
            off.of(Money::new(now, basket.currency), line.quantity)
        }),
        Effect::BuyGet { buy, buy_quantity, get, get_quantity, off, pick, times } => {
            let wants = [
                Want { pieces: *get_quantity, pick: *pick },
                Want { pieces: *buy_quantity, pick: Pick::MostExpensive },
            ];
            let got = match get {
                Get::Other(other) => other,
                Get::SameVariant | Get::Same => buy,
            };
            let candidates = candidates(&[got, buy], basket);
            let made = match get {
                Get::SameVariant => of_one_variant(state, &candidates, wants, *times),
                Get::Same | Get::Other(_) => {
                    sets::make(&state.lines, &candidates, &wants, *times).map(|sets| sets.parts).unwrap_or_default()
                }
            };
            let got = made.first().cloned().unwrap_or_default();
            less(&got, made.into_iter().flatten().collect(), *off, (state, basket))
        }
        Effect::Bundle { parts, off, times } => bundle((parts, *off, *times), state, basket),
        Effect::Gift { of, quantity } => {
            let got = gifts((of, *quantity), state, basket);
            less(&got, got.clone(), Off::Price(0), (state, basket))
        }
        Effect::Order { tiers } => {
            let goods = state.goods()?;
            let reached = tiers.iter().filter(|tier| tier.at_least <= goods).max_by_key(|tier| tier.at_least);
            let Some(Spend { off, .. }) = reached else { return Ok(Taken::default()) };
            let reached = reached.copied();
            let amount = off.of(Money::new(goods, basket.currency), 1)?;
            let weights: Vec<_> = state.lines.iter().map(|line| weight(*off, line.total, line)).enumerate().collect();
            Ok(Taken { reached, ..Taken::spread(amount, &weights)? })
        }
        Effect::Delivery { off } => whole(*off, state.delivery, basket),
        Effect::Fee { off } => whole(*off, state.fee, basket),
    }
}

/// The pieces that are given: the cheapest, as many as there are.
pub(super) fn gifts((of, most): (&Selector, u32), state: &State, basket: &Basket<'_>) -> Vec<(usize, u32)> {
    let wants = [Want { pieces: 1, pick: Pick::Cheapest }];
    let made = sets::make(&state.lines, &candidates(&[of], basket), &wants, Some(most));
    made.and_then(|sets| sets.parts.into_iter().next()).unwrap_or_default()
}

/// By what a line has its share in what is spread: a part is of each line, and what of it is not to be had of one falls away; an
/// amount goes to where there is room for it.
fn weight(off: Off, value: i64, line: &Line) -> i64 {
    match off {
        Off::Percent(_) => value,
        Off::Amount(_) | Off::Price(_) => value.min(line.room()),
    }
}

fn whole(off: Off, minor: i64, basket: &Basket<'_>) -> Result<Taken, MoneyError> {
    let amount = off.of(Money::new(minor, basket.currency), 1)?.minor;
    Ok(Taken { amount, ..Taken::default() })
}

fn of_each(
    of: &Selector,
    basket: &Basket<'_>,
    off: impl Fn(usize, &BasketLine<'_>) -> Result<Money, MoneyError>,
) -> Result<Taken, MoneyError> {
    let lines = basket.lines.iter().enumerate().filter(|(_, line)| of.takes(line.item));
    Taken::shares(lines.map(|(index, line)| Ok((index, off(index, line)?))).collect::<Result<_, MoneyError>>()?)
}

impl BasketLine<'_> {
    /// What is taken off its pieces, each by itself.
    fn unit_off(&self, off: Off) -> Result<Money, MoneyError> {
        off.of(self.unit, 1)?.times(self.quantity)
    }
}

/// The lines that fit any of the parts.
pub(super) fn candidates(parts: &[&Selector], basket: &Basket<'_>) -> Vec<Candidate> {
    let fits = |line: &BasketLine<'_>| {
        let bits = parts.iter().zip(0_u32..).filter(|(of, _)| of.takes(line.item));
        bits.filter_map(|(_, bit)| 1_u16.checked_shl(bit)).fold(0, |all, bit| all | bit)
    };
    let all = basket.lines.iter().enumerate().map(|(line, of)| Candidate { line, parts: fits(of) });
    all.filter(|candidate| candidate.parts != 0).collect()
}

/// Sets of which all pieces are of one line; of several lines, those whose pieces cost most come first.
fn of_one_variant(
    state: &State,
    candidates: &[Candidate],
    wants: [Want; 2],
    times: Option<u32>,
) -> Vec<Vec<(usize, u32)>> {
    let mut lines: Vec<_> = candidates.iter().filter_map(|one| Some((*one, state.lines.get(one.line)?))).collect();
    lines.sort_by(|(one, a), (two, b)| b.by_price(a).then(one.line.cmp(&two.line)));
    let (mut left, mut parts) = (times, vec![Vec::new(), Vec::new()]);
    for (candidate, _) in lines {
        let Some(made) = sets::make(&state.lines, &[candidate], &wants, left) else { continue };
        left = left.map(|left| left.saturating_sub(made.count));
        for (all, some) in parts.iter_mut().zip(made.parts) {
            all.extend(some);
        }
    }
    parts
}

/// That something is taken off the pieces that are got, of all that make the sets.
fn less(
    got: &[(usize, u32)],
    claims: Vec<(usize, u32)>,
    off: Off,
    (state, basket): (&State, &Basket<'_>),
) -> Result<Taken, MoneyError> {
    let share = |(line, pieces): &(usize, u32)| {
        let value = state.lines.get(*line).map_or(0, |line| line.value(*pieces));
        Ok((*line, off.of(Money::new(value, basket.currency), *pieces)?))
    };
    let taken = Taken::shares(got.iter().map(share).collect::<Result<_, MoneyError>>()?)?;
    Ok(Taken { claims, ..taken })
}

fn bundle(
    (parts, off, times): (&[Part], Off, Option<u32>),
    state: &State,
    basket: &Basket<'_>,
) -> Result<Taken, MoneyError> {
    let pieces: Vec<_> = parts.iter().map(|part| part.quantity).collect();
    let selectors: Vec<_> = parts.iter().map(|part| &part.of).collect();
    let lines = &state.lines;
    // With what is taken off a price, those that cost most save most; of a part, too.
    let bundles = Bundles::new(lines, &candidates(&selectors, basket), &pieces, times);
    // What costs no more by itself makes no bundle at a price.
    let count = if let Off::Price(price) = off { bundles.above(price, lines) } else { bundles.most };
    if count == 0 {
        return Ok(Taken::default());
    }
    let claims = bundles.dearest(count);
    let values = claims.iter().map(|(line, pieces)| (*line, lines.get(*line).map_or(0, |of| of.value(*pieces))));
    let values: Vec<_> = values.collect();
    let money = |minor| Money::new(minor, basket.currency);
    let sum = |values: &[(usize, i64)]| values.iter().try_fold(0_i64, |sum, (_, value)| sum.checked_add(*value));
    let value = sum(&values).ok_or(MoneyError::Overflow)?;
    let amount = if let Off::Amount(most) = off {
        let most = most.max(0);
        // Of bundles that come to less, all that they come to.
        let whole = bundles.above(most.saturating_sub(1), lines);
        let rest = value.saturating_sub(bundles.value(whole, lines));
        let amount = money(most).times(whole)?.plus(money(rest))?;
        money(amount.minor.min(value))
    } else {
        off.of(money(value), count)?
    };
    let weight = |line: usize, value| lines.get(line).map_or(0, |of| weight(off, value, of));
    let values: Vec<_> = values.into_iter().map(|(line, value)| (line, weight(line, value))).collect();
    Ok(Taken { claims, ..Taken::spread(amount, &values)? })
}
