//! Which rules can be.

use super::{
    Rule, SIZE_MAX,
    effect::{Effect, Get, Off, PARTS_MAX, Part, Spend, Stage},
    formula::Formula,
    selector::Selector,
};
use crate::{
    cart::quantity::Quantity,
    invalid::{Check, Invalid, Problem},
};

/// The most levels of all, any and not in a condition, and in what says which things.
pub const DEPTH_MAX: usize = 10;

/// The most tiers of what is spent.
pub const TIERS_MAX: usize = 20;

/// Checks a rule: paths are those of the API.
pub fn check(rule: &Rule) -> Result<(), Invalid> {
    let mut check = Check::default();
    let depth = |selectors: Vec<&Selector>| selectors.into_iter().map(Formula::depth).max().unwrap_or_default();
    let of_condition = rule.condition.depth().max(depth(rule.condition.selectors()));
    for (field, depth) in [("condition", of_condition), ("effect", depth(rule.effect.selectors()))] {
        if DEPTH_MAX < depth {
            check.wrong(field, Problem::TooDeep { max: DEPTH_MAX });
        }
    }
    if SIZE_MAX < rule.size() {
        check.wrong("condition", Problem::TooLong { max: SIZE_MAX });
    }
    check.nested("effect", effect(&rule.effect));
    if rule.effect.stage() == Stage::Catalogue {
        browsing(&mut check, rule);
    }
    if rule.cap.is_some_and(|cap| cap <= 0) {
        check.wrong("maxDiscount", Problem::AmountNotPositive);
    }
    if rule.condition.is_never() {
        check.wrong("condition", Problem::Never);
    } else if rule.effect.is_nothing() {
        check.wrong("effect", Problem::Never);
    }
    check.done(Some(()))
}

/// What is seen while browsing is the same whatever else is or was bought, and is counted by nobody.
fn browsing(check: &mut Check, rule: &Rule) {
    let not_here = [
        ("group", rule.group.is_some()),
        ("isExclusive", rule.is_exclusive),
        ("needsCoupon", rule.needs_coupon),
        ("condition", rule.condition.is_of_cart() || rule.condition.asks_history()),
        ("maxDiscount", rule.cap.is_some()),
    ];
    for (field, _) in not_here.into_iter().filter(|(_, is_said)| *is_said) {
        check.wrong(field, Problem::NotAllowedHere);
    }
}

fn effect(effect: &Effect) -> Result<(), Invalid> {
    let mut check = Check::default();
    let pieces = |n: u32| Quantity::parse(n.into()).map(drop);
    match effect {
        Effect::Catalogue { .. } | Effect::Lines { .. } | Effect::Delivery { .. } | Effect::Fee { .. } => {}
        Effect::BuyGet {
            buy_quantity, get_quantity, get: Get::SameVariant | Get::Same | Get::Other(_), times, ..
        } => {
            let mut inside = Check::default();
            inside.field("buyQuantity", pieces(*buy_quantity));
            inside.field("getQuantity", pieces(*get_quantity));
            inside.field("times", times.map_or(Ok(()), pieces));
            check.nested("buyGet", inside.done(Some(())));
        }
        Effect::Bundle { parts, times, .. } => {
            check.nested("bundle", bundle(parts, *times));
        }
        Effect::Gift { quantity, .. } => {
            check.nested("gift", pieces(*quantity).map_err(|problem| Invalid::at("quantity", problem)));
        }
        Effect::Order { tiers } => {
            check.nested("order", spend(tiers));
        }
    }
    check.done(Some(()))
}

fn bundle(parts: &[Part], times: Option<u32>) -> Result<(), Invalid> {
    let mut check = Check::default();
    let pieces = |n: u32| Quantity::parse(n.into()).map(drop);
    match parts.len() {
        0 => check.wrong("parts", Problem::Required),
        n if PARTS_MAX < n => check.wrong("parts", Problem::TooLong { max: PARTS_MAX }),
        _ => {}
    }
    for (index, part) in parts.iter().enumerate() {
        let checked = pieces(part.quantity).map_err(|problem| Invalid::at("quantity", problem));
        check.nested("parts", checked.map_err(|invalid| invalid.under(&index.to_string())));
    }
    check.field("times", times.map_or(Ok(()), pieces));
    check.done(Some(()))
}

