//! Staff say from which other list a list takes what it does not have.

use std::collections::HashSet;

use domain::{
    id::{self, Id},
    identity::permission::proof::ManagePrices,
    invalid::{Invalid, Problem},
    money::Currency,
    pricing::{
        derive::{Adjustment, CompareAt, Derivation, Rounding, Toward},
        list::{Rule, lineage::Lineage},
    },
    time::Instant,
};
use entity::pricing::price_list;
use store::{Fault, Once, Tx};

use super::{
    ListChanged, PricingError,
    book::with_ancestors,
    list_create::told,
    list_update::lock,
    lowest, rows,
    rule_limits::{self, Ruled},
};
use crate::cx::{Cx, Permit};

/// From which other list a list is to take what it does not have.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// The list.
    pub parent: Id<id::PriceList>,
    /// How much more or less.
    pub adjustment: Adjustment,
    /// To what it rounds: which way, from one amount to the next, and the first of them, decimal numbers.
    pub rounding: Option<(Toward, String, String)>,
    /// What becomes of the parent's former price.
    pub compare_at: CompareAt,
}

/// A rule to set.
#[derive(Clone, Debug)]
pub struct SetRule {
    /// Of which list.
    pub list: Id<id::PriceList>,
    /// The rule; `None`: it takes prices from no other list.
    pub rule: Option<NewRule>,
    /// From when on; `None`: from now on.
    pub from: Option<Instant>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Says from which other list a list takes what it does not have, from an instant on; a rule that was to go from the same
/// instant on, or from a later one, does not go. It goes also where prices come to less than things cost the shop, or than the
/// lowest that they are sold at: how many they are is told. Emits `price_list.updated`.
pub async fn set_rule(cx: &Cx, _may: Permit<ManagePrices>, input: SetRule) -> Result<ListChanged, PricingError> {
    let SetRule { list, rule: new, from, expected_version, is_dry_run, once } = input;
    let ruled = cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let from = from.unwrap_or(tx.now());
        if from < tx.now() {
            return Err(Invalid::at("startsAt", Problem::InThePast).into());
        }
        rows::lock_order(tx).await?;
        let was = lock(tx, list, expected_version).await?;
        let currency = rows::currency(&was)?;
        let next = match new {
            Some(new) => rule(tx, (new, from), (list, currency), &rows::lineage(tx).await?).await?,
            None => Rule { from, derivation: None },
        };
        let mut rules = rows::rules(&was)?;
        rules.retain(|rule| rule.from < from);
        rules.push(next);
        let version = was.version.saturating_add(1);
        let next = price_list::Model { rules: json(&rules)?, version, ..was.clone() };
        rows::replace_list(tx, &next).await?;
        lowest::list_changed(tx, list).await?;
        tx.emit_change(&told(&was, tx.now())?, &told(&next, tx.now())?).await?;
        let (list, is) = rows::domain_list(&next)?;
        Ok::<_, PricingError>(Ruled { list, is, from })
    });
    Ok(rule_limits::changed(cx, ruled.await?).await?)
}

/// The rule from an instant on, if the list may have it.
pub(super) async fn rule(
    tx: &Tx,
    (new, from): (NewRule, Instant),
    (list, currency): (Id<id::PriceList>, Currency),
    lineage: &Lineage,
) -> Result<Rule, PricingError> {
    let NewRule { parent, adjustment, rounding, compare_at } = new;
    let rounding = match rounding {
        Some((toward, step, ending)) => {
            let parsed = Rounding::parse(toward, &step, &ending, currency);
            Some(parsed.ok_or_else(|| Invalid::at("rounding", Problem::InvalidRounding).under("rule"))?)
        }
        None => None,
    };
    let row = rows::lists(tx, [parent]).await?.pop().ok_or(PricingError::NoParent)?;
    // Those that the parent follows are of its currency, which stays.
    if rows::currency(&row)? != currency {
        return Err(PricingError::Currency { field: "parent" });
    }
    // A list that is new takes prices from another since ever, but nobody bought by it before now.
    lineage.follow(list, parent, from.max(tx.now()))?;
    Ok(Rule { from, derivation: Some(Derivation { parent, adjustment, rounding, compare_at }) })
}

/// Whom a list follows, and whom these do, as far as one may: one statement for each generation. Who says whom lists follow
/// does so one after the other.
pub(super) async fn climb(tx: &Tx, list: Id<id::PriceList>) -> Result<Lineage, Fault> {
    let mut lineage = Lineage::default();
    for (list, of) in with_ancestors(tx, HashSet::from([list])).await? {
        lineage.note(list, &of.rules);
    }
    Ok(lineage)
}

/// Rules as a row keeps them.
pub(super) fn json(rules: &[Rule]) -> Result<String, Fault> {
    serde_json::to_string(rules).map_err(Fault::new)
}
