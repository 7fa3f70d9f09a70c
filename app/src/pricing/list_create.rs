//! Staff make a price list.

use domain::{
    identity::permission::proof::ManagePrices,
    money::Currency,
    pricing::{events::PricingEvent, validity::Validity},
    time::Instant,
};
use entity::pricing::price_list;
use sea_orm::IntoActiveModel;
use store::{Fault, Once};

use super::{
    ListChanged, NewRule, PricingError, rows,
    rule_limits::{self, Ruled},
    rule_set::{self, climb, rule},
};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// A list to make.
#[derive(Clone, Debug)]
pub struct CreateList {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The currency of its prices.
    pub currency: Currency,
    /// When it goes.
    pub validity: Validity,
    /// From which other it takes what it does not have, from the beginning.
    pub rule: Option<NewRule>,
    /// Whether nothing is to be made.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a list, which has no price of its own yet and which nobody buys by. Emits `price_list.created`.
pub async fn create_list(cx: &Cx, _may: Permit<ManagePrices>, input: CreateList) -> Result<ListChanged, PricingError> {
    let CreateList { code, name_ar, name_en, currency, validity, rule: new, is_dry_run, once } = input;
    let ruled = cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        channels::sold_in::<PricingError>(tx, currency, "currencyCode").await?;
        rows::lock_order(tx).await?;
        let id = tx.new_id();
        let rules = match new {
            Some(new) => {
                // Nobody follows it yet.
                let above = climb(tx, new.parent).await?;
                vec![rule(tx, (new, Instant::from_millis(0)), (id, currency), &above).await?]
            }
            None => Vec::new(),
        };
        let row = price_list::Model {
            tenant_id: tx.scope().tenant(),
            id,
            code: code.clone(),
            currency: currency.code().to_owned(),
            name_ar,
            name_en,
            starts_at: validity.from,
            ends_at: validity.until,
            rules: rule_set::json(&rules)?,
            version: 1,
        };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(PricingError::CodeTaken);
        }
        tx.emit(&told(&row, tx.now())?).await?;
        let (list, is) = rows::domain_list(&row)?;
        Ok::<_, PricingError>(Ruled { list, is, from: tx.now() })
    });
    Ok(rule_limits::changed(cx, ruled.await?).await?)
}

/// A list as its event tells it.
pub(super) fn told(row: &price_list::Model, at: Instant) -> Result<PricingEvent, Fault> {
    Ok(PricingEvent::List {
        price_list: row.id,
        code: row.code.clone(),
        currency: row.currency.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        rules: rows::rules(row)?,
        version: row.version,
        at,
    })
}
