//! Why an effect takes nothing off a cart as it is: what is missing for it to.

use super::{
    super::{
        Why,
        condition::Unmet,
        effect::{Effect, Get, Off},
        selector::Selector,
        sets::{self, Candidate},
        state::State,
    },
    Basket,
    taking::candidates,
};
use crate::money::MoneyError;

/// Why an effect takes nothing off, although its promotion applies and nothing costs the lowest already that it is sold at.
pub(super) fn why(effect: &Effect, state: &State, basket: &Basket<'_>) -> Result<Why, MoneyError> {
    Ok(match effect {
        Effect::Catalogue { of, off } | Effect::Lines { of, off } if is_bought(of, basket) => too_cheap(*off),
        Effect::Catalogue { .. } | Effect::Lines { .. } => Why::NothingToTake,
        Effect::BuyGet { buy, buy_quantity, get, get_quantity, off, .. } => {
            let got = if let Get::Other(other) = get { other } else { buy };
            let candidates = candidates(&[got, buy], basket);
            let parts = [*get_quantity, *buy_quantity];
            let missing = match get {
                Get::SameVariant => candidates.iter().filter_map(|one| missing(&[*one], &parts, state)).min(),
                Get::Same | Get::Other(_) => missing(&candidates, &parts, state),
            };
            of_set(missing, &candidates, *off, (state, basket))
        }
        Effect::Bundle { parts, off, .. } => {
            let selectors: Vec<_> = parts.iter().map(|part| &part.of).collect();
            let pieces: Vec<_> = parts.iter().map(|part| part.quantity).collect();
            let candidates = candidates(&selectors, basket);
            of_set(missing(&candidates, &pieces, state), &candidates, *off, (state, basket))
        }
        Effect::Gift { of, .. } if is_bought(of, basket) => Why::NothingToTake,
        Effect::Gift { .. } => Why::GiftNotInCart,
        Effect::Order { tiers } => {
            let lowest = tiers.iter().filter(|tier| !tier.off.is_nothing()).map(|tier| tier.at_least).min();
            let missing = lowest.unwrap_or_default().saturating_sub(state.goods()?);
            if 0 < missing { Why::Unmet(Unmet::Amount { missing }) } else { Why::NothingToTake }
        }
        Effect::Delivery { .. } if basket.delivery.is_none() => Why::NoDelivery,
        Effect::Delivery { off } => too_cheap_of(*off, state.delivery),
        Effect::Fee { .. } if basket.buyer.payment.is_none() => Why::Unmet(Unmet::NoPayment),
        Effect::Fee { off } => too_cheap_of(*off, state.fee),
    })
}

fn is_bought(of: &Selector, basket: &Basket<'_>) -> bool {
    basket.lines.iter().any(|line| of.takes(line.item))
}

/// Why nothing is taken off what is there.
const fn too_cheap(off: Off) -> Why {
    match off {
        Off::Price(_) => Why::CheapAlready,
        Off::Percent(_) | Off::Amount(_) => Why::NothingToTake,
    }
}

fn too_cheap_of(off: Off, minor: i64) -> Why {
    if 0 < minor { too_cheap(off) } else { Why::NothingToTake }
}

/// How many pieces more make a set of parts of so many pieces; `None`, if there is none of it.
fn missing(candidates: &[Candidate], parts: &[u32], state: &State) -> Option<u32> {
    let needed = parts.iter().fold(0_u32, |sum, pieces| sum.saturating_add(*pieces));
    let there = sets::of_one(&state.lines, candidates, parts);
    Some(needed.saturating_sub(there)).filter(|_| 0 < there)
}

/// Why no set has anything taken off it.
fn of_set(missing: Option<u32>, candidates: &[Candidate], off: Off, (state, basket): (&State, &Basket<'_>)) -> Why {
    let is_whole = |one: &Candidate| {
        let open = state.lines.get(one.line).map(|line| line.open);
        open == basket.lines.get(one.line).map(|line| line.quantity)
    };
    // If some made a set for another, pieces that are added could do so as well.
    match missing.filter(|_| candidates.iter().all(is_whole)) {
        None => Why::NothingToTake,
        Some(0) => too_cheap(off),
        Some(missing) => Why::Unmet(Unmet::Quantity { missing }),
    }
}
