//! What should be known of prices that were set.

use app::{cx::Cx, pricing};
use async_graphql::{Enum, SimpleObject};

use crate::{
    graphql::money::Money,
    i18n::{self, Arg, number::Digits},
};

/// What should be known of a change of prices. It does not keep the change from being made.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceWarning {
    /// What to switch on.
    pub code: PriceWarningCode,
    /// The path of the field in the input; none if it is about none.
    pub field: Option<Vec<String>>,
    /// What to show, in the request's language.
    pub message: String,
    /// The SKU of what it is about, if it is about one variant.
    pub sku: Option<String>,
    /// What a piece costs the shop, without tax, if it is about that. Only staff who see costs (`COST_READ`) are warned of them.
    pub cost: Option<Money>,
    /// How many prices it is about, if it is about several.
    pub count: Option<i64>,
}

/// What a warning of prices is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceWarningCode {
    /// The price, or that of a tier, is below what a piece costs the shop, whatever tax is in it.
    PriceBelowCost,
    /// Prices that are fixed in lists, now or later, are below the lowest that was said: `count` of them. Who buys by them
    /// pays the lowest.
    PricesBelowFloor,
    /// Prices that are fixed in lists, now or later, are below what a piece costs the shop, as was said, whatever tax is in
    /// them: `count` of them.
    PricesBelowCost,
    /// The list takes prices from another that are below the lowest: those of `count` variants. Who buys by it pays the
    /// lowest.
    RuleBelowFloor,
    /// The list takes prices from another that are below what a piece costs the shop: those of `count` variants.
    RuleBelowCost,
}

/// Warnings, in the caller's language.
pub fn show(cx: &Cx, warnings: Vec<pricing::PriceWarning>) -> Vec<PriceWarning> {
    warnings.into_iter().map(|warning| one(cx, warning)).collect()
}

fn one(cx: &Cx, warning: pricing::PriceWarning) -> PriceWarning {
    match warning {
        pricing::PriceWarning::BelowCost { path, sku, cost } => {
            let told = i18n::money::money(cost, cx.language(), Digits::Latin);
            let args = [("sku", Arg::Text(sku.clone())), ("cost", Arg::Text(told))];
            PriceWarning {
                code: PriceWarningCode::PriceBelowCost,
                field: Some(path).filter(|path| !path.is_empty()),
                message: i18n::message(cx.language(), "warning-price-below-cost", &args),
                sku: Some(sku),
                cost: Some(Money(cost)),
                count: None,
            }
        }
        pricing::PriceWarning::Raised { count } => {
            counted(cx, PriceWarningCode::PricesBelowFloor, "warning-prices-below-floor", count)
        }
        pricing::PriceWarning::FixedBelowCost { count } => {
            counted(cx, PriceWarningCode::PricesBelowCost, "warning-prices-below-cost", count)
        }
        pricing::PriceWarning::RuleBelowFloor { count } => {
            counted(cx, PriceWarningCode::RuleBelowFloor, "warning-rule-below-floor", count)
        }
        pricing::PriceWarning::RuleBelowCost { count } => {
            counted(cx, PriceWarningCode::RuleBelowCost, "warning-rule-below-cost", count)
        }
    }
}

/// A warning of so many.
fn counted(cx: &Cx, code: PriceWarningCode, key: &str, count: u64) -> PriceWarning {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let message = i18n::message(cx.language(), key, &[("count", Arg::Number(count))]);
    PriceWarning { code, field: None, message, sku: None, cost: None, count: Some(count) }
}
