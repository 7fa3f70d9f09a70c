//! How low prices may be, and what is below what things cost the shop.

use std::collections::HashMap;

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ReadCosts,
    invalid::{Invalid, Problem},
    money::{Currency, Money},
    pricing::tiers::Tiers,
};
use entity::pricing::variant_cost;
use serde::{Deserialize, Serialize};
use store::{Fault, Tx};

use super::cost_rows;
use crate::{catalog, cx::Cx};

/// What should be known of a change of prices that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceWarning {
    /// A price, or that of a tier, is below what a piece costs the shop.
    BelowCost {
        /// Where it stands in the input; none, if it stands nowhere there.
        path: Vec<String>,
        /// The SKU of what.
        sku: String,
        /// What a piece costs the shop.
        cost: Money,
    },
    /// So many prices that are fixed in lists, now or later, are below the lowest that was said.
    Raised {
        /// How many.
        count: u64,
    },
    /// So many prices that are fixed in lists, now or later, are below what a piece costs the shop, as was said.
    FixedBelowCost {
        /// How many.
        count: u64,
    },
    /// The prices of so many variants that a list takes from another are below the lowest, and are raised to that.
    RuleBelowFloor {
        /// How many.
        count: u64,
    },
    /// The prices of so many variants that a list takes from another are below what a piece costs the shop.
    RuleBelowCost {
        /// How many.
        count: u64,
    },
}

/// A list that was changed, with its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChanged {
    /// The list.
    pub list: Id<PriceList>,
    /// What should be known of its prices.
    pub warnings: Vec<PriceWarning>,
}

impl ListChanged {
    /// The same, for who reads it: of what things cost the shop only who may see that is told.
    pub(super) fn told_to(mut self, cx: &Cx) -> Self {
        self.warnings.retain(|warning| warning.is_for(cx));
        self
    }
}

/// What was said of variants, which nobody changes until the transaction ends.
#[derive(Debug)]
pub(super) struct Limits {
    currency: Currency,
    of: HashMap<Id<Variant>, variant_cost::Model>,
}

impl Limits {
    /// What was said of variants in a currency. Whoever says it locks the variants, and here they are kept from it before
    /// it is read: who comes first has done when the other reads, so that no price passes a limit that is said at the same
    /// time, and who says one sees every price that was set before it.
    pub(super) async fn keep(tx: &Tx, currency: Currency, variants: &[Id<Variant>]) -> Result<Self, Fault> {
        catalog::keep(tx, variants).await?;
        Ok(Self { currency, of: cost_rows::costs(tx, currency, variants).await? })
    }

    /// The lowest price of a piece.
    pub(super) fn floor(&self, variant: Id<Variant>) -> Option<Money> {
        self.of.get(&variant)?.floor_minor.map(|minor| Money::new(minor, self.currency))
    }

    /// What a piece costs the shop.
    pub(super) fn cost(&self, variant: Id<Variant>) -> Option<Money> {
        self.of.get(&variant)?.cost_minor.map(|minor| Money::new(minor, self.currency))
    }

    /// Refuses prices that are lower than they may be, each by its field.
    pub(super) fn refuse(&self, variant: Id<Variant>, tiers: &Tiers) -> Result<(), Invalid> {
        let Some(floor) = self.floor(variant) else { return Ok(()) };
        let too_low = tiers.below(floor).into_iter().map(|tier| {
            let of_price = Invalid::at("price", Problem::BelowFloor { floor });
            match tier {
                None => of_price.wrong,
                Some(tier) => of_price.under(&tier.to_string()).under("tiers").wrong,
            }
        });
        let wrong: Vec<_> = too_low.flatten().collect();
        if wrong.is_empty() { Ok(()) } else { Err(Invalid { wrong }) }
    }

    /// What is to be known of prices that are below what a piece costs the shop: it stands at the first of them.
    pub(super) fn below_cost(&self, (variant, sku): (Id<Variant>, &str), tiers: &Tiers) -> Option<PriceWarning> {
        let cost = self.cost(variant)?;
        let path = match tiers.below(cost).first()? {
            None => vec!["price".to_owned()],
            Some(tier) => vec!["tiers".to_owned(), tier.to_string(), "price".to_owned()],
        };
        Some(PriceWarning::BelowCost { path, sku: sku.to_owned(), cost })
    }
}

impl PriceWarning {
    /// Whether it may be told to the caller.
    pub(super) fn is_for(&self, cx: &Cx) -> bool {
        match self {
            Self::BelowCost { .. } | Self::FixedBelowCost { .. } | Self::RuleBelowCost { .. } => {
                cx.permit::<ReadCosts>().is_ok()
            }
            Self::Raised { .. } | Self::RuleBelowFloor { .. } => true,
        }
    }

    /// The same, of what does not stand in the input.
    pub(super) fn nowhere(self) -> Self {
        match self {
            Self::BelowCost { sku, cost, .. } => Self::BelowCost { path: Vec::new(), sku, cost },
            Self::Raised { .. }
            | Self::FixedBelowCost { .. }
            | Self::RuleBelowFloor { .. }
            | Self::RuleBelowCost { .. } => self,
        }
    }

    /// The same, of a line of the input.
    pub(super) fn of_line(self, line: usize) -> Self {
        match self {
            Self::BelowCost { path, sku, cost } => {
                let path = ["lines".to_owned(), line.to_string()].into_iter().chain(path).collect();
                Self::BelowCost { path, sku, cost }
            }
            Self::Raised { .. }
            | Self::FixedBelowCost { .. }
            | Self::RuleBelowFloor { .. }
            | Self::RuleBelowCost { .. } => self,
        }
    }
}
