//! What happens to price lists, and to what variants cost the shop.

use serde::Serialize;

use super::{list::Rule, quantity_rule::QuantityRule};
use crate::{
    events::{Aggregate, Event},
    id::{self, Channel, CustomerGroup, Id, Organisation, OrganisationUnit, PriceListAssignment, Variant},
    identity::country::Country,
    time::Instant,
};

/// What happened to a price list, or to what variants cost the shop.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum PricingEvent {
    /// A list was made or changed.
    List {
        /// The list.
        price_list: Id<id::PriceList>,
        /// Its code.
        code: String,
        /// The currency of its prices.
        currency: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// From when it goes.
        starts_at: Option<Instant>,
        /// Until when.
        ends_at: Option<Instant>,
        /// From which others it takes what it does not have.
        rules: Vec<Rule>,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// A price was set in a list.
    PriceSet {
        /// The list.
        price_list: Id<id::PriceList>,
        /// Of what.
        variant: Id<Variant>,
        /// The price of a piece, minor units of the list's currency.
        amount_minor: i64,
        /// A former, higher price.
        compare_at_minor: Option<i64>,
        /// From how many pieces on each costs less.
        tiers: Vec<(u32, i64)>,
        /// From when it goes.
        starts_at: Instant,
        /// Until when; none: until another does.
        ends_at: Option<Instant>,
        /// When it was set.
        at: Instant,
    },
    /// A price was taken out of a list.
    PriceRemoved {
        /// The list.
        price_list: Id<id::PriceList>,
        /// Of what.
        variant: Id<Variant>,
        /// From when it was to go.
        starts_at: Instant,
        /// Whether it was for a time.
        is_temporary: bool,
        /// When.
        at: Instant,
    },
    /// It was said how many pieces of a variant are bought together by a list, or no more.
    QuantityRule {
        /// The list.
        price_list: Id<id::PriceList>,
        /// Of what.
        variant: Id<Variant>,
        /// How many; none: as its parent says, or else any number.
        rule: Option<QuantityRule>,
        /// When.
        at: Instant,
    },
    /// It was said what a piece of a variant costs the shop, or the lowest price that it sells it at.
    CostSet {
        /// Of what.
        variant: Id<Variant>,
        /// ISO 4217 code of what the amounts are in.
        currency: String,
        /// What a piece costs the shop, without tax, minor units; none: not said.
        cost_minor: Option<i64>,
        /// The lowest price of a piece, minor units; none: any.
        floor_minor: Option<i64>,
        /// When.
        at: Instant,
    },
    /// Somebody buys by a list, or does no more.
    Assigned {
        /// That they do.
        assignment: Id<PriceListAssignment>,
        /// The list.
        price_list: Id<id::PriceList>,
        /// The customers; none: a company, or everybody in the channel.
        customer_group: Option<Id<CustomerGroup>>,
        /// Who buys for this company.
        organisation: Option<Id<Organisation>>,
        /// In this unit of it, or below; none: in any.
        organisation_unit: Option<Id<OrganisationUnit>>,
        /// In which channel; none: in every one.
        channel: Option<Id<Channel>>,
        /// Of several that somebody has for the same reason, the lower is asked first.
        priority: i32,
        /// To where it is bought; none: to anywhere.
        countries: Vec<Country>,
        /// From when.
        starts_at: Option<Instant>,
        /// Until when.
        ends_at: Option<Instant>,
        /// Whether they do.
        is_assigned: bool,
        /// When.
        at: Instant,
    },
}

impl Event for PricingEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::List { version: 1, .. } => "price_list.created",
            Self::List { .. } => "price_list.updated",
            Self::PriceSet { .. } => "price.set",
            Self::PriceRemoved { .. } => "price.removed",
            Self::QuantityRule { rule: Some(_), .. } => "quantity_rule.set",
            Self::QuantityRule { .. } => "quantity_rule.removed",
            Self::CostSet { .. } => "variant.cost_set",
            Self::Assigned { is_assigned: true, .. } => "price_list.assigned",
            Self::Assigned { .. } => "price_list.unassigned",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::List { price_list, .. }
            | Self::PriceSet { price_list, .. }
            | Self::PriceRemoved { price_list, .. }
            | Self::QuantityRule { price_list, .. }
            | Self::Assigned { price_list, .. } => (*price_list).into(),
            Self::CostSet { variant, .. } => (*variant).into(),
        }
    }
}
