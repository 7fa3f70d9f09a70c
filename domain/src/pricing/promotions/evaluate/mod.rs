//! Which promotions take what off a cart.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod missing;
mod taking;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Applied, Coupon, DiscountCap, Limit, Promotion, Refused, Rule, Why,
    condition::{Buyer, Sight, Unmet},
    effect::{Effect, Stage},
    selector::Item,
    state::{Line, State, Taken},
    terms::Terms,
};
use crate::{
    money::{Currency, Money, MoneyError},
    time::Instant,
};

/// A cart, as promotions look at it. No amount is negative.
#[derive(Clone, Debug)]
pub struct Basket<'a> {
    /// The currency of every amount, and of the promotions'.
    pub currency: Currency,
    /// What is bought.
    pub lines: Vec<BasketLine<'a>>,
    /// The price of delivery, minor units; `None` until a way of delivery is chosen.
    pub delivery: Option<i64>,
    /// What the way to pay costs, minor units.
    pub fee: i64,
    /// Who buys, and how.
    pub buyer: &'a Buyer,
    /// The coupons that they have.
    pub coupons: &'a [Coupon],
    /// How much of what the lines come to, after prices while browsing, may be taken off at most; `None`: all.
    pub cap: Option<DiscountCap>,
    /// When.
    pub at: Instant,
}

/// A line of a cart, as promotions look at it.
#[derive(Clone, Copy, Debug)]
pub struct BasketLine<'a> {
    /// What is bought.
    pub item: &'a Item,
    /// The price of a piece.
    pub unit: Money,
    /// The lowest price of a piece; `None`: nothing. What costs less already stays as it is.
    pub floor: Option<Money>,
    /// Pieces.
    pub quantity: u32,
}

/// What came of promotions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Those that took something off, in the order in which they did.
    pub applied: Vec<Applied>,
    /// Those that were looked at and took nothing off.
    pub refused: Vec<Refused>,
}

/// A promotion that is looked at: in its place among those that are.
struct Looked<'a> {
    place: usize,
    promotion: &'a Promotion,
    coupon: Option<&'a str>,
}

/// What came of some promotions.
struct Run<'a> {
    state: State,
    applied: Vec<(&'a Looked<'a>, Taken)>,
    refused: Vec<(&'a Looked<'a>, Why)>,
}

/// Looks at promotions in their order; those that need a coupon which nobody has, and those without one that do not run, are
/// not looked at. Refuses what does not fit.
pub fn evaluate(promotions: &[Promotion], basket: &Basket<'_>) -> Result<Outcome, MoneyError> {
    // By what they are and not by where they stand: then the order in which they are given makes no difference.
    let mut order: Vec<usize> = (0..basket.lines.len()).collect();
    order.sort_by_key(|index| {
        let floor = |line: &BasketLine<'_>| line.floor.map(|floor| floor.minor);
        basket.lines.get(*index).map(|line| (line.item.variant, line.unit.minor, line.quantity, floor(line)))
    });
    let lines = order.iter().filter_map(|index| basket.lines.get(*index).copied()).collect();
    let mut outcome = look(promotions, &Basket { lines, ..basket.clone() })?;
    for applied in &mut outcome.applied {
        for (line, _) in &mut applied.shares {
            *line = order.get(*line).copied().unwrap_or_default();
        }
        applied.shares.sort_unstable();
    }
    Ok(outcome)
}

/// What promotions that are seen while browsing take off a piece: one of them does at most. Why the others do not is told, too.
pub fn browsing(
    promotions: &[Promotion],
    (item, unit, floor): (&Item, Money, Option<Money>),
    (buyer, at): (&Buyer, Instant),
) -> Result<Outcome, MoneyError> {
    let lines = vec![BasketLine { item, unit, floor, quantity: 1 }];
    evaluate(
        promotions,
        &Basket { currency: unit.currency, lines, delivery: None, fee: 0, buyer, coupons: &[], cap: None, at },
    )
}

