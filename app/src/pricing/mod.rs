//! What it costs: the facts that `domain::pricing` makes a quote of.

mod assign;
mod book;
mod cost_rows;
mod costs_set;
mod discount_cap_set;
mod error;
mod limits;
mod list_create;
mod list_update;
pub mod load;
mod lowest;
mod named;
mod prices_adjust;
mod prices_remove;
mod prices_set;
pub mod promotions;
mod quantity_rules;
mod rows;
mod rule_limits;
mod rule_set;
pub mod taxes;

pub use assign::{Assign, Unassign, Whom, assign, unassign};
pub use book::{Books, Span};
pub use cost_rows::floors;
pub use costs_set::{CostLine, CostsSet, SetCosts, set_costs};
pub use discount_cap_set::{SetDiscountCap, set_discount_cap};
pub use error::PricingError;
pub use limits::{ListChanged, PriceWarning};
pub use list_create::{CreateList, create_list};
pub use list_update::{UpdateList, update_list};
pub(crate) use named::names;
pub use prices_adjust::{
    ADJUST_MAX, AdjustBy, AdjustPrices, AdjustRefused, Adjusted, ChangedPrice, NewChange, SHOWN_MAX, adjust_prices,
};
pub use prices_remove::{RemoveLine, RemovePrices, remove_prices};
pub use prices_set::{PriceLine, PriceRefusal, RefusedPrice, SetPrices, set_prices};
pub use quantity_rules::{SetQuantityRules, set_quantity_rules};
pub use rows::{currency, domain_fixed, rules};
pub use rule_set::{NewRule, SetRule, set_rule};
