//! Staff say how variants are sold beyond their stock, and how far ahead a channel promises.

use domain::{
    date::Date,
    id::{Channel, Id, Variant},
    identity::permission::proof::ManageStock,
    inventory::{
        selling::{Policy, Selling},
        supply_events::SupplyEvent,
    },
};
use serde::{Deserialize, Serialize};
use store::{Fault, Once, Tx};

use super::{
    LocationError,
    bulk::{ChangeError, Refusal, Refused},
    selling_rows,
};
use crate::{
    catalog, channels,
    cx::{Cx, Permit},
};

/// Variants to sell beyond their stock, or not any more.
#[derive(Clone, Debug)]
pub struct SetSelling {
    /// How: each variant once.
    pub lines: Vec<SellingLine>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// How a variant is to be sold beyond its stock.
#[derive(Clone, Copy, Debug)]
pub struct SellingLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Whether it is.
    pub policy: Policy,
    /// Units that may wait at once, besides those that are due.
    pub limit: i64,
    /// The day that buyers are told.
    pub expected_on: Option<Date>,
}

/// How a variant is sold beyond its stock now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sold {
    /// Of what.
    pub variant: Id<Variant>,
    /// Units that orders wait for.
    pub promised: i64,
}

/// Says how variants are sold beyond their stock: all of it or, by failing, nothing. What is promised already stays
/// promised, also if it is more than may be promised now: nothing more is promised then until it is less. Emits
/// `variant.selling_set` for each.
pub async fn set_selling(cx: &Cx, _may: Permit<ManageStock>, input: SetSelling) -> Result<Vec<Sold>, ChangeError> {
    let SetSelling { lines, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let variants: Vec<_> = lines.iter().map(|line| line.variant).collect();
        let known = catalog::load::any_variants(tx, &variants).await?;
        let unknown = lines.iter().filter(|line| !known.contains_key(&line.variant));
        let refused: Vec<_> = unknown.map(|line| Refused { line: line.line, why: Refusal::NoVariant }).collect();
        if !refused.is_empty() {
            return Err(ChangeError::Refused(refused));
        }
        write(tx, &lines).await?;
        let rows = selling_rows::selling(tx, &variants).await?;
        let promised = |variant| rows.iter().find(|row| row.variant_id == variant).map_or(0, |row| row.promised);
        Ok(variants.iter().map(|variant| Sold { variant: *variant, promised: promised(*variant) }).collect())
    })
    .await
}

async fn write(tx: &Tx, lines: &[SellingLine]) -> Result<(), Fault> {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| line.variant);
    for line in &lines {
        selling_rows::open(tx, line.variant).await?;
    }
    let variants: Vec<_> = lines.iter().map(|line| line.variant).collect();
    let rows = selling_rows::lock(tx, &variants).await?;
    for line in &lines {
        let SellingLine { variant, policy, limit, expected_on, .. } = *line;
        let was = rows.iter().find(|row| row.variant_id == variant).map(selling_rows::domain_selling);
        let was = was.transpose()?.unwrap_or_default();
        selling_rows::set(tx, variant, Selling { policy, limit, expected_on, ..Selling::default() }).await?;
        let set = |policy: Policy, limit, expected_on| {
            let (policy, at) = (policy.code(), tx.now());
            SupplyEvent::SellingSet { variant, policy, limit, expected_on, at }
        };
        tx.emit_change(&set(was.policy, was.limit, was.expected_on), &set(policy, limit, expected_on)).await?;
    }
    Ok(())
}

/// How far ahead a channel is to promise.
#[derive(Clone, Debug)]
pub struct SetPromise {
    /// The channel's code.
    pub channel: String,
    /// Days; 0: only what is there.
    pub promise_days: i64,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Says how many days ahead a channel promises what suppliers are to deliver. Emits `channel.promise_set`.
pub async fn set_promise(cx: &Cx, _may: Permit<ManageStock>, input: SetPromise) -> Result<Id<Channel>, LocationError> {
    let SetPromise { channel, promise_days, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let was = channels::by_code(tx, &channel).await?.ok_or(LocationError::NoChannel)?;
        let channel = was.id;
        channels::set_promise_days(tx, channel, promise_days).await?;
        let set = |promise_days| SupplyEvent::PromiseSet { channel, promise_days, at: tx.now() };
        tx.emit_change(&set(was.promise_days), &set(promise_days)).await?;
        Ok(channel)
    })
    .await
}
