//! Why promotions and coupons are not changed.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why promotions and coupons are not changed.
#[derive(Debug, thiserror::Error)]
pub enum PromotionError {
    /// There is no such promotion.
    #[error("there is no such promotion")]
    NoPromotion,
    /// There is no such coupon, or it is worth nothing already.
    #[error("there is no such coupon")]
    NoCoupon,
    /// The rule names something that there is not.
    #[error("the rule names what there is not")]
    NoSuch {
        /// Its id.
        id: String,
        /// Where it stands in the rule, as far as that was looked for.
        path: Vec<String>,
    },
    /// There is no such channel: where it stands in the input.
    #[error("there is no such channel")]
    NoChannel(usize),
    /// A channel sells in another currency: where it stands in the input; `None`: it is one that the promotion has.
    #[error("a channel sells in another currency")]
    Currency(Option<usize>),
    /// Amounts stay in the currency that the promotion has: its budget, or what was taken off already.
    #[error("amounts stay in its currency")]
    CurrencyFixed,
    /// Another promotion has the code.
    #[error("another promotion has the code")]
    CodeTaken,
    /// Another coupon has the code.
    #[error("another coupon has the code")]
    CouponTaken {
        /// Whether it is what the codes of many begin with.
        is_prefix: bool,
    },
    /// The promotion is not for those who have coupons.
    #[error("the promotion needs no coupon")]
    NeedsNoCoupon,
    /// It is not as the caller saw it.
    #[error("it has changed")]
    Stale,
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}