fn spend(tiers: &[Spend]) -> Result<(), Invalid> {
    let mut check = Check::default();
    match tiers.len() {
        0 => check.wrong("tiers", Problem::Required),
        n if TIERS_MAX < n => check.wrong("tiers", Problem::TooLong { max: TIERS_MAX }),
        _ => {}
    }
    let mut last: Option<Spend> = None;
    for (index, tier) in tiers.iter().enumerate() {
        let mut inside = Check::default();
        if last.is_some_and(|last| tier.at_least <= last.at_least) {
            inside.wrong("atLeast", Problem::TiersOverlap);
        }
        match (last.map(|last| last.off), tier.off) {
            (_, Off::Price(_)) => inside.wrong("off", Problem::NotAllowedHere),
            (Some(Off::Percent(less)), Off::Percent(off)) if off.bps() < less.bps() => {
                inside.wrong("off", Problem::TierTakesLess);
            }
            (Some(Off::Amount(less)), Off::Amount(off)) if off < less => inside.wrong("off", Problem::TierTakesLess),
            (_, Off::Percent(_) | Off::Amount(_)) => {}
        }
        last = Some(*tier);
        check.nested("tiers", inside.done(Some(())).map_err(|invalid| invalid.under(&index.to_string())));
    }
    check.done(Some(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::promotions::{
        condition::Condition,
        effect::{Percent, Pick},
        selector::Selector,
    };

    fn rule(effect: Effect) -> Rule {
        let (condition, group) = (Condition::ALWAYS, None);
        Rule { priority: 0, group, is_exclusive: false, needs_coupon: false, condition, effect, cap: None }
    }

    fn wrong(rule: &Rule) -> Vec<(String, Problem)> {
        let wrong = check(rule).err().map(|invalid| invalid.wrong).unwrap_or_default();
        wrong.into_iter().map(|wrong| (wrong.path.join("."), wrong.problem)).collect()
    }

    fn at(path: &str, problem: Problem) -> Vec<(String, Problem)> {
        vec![(path.to_owned(), problem)]
    }

    #[test]
    fn what_is_seen_while_browsing_does_not_depend_on_a_cart() {
        let off = Off::Percent(Percent::ALL);
        let sale = rule(Effect::Catalogue { of: Selector::Everything, off });
        assert_eq!(wrong(&sale), []);
        let amount = Condition::Amount { of: Selector::Everything, at_least: 1 };
        let of_cart = Rule { condition: amount, group: Some("g".to_owned()), needs_coupon: true, ..sale };
        let paths: Vec<_> = wrong(&of_cart).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["group", "needsCoupon", "condition"]);
    }

    #[test]
    fn tiers_rise_and_take_off_a_part_or_an_amount() {
        let order = |tiers: &[(i64, Off)]| {
            let tiers = tiers.iter().map(|(at_least, off)| Spend { at_least: *at_least, off: *off }).collect();
            wrong(&rule(Effect::Order { tiers }))
        };
        assert_eq!(order(&[(0, Off::Amount(5)), (100, Off::Amount(9))]), []);
        assert_eq!(
            order(&[(100, Off::Amount(5)), (100, Off::Amount(9))]),
            at("effect.order.tiers.1.atLeast", Problem::TiersOverlap)
        );
        let percent = |text| Off::Percent(Percent::parse(text).unwrap());
        let less = || at("effect.order.tiers.1.off", Problem::TierTakesLess);
        assert_eq!(order(&[(0, Off::Amount(9)), (100, Off::Amount(8))]), less());
        assert_eq!(order(&[(0, percent("15")), (100, percent("14.99"))]), less());
        assert_eq!(order(&[(0, percent("15")), (100, percent("15")), (200, Off::Amount(1))]), []);
        assert_eq!(order(&[(0, Off::Price(5))]), at("effect.order.tiers.0.off", Problem::NotAllowedHere));
        assert_eq!(order(&[(0, Off::Amount(0))]), at("effect", Problem::Never));
    }

    #[test]
    fn what_can_never_apply_is_refused() {
        let (buy, get, off) = (Selector::Everything, Get::Same, Off::Percent(Percent::ALL));
        let (buy_quantity, get_quantity, pick, times) = (2, 0, Pick::Cheapest, None);
        let free = Effect::BuyGet { buy, buy_quantity, get, get_quantity, off, pick, times };
        assert_eq!(wrong(&rule(free)), at("effect.buyGet.getQuantity", Problem::QuantityNotPositive));
        let gift = Effect::Gift { of: Selector::Products(vec![]), quantity: 1 };
        assert_eq!(wrong(&rule(gift)), at("effect", Problem::Never));
        let never = Rule { condition: Condition::Any(vec![]), ..rule(Effect::Fee { off }) };
        assert_eq!(wrong(&never), at("condition", Problem::Never));
    }

    #[test]
    fn what_is_nested_deeper_than_anybody_means_is_refused() {
        let nested = |levels| (0..levels).fold(Condition::SignedIn, |inside, _| Condition::All(vec![inside]));
        let free = |condition| Rule { condition, ..rule(Effect::Fee { off: Off::Amount(1) }) };
        assert_eq!(wrong(&free(nested(DEPTH_MAX))), []);
        let too_deep = || Problem::TooDeep { max: DEPTH_MAX };
        assert_eq!(wrong(&free(nested(DEPTH_MAX + 1))), at("condition", too_deep()));
        let of = (0..=DEPTH_MAX).fold(Selector::Everything, |inside, _| Selector::Any(vec![inside]));
        let amount = Condition::Amount { of: of.clone(), at_least: 1 };
        assert_eq!(wrong(&free(amount)), at("condition", too_deep()));
        assert_eq!(wrong(&rule(Effect::Lines { of, off: Off::Amount(1) })), at("effect", too_deep()));
    }

    #[test]
    fn a_rule_of_a_million_lines_is_refused() {
        let many = vec![Condition::SignedIn; 1_000];
        let long = Rule { condition: Condition::All(many), ..rule(Effect::Fee { off: Off::Amount(1) }) };
        assert_eq!(wrong(&long), at("condition", Problem::TooLong { max: SIZE_MAX }));
    }
}