fn look(promotions: &[Promotion], basket: &Basket<'_>) -> Result<Outcome, MoneyError> {
    let looked = looked(promotions, basket);
    let mut closed = Vec::new();
    let (mut browsing, mut together, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for one in &looked {
        if let Some(why) = shut(one, basket) {
            // Of what is for other customers nobody else is told.
            let condition = &one.promotion.rule.condition;
            let sight = Sight { buyer: basket.buyer, at: basket.at, lines: Vec::new() };
            let is_for_others = condition.holds(&sight) == Err(Unmet::Customer);
            closed.push((one, if is_for_others { Why::Unmet(Unmet::Customer) } else { why }));
        } else if one.promotion.rule.effect.stage() == Stage::Catalogue {
            browsing.push(one);
        } else if one.promotion.rule.is_exclusive {
            alone.push(one);
        } else {
            together.push(one);
        }
    }
    let Run { mut state, mut applied, refused } = browse(&browsing, State::of(basket)?, basket)?;
    closed.extend(refused);
    let goods = Money::new(state.goods()?, basket.currency);
    state.room = basket.cap.map(|cap| cap.of(goods)).transpose()?.flatten();

    let best = best(run(&together, state.clone(), basket)?, &alone, (&state, basket))?;
    applied.extend(best.applied);
    closed.extend(best.refused);
    closed.sort_by_key(|(one, _)| one.place);
    Ok(Outcome {
        applied: applied.into_iter().map(|(one, taken)| one.applied(taken)).collect(),
        refused: closed.into_iter().map(|(one, why)| one.refused(why)).collect(),
    })
}

/// The promotions that are looked at, in their order.
fn looked<'a>(promotions: &'a [Promotion], basket: &'a Basket<'_>) -> Vec<Looked<'a>> {
    let coupon = |of: &Promotion| {
        let mut codes: Vec<_> = basket.coupons.iter().filter(|coupon| coupon.promotion == of.id).collect();
        codes.sort_by(|one, two| one.code.cmp(&two.code));
        codes.first().map(|coupon| coupon.code.as_str())
    };
    let mut looked: Vec<_> = promotions
        .iter()
        .map(|promotion| Looked { place: 0, promotion, coupon: coupon(promotion) })
        .filter(|one| match one.coupon {
            Some(_) => true,
            None => !one.promotion.rule.needs_coupon && one.promotion.validity.holds_at(basket.at),
        })
        .collect();
    looked.sort_by_key(|one| {
        let Promotion { id, rule, .. } = one.promotion;
        (rule.effect.stage(), rule.priority, *id)
    });
    for (place, one) in looked.iter_mut().enumerate() {
        one.place = place;
    }
    looked
}

/// Why a promotion takes nothing off, whatever is in the cart.
fn shut(one: &Looked<'_>, basket: &Basket<'_>) -> Option<Why> {
    let Promotion { validity, left, .. } = one.promotion;
    if !validity.has_begun(basket.at) {
        return Some(Why::NotYet);
    }
    if !validity.holds_at(basket.at) {
        return Some(Why::Over);
    }
    if left.orders.is_some_and(|orders| orders <= 0) {
        return Some(Why::UsedUp);
    }
    match (left.orders_of_customer, basket.buyer.customer) {
        (Some(_), None) => return Some(Why::SignIn),
        (Some(orders), Some(_)) if orders <= 0 => return Some(Why::UsedUpByCustomer),
        _ => {}
    }
    if basket.buyer.organisation.is_some() && left.orders_of_organisation.is_some_and(|orders| orders <= 0) {
        return Some(Why::UsedUpByOrganisation);
    }
    left.budget.is_some_and(|budget| budget <= 0).then_some(Why::BudgetSpent)
}

/// Prices while browsing: of each line the one that takes off most, the first of equals.
fn browse<'a>(browsing: &[&'a Looked<'a>], mut state: State, basket: &Basket<'_>) -> Result<Run<'a>, MoneyError> {
    let mut refused = Vec::new();
    let mut offers = Vec::with_capacity(browsing.len());
    for one in browsing {
        match attempt(one, &state, basket)? {
            Ok(taken) => offers.push((*one, taken)),
            Err(why) => refused.push((*one, why)),
        }
    }
    let mut best: BTreeMap<usize, (usize, i64)> = BTreeMap::new();
    for (offer, (_, taken)) in offers.iter().enumerate() {
        for (line, share) in &taken.shares {
            let there = best.entry(*line).or_insert((offer, *share));
            if there.1 < *share {
                *there = (offer, *share);
            }
        }
    }
    let mut applied = Vec::new();
    for (offer, (one, taken)) in offers.iter().enumerate() {
        let won = best.iter().filter(|(_, (of, _))| *of == offer);
        let won: Vec<_> = won.map(|(line, (_, share))| (*line, Money::new(*share, basket.currency))).collect();
        if won.is_empty() {
            let lost = taken.shares.first().and_then(|(line, share)| {
                let (winner, most) = best.get(line)?;
                let (by, _) = offers.get(*winner)?;
                Some(Why::BetterInGroup { by: by.promotion.id, is_equal: share == most })
            });
            refused.extend(lost.map(|why| (*one, why)));
            continue;
        }
        let is_at_floor = won.iter().any(|(line, _)| taken.floored.contains(line));
        applied.push((*one, Taken { is_at_floor, ..Taken::shares(won)? }));
    }
    for (_, taken) in &applied {
        state.take(taken);
    }
    Ok(Run { state, applied, refused })
}

