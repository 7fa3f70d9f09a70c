//! Staff take back how things of a class were to be taxed.

use domain::{
    id::{Id, TaxRule},
    identity::{country::Country, permission::proof::ManageTaxes},
    invalid::{Invalid, Problem},
};
use store::{Fault, Once};

use super::{TaxError, error::missing, rate_set::told, rows};
use crate::cx::{Cx, Permit};

/// A rate to take back.
#[derive(Clone, Debug)]
pub struct RemoveRate {
    /// Which.
    pub rate: Id<TaxRule>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Takes back a rate that did not begin yet: what goes before it goes on. One that did stays known, and ends when another
/// begins. Emits `tax_rate.removed`.
pub async fn remove_rate(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: RemoveRate,
) -> Result<Option<Id<TaxRule>>, TaxError> {
    let RemoveRate { rate, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let row = rows::rules_by_id(tx, [rate]).await?.pop().ok_or(missing(&["taxRate"]))?;
        if row.starts_at <= tx.now() {
            return Err(Invalid::at("taxRate", Problem::InThePast).into());
        }
        if !rows::remove_rule(tx, rate).await? {
            return Err(missing(&["taxRate"]));
        }
        let country = Country::parse(&row.country).ok().ok_or_else(|| Fault::new("a rate of no country"))?;
        tx.emit(&told(row, country, false, tx.now())).await?;
        Ok(rate)
    })
    .await
}
