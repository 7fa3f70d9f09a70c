//! Staff say how things of a class are taxed somewhere from an instant on.

use domain::{
    id::{Id, TaxClass},
    identity::{country::Country, permission::proof::ManageTaxes},
    invalid::{Invalid, Problem},
    pricing::tax::{Treatment, events::TaxEvent, reason::Reason},
    text,
    time::Instant,
};
use entity::pricing::tax_rule;
use sea_orm::IntoActiveModel;
use store::Once;

use super::{TaxError, error::missing, rows};
use crate::cx::{Cx, Permit};

/// A rate to set.
#[derive(Clone, Debug)]
pub struct SetRate {
    /// Of which class; `None`: the standard one.
    pub class: Option<Id<TaxClass>>,
    /// Where.
    pub country: Country,
    /// In which region of it; `None`: in all.
    pub region: Option<String>,
    /// How; `None`: as what is less special is.
    pub treatment: Option<Treatment>,
    /// From when on; `None`: from now on.
    pub from: Option<Instant>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Says how things of a class are taxed in a country, or in a region of it, from an instant on that is not past. What was said
/// of the same instant before does not go; what went before stays known. Emits `tax_rate.set`.
pub async fn set_rate(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: SetRate,
) -> Result<Option<Id<domain::id::TaxRule>>, TaxError> {
    let SetRate { class, country, region, treatment, from, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let starts_at = from.unwrap_or(tx.now());
        if starts_at < tx.now() {
            return Err(Invalid::at("startsAt", Problem::InThePast).into());
        }
        if let Some(class) = class
            && !rows::classes(tx, [class]).await?.contains_key(&class)
        {
            return Err(missing(&["taxClass"]));
        }
        let bps = treatment.as_ref().map(|treatment| treatment.rate().bps());
        let row = tax_rule::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            tax_class_id: class,
            country: country.as_str().to_owned(),
            region_key: region.as_deref().map(text::fold).unwrap_or_default(),
            region,
            starts_at,
            category: treatment.as_ref().map(|treatment| treatment.category().code().to_owned()),
            rate_bps: bps.and_then(|bps| i32::try_from(bps).ok()),
            reason: treatment.as_ref().and_then(Treatment::reason).map(Reason::to_string),
        };
        rows::forget_rule(tx, &row).await?;
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(TaxError::Stale);
        }
        let id = row.id;
        tx.emit(&told(row, country, true, tx.now())).await?;
        Ok(id)
    })
    .await
}

/// A rate as its events tell it.
pub(super) fn told(row: tax_rule::Model, country: Country, is_set: bool, at: Instant) -> TaxEvent {
    TaxEvent::Rate {
        tenant: row.tenant_id,
        tax_class: row.tax_class_id,
        country,
        region: row.region,
        category: row.category,
        rate_bps: row.rate_bps.and_then(|bps| u32::try_from(bps).ok()),
        reason: row.reason,
        starts_at: row.starts_at,
        is_set,
        at,
    }
}
