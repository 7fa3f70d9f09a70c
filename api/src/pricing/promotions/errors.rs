//! What a refused change of promotions and coupons is to the client.

use app::pricing::promotions::PromotionError;
use async_graphql::{InputType, Value};

use super::rule::PromotionRule;
use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for PromotionError {
    fn explain(self) -> Explained {
        let missing = |field: &str| refused(Said::code(ErrorCode::NotFound).at(field));
        let channel = |code, index: usize| refused(Said::code(code).at("channels").at(&index.to_string()));
        let taken = |path: &[&str]| {
            let path = path.iter().map(|part| (*part).to_owned()).collect();
            refused(Said::code(ErrorCode::CouponCodeTaken).path(path))
        };
        match self {
            Self::NoPromotion => missing("promotion"),
            Self::NoCoupon => missing("coupon"),
            Self::NoSuch { id, path } => {
                let path = ["rule".to_owned()].into_iter().chain(path).collect();
                refused(Said::code(ErrorCode::NotFound).path(path).with("id", Arg::Text(id)))
            }
            Self::NoChannel(index) => channel(ErrorCode::NotFound, index),
            Self::Currency(Some(index)) => channel(ErrorCode::PromotionCurrency, index),
            Self::Currency(None) => refused(Said::code(ErrorCode::PromotionCurrency).at("channels")),
            Self::CurrencyFixed => refused(Said::code(ErrorCode::PromotionCurrencyFixed).at("currencyCode")),
            Self::CodeTaken => refused(Said::code(ErrorCode::PromotionCodeTaken).at("code")),
            Self::CouponTaken { is_prefix: false } => taken(&["coupon", "code"]),
            Self::CouponTaken { is_prefix: true } => taken(&["coupon", "batch", "prefix"]),
            Self::NeedsNoCoupon => refused(Said::code(ErrorCode::PromotionNeedsNoCoupon).at("promotion")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// Where a rule names what there is not.
#[derive(Debug)]
pub struct Places(Value);

impl Places {
    /// Where a rule names what, as it was said.
    pub fn of(rule: Option<&PromotionRule>) -> Self {
        Self(rule.map_or(Value::Null, InputType::to_value))
    }

    /// The same refusal, at the place in the rule that it is about.
    pub fn locate(&self, refused: PromotionError) -> PromotionError {
        if let PromotionError::NoSuch { id, .. } = refused {
            let path = path_to(&self.0, &id).unwrap_or_default();
            PromotionError::NoSuch { id, path }
        } else {
            refused
        }
    }
}

/// The path to the first text that is this.
fn path_to(value: &Value, wanted: &str) -> Option<Vec<String>> {
    let under = |name: String, inside: &Value| {
        let mut path = path_to(inside, wanted)?;
        path.insert(0, name);
        Some(path)
    };
    match value {
        Value::String(text) => (text == wanted).then(Vec::new),
        Value::List(items) => items.iter().enumerate().find_map(|(index, item)| under(index.to_string(), item)),
        Value::Object(fields) => fields.iter().find_map(|(name, field)| under(name.to_string(), field)),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => None,
    }
}