/// All that apply together, one after the other. Of a group the best does when the turn of the first comes that takes
/// something off, whatever their stages.
fn run<'a>(together: &[&'a Looked<'a>], state: State, basket: &Basket<'_>) -> Result<Run<'a>, MoneyError> {
    let mut run = Run { state, applied: Vec::new(), refused: Vec::new() };
    let mut settled = BTreeSet::new();
    for (index, one) in together.iter().enumerate() {
        if settled.contains(&one.place) {
            continue;
        }
        let mut best = match attempt(one, &run.state, basket)? {
            Ok(taken) => (*one, taken),
            Err(why) => {
                run.refused.push((*one, why));
                continue;
            }
        };
        let mut beaten: Vec<(&Looked<'_>, i64)> = Vec::new();
        for rival in together.iter().skip(index.saturating_add(1)).filter(|other| one.is_rival_of(other)) {
            settled.insert(rival.place);
            match attempt(rival, &run.state, basket)? {
                Ok(taken) if best.1.amount < taken.amount => {
                    beaten.push((best.0, best.1.amount));
                    best = (*rival, taken);
                }
                Ok(taken) => beaten.push((*rival, taken.amount)),
                Err(why) => run.refused.push((*rival, why)),
            }
        }
        let why = |amount| Why::BetterInGroup { by: best.0.promotion.id, is_equal: amount == best.1.amount };
        run.refused.extend(beaten.into_iter().map(|(loser, amount)| (loser, why(amount))));
        run.take(best.0, best.1);
    }
    Ok(run)
}

/// The best for whoever buys: all together, or one that applies alone; the first of equals.
fn best<'a>(
    together: Run<'a>,
    alone: &[&'a Looked<'a>],
    (state, basket): (&State, &Basket<'_>),
) -> Result<Run<'a>, MoneyError> {
    let mut best = together;
    let mut winner: Option<&Looked<'_>> = None;
    for one in alone {
        let taken = match attempt(one, state, basket)? {
            Ok(taken) => taken,
            Err(why) => {
                best.refused.push((*one, why));
                continue;
            }
        };
        let most = best.amount()?;
        if taken.amount <= most {
            let is_equal = taken.amount == most;
            let by = |winner: &Looked<'_>| Why::Exclusive { by: winner.promotion.id, is_equal };
            best.refused.push((*one, winner.map_or(Why::BetterTogether { is_equal }, by)));
            continue;
        }
        let beaten = Why::Exclusive { by: one.promotion.id, is_equal: false };
        let mut next = Run { state: state.clone(), applied: Vec::new(), refused: best.refused };
        next.refused.extend(best.applied.into_iter().map(|(loser, _)| (loser, beaten)));
        // What the others did to each other did not happen.
        for (other, why) in &mut next.refused {
            if why.is_of_others() {
                *why = attempt(other, state, basket)?.err().unwrap_or(beaten);
            }
        }
        next.take(one, taken);
        (best, winner) = (next, Some(*one));
    }
    Ok(best)
}

/// What a promotion would take off.
fn attempt(one: &Looked<'_>, state: &State, basket: &Basket<'_>) -> Result<Result<Taken, Why>, MoneyError> {
    let Promotion { rule, left, .. } = one.promotion;
    let effect = match earned(rule, state, basket) {
        Ok(effect) => effect,
        Err(unmet) => return Ok(Err(Why::Unmet(unmet))),
    };
    let taken = taking::taken(&effect, state, basket)?.within(&state.lines);
    if taken.amount <= 0 {
        return Ok(Err(if taken.is_at_floor { Why::AtFloor } else { missing::why(&rule.effect, state, basket)? }));
    }
    let room = state.room.filter(|_| is_of_lines(&rule.effect));
    if room.is_some_and(|room| room <= 0) {
        return Ok(Err(Why::Capped));
    }
    let own = [rule.cap, left.budget].into_iter().flatten().fold(taken.amount, i64::min);
    let is_capped = room.is_some_and(|room| room < own);
    let most = room.map_or(own, |room| room.min(own));
    let own_limit = if rule.cap == Some(own) { Limit::Cap } else { Limit::Budget };
    let limit = (own < taken.amount && !is_capped).then_some(own_limit);
    Ok(Ok(Taken { is_capped, limit, ..taken.limited(most, Money::zero(basket.currency))? }))
}

