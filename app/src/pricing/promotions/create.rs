//! Staff make a promotion.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Channel, Id},
    identity::permission::proof::ManagePromotions,
    money::Currency,
    pricing::{
        promotions::{Rule, events::PromotionEvent},
        validity::Validity,
    },
    time::Instant,
};
use entity::pricing::promotion;
use sea_orm::IntoActiveModel;
use store::{Fault, Once, Read};

use super::{PromotionError, Written, low, rows};
use crate::{
    catalog, channels,
    cx::{Cx, Permit},
    identity, organisations,
};

/// A promotion to make.
#[derive(Clone, Debug)]
pub struct CreatePromotion {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The currency of its amounts; `None`: it names none.
    pub currency: Option<Currency>,
    /// The codes of the channels where it applies; none: everywhere.
    pub channels: Vec<String>,
    /// What it is about, when it applies and what it does.
    pub rule: Rule,
    /// When it runs.
    pub validity: Validity,
    /// How often it applies.
    pub limits: Limits,
    /// Whether nothing is to be made.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// How often a promotion applies; `None`: without a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Orders.
    pub orders: Option<i64>,
    /// Orders of one customer.
    pub orders_of_customer: Option<i64>,
    /// Orders of one company.
    pub orders_of_organisation: Option<i64>,
    /// What it may take off, minor units.
    pub budget: Option<i64>,
}

/// Makes a promotion, and tells what is to be known of it. Emits `promotion.created`.
pub async fn create_promotion(
    cx: &Cx,
    _may: Permit<ManagePromotions>,
    input: CreatePromotion,
) -> Result<Written, PromotionError> {
    let CreatePromotion { code, name_ar, name_en, currency, channels, rule, validity, limits, is_dry_run, once } =
        input;
    let written = cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        known(tx, &rule).await?;
        if let Some(currency) = currency {
            channels::sold_in::<PromotionError>(tx, currency, "currencyCode").await?;
        }
        let row = promotion::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            code,
            name_ar,
            name_en,
            currency: currency.map(|currency| currency.code().to_owned()),
            channels: json(&here(tx, &channels, currency).await?)?,
            needs_coupon: rule.needs_coupon,
            rule: json(&rule)?,
            starts_at: validity.from,
            ends_at: validity.until,
            orders_max: limits.orders,
            orders_max_of_customer: limits.orders_of_customer,
            orders_max_of_organisation: limits.orders_of_organisation,
            budget_minor: limits.budget,
            orders: 0,
            spent_minor: 0,
            version: 1,
        };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(PromotionError::CodeTaken);
        }
        tx.emit(&told(&row, tx.now())?).await?;
        Ok(Written::of(tx, &row, tx.now()).await?)
    });
    Ok(low::told(cx, written.await?).await?)
}

/// Refuses a rule that names what there is not.
pub(super) async fn known(read: &Read, rule: &Rule) -> Result<(), PromotionError> {
    let groups = rule.condition.groups();
    let there = if groups.is_empty() { HashMap::new() } else { identity::groups::groups_by_id(read, &groups).await? };
    let group = groups.iter().find(|group| !there.contains_key(group)).map(ToString::to_string);
    let companies = rule.condition.organisations();
    let there = if companies.is_empty() { HashSet::new() } else { organisations::known(read, &companies).await? };
    let company = companies.iter().find(|company| !there.contains(company)).map(ToString::to_string);
    let missing = match group.or(company) {
        Some(missing) => Some(missing),
        None => catalog::missing(read, &rule.named()).await?,
    };
    missing.map_or(Ok(()), |id| Err(PromotionError::NoSuch { id, path: Vec::new() }))
}

/// The channels of codes, which sell in a currency if amounts are named.
pub(super) async fn here(
    read: &Read,
    codes: &[String],
    currency: Option<Currency>,
) -> Result<Vec<Id<Channel>>, PromotionError> {
    let all = if codes.is_empty() { Vec::new() } else { channels::all(read).await? };
    let mut found = Vec::with_capacity(codes.len());
    for (index, code) in codes.iter().enumerate() {
        let channel = all.iter().find(|channel| channel.code == *code).ok_or(PromotionError::NoChannel(index))?;
        if currency.is_some_and(|currency| currency.code() != channel.currency) {
            return Err(PromotionError::Currency(Some(index)));
        }
        found.push(channel.id);
    }
    Ok(found)
}

/// A promotion as its event tells it.
pub(super) fn told(row: &promotion::Model, at: Instant) -> Result<PromotionEvent, Fault> {
    Ok(PromotionEvent::Promotion {
        promotion: row.id,
        code: row.code.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        currency: row.currency.clone(),
        channels: rows::channels(row)?,
        rule: Box::new(rows::rule(row)?),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        orders_max: row.orders_max,
        orders_max_of_customer: row.orders_max_of_customer,
        orders_max_of_organisation: row.orders_max_of_organisation,
        budget_minor: row.budget_minor,
        version: row.version,
        at,
    })
}

/// What a row keeps as JSON.
pub(super) fn json(of: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(of).map_err(Fault::new)
}