/// The effect of a rule whose condition holds, or what is missing. What is given does not count towards what earns it: as many
/// gifts are given as the rest earns; where fewer earn what more do not, as with `Not`, fewer may be.
fn earned<'r>(rule: &'r Rule, state: &State, basket: &Basket<'_>) -> Result<Cow<'r, Effect>, Unmet> {
    let Effect::Gift { of, quantity } = &rule.effect else {
        return rule.condition.holds(&sight(&[], state, basket)).map(|()| Cow::Borrowed(&rule.effect));
    };
    let earns = |most| {
        let given = taking::gifts((of, most), state, basket);
        rule.condition.holds(&sight(&given, state, basket))
    };
    if earns(*quantity).is_ok() {
        return Ok(Cow::Borrowed(&rule.effect));
    }
    earns(1)?;
    let (mut sure, mut most) = (1_u32, quantity.saturating_sub(1));
    while sure < most {
        let middle = sure.saturating_add(most.saturating_sub(sure).div_ceil(2));
        if earns(middle).is_ok() { sure = middle } else { most = middle.saturating_sub(1) }
    }
    Ok(Cow::Owned(Effect::Gift { of: of.clone(), quantity: sure }))
}

/// What is bought, but for so many pieces of lines, and for those that were given before.
fn sight<'a>(without: &[(usize, u32)], state: &State, basket: &'a Basket<'_>) -> Sight<'a> {
    let bought = |line: &BasketLine<'_>, now: &Line| line.quantity.saturating_sub(now.given);
    let seen = basket.lines.iter().zip(&state.lines);
    let mut lines: Vec<_> = seen.map(|(line, now)| (line.item, bought(line, now), now.total)).collect();
    for (line, pieces) in without {
        let value = state.lines.get(*line).map_or(0, |now| now.value(*pieces));
        if let Some((_, quantity, total)) = lines.get_mut(*line) {
            *quantity = quantity.saturating_sub(*pieces);
            *total = total.saturating_sub(value);
        }
    }
    Sight { buyer: basket.buyer, at: basket.at, lines }
}

/// Whether it takes off lines something that is not seen while browsing.
fn is_of_lines(effect: &Effect) -> bool {
    matches!(effect.stage(), Stage::Lines | Stage::Sets | Stage::Order)
}

impl<'a> Run<'a> {
    fn take(&mut self, one: &'a Looked<'a>, taken: Taken) {
        self.state.take(&taken);
        if matches!(one.promotion.rule.effect, Effect::Gift { .. }) {
            self.state.give(&taken.claims);
        }
        match one.promotion.rule.effect.stage() {
            Stage::Delivery => self.state.delivery = self.state.delivery.saturating_sub(taken.amount),
            Stage::Fee => self.state.fee = self.state.fee.saturating_sub(taken.amount),
            Stage::Catalogue => {}
            Stage::Lines | Stage::Sets | Stage::Order => {
                self.state.room = self.state.room.map(|room| room.saturating_sub(taken.amount));
            }
        }
        self.applied.push((one, taken));
    }

    /// All that is taken off.
    fn amount(&self) -> Result<i64, MoneyError> {
        let amounts = self.applied.iter().map(|(_, taken)| taken.amount);
        amounts.into_iter().try_fold(0_i64, i64::checked_add).ok_or(MoneyError::Overflow)
    }
}

impl Looked<'_> {
    /// Whether of the two one applies.
    fn is_rival_of(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.promotion.rule.group, &other.promotion.rule.group);
        mine.is_some() && mine == theirs
    }

    fn applied(&self, taken: Taken) -> Applied {
        Applied {
            promotion: self.promotion.id,
            stage: self.promotion.rule.effect.stage(),
            coupon: self.coupon.map(str::to_owned),
            amount: taken.amount,
            shares: taken.shares,
            is_capped: taken.is_capped,
            is_at_floor: taken.is_at_floor,
            limit: taken.limit,
            terms: Terms::of(&self.promotion.rule.effect, taken.reached),
        }
    }

    fn refused(&self, why: Why) -> Refused {
        Refused { promotion: self.promotion.id, coupon: self.coupon.map(str::to_owned), why }
    }
}

#[cfg(test)]
mod tests;
