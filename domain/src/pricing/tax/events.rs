//! What happens to taxes.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{
        Account, Channel, CustomerGroup, Id, Organisation, OrganisationUnit, Product, TaxClass, TaxExemption, Tenant,
    },
    identity::country::Country,
    time::Instant,
};

/// What happened to taxes.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum TaxEvent {
    /// A class was made or changed.
    Class {
        /// The class.
        tax_class: Id<TaxClass>,
        /// Its code.
        code: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// Products are of another class now.
    Classified {
        /// The shop.
        tenant: Id<Tenant>,
        /// The class; none: the standard one.
        tax_class: Option<Id<TaxClass>>,
        /// The products.
        products: Vec<Id<Product>>,
        /// When.
        at: Instant,
    },
    /// A rate goes somewhere from an instant on, or was taken back before it began.
    Rate {
        /// The shop.
        tenant: Id<Tenant>,
        /// Of which class; none: the standard one.
        tax_class: Option<Id<TaxClass>>,
        /// Where.
        country: Country,
        /// In which region of it; none: in all.
        region: Option<String>,
        /// How it is taxed, such as `STANDARD`; none: as what is less special is.
        category: Option<String>,
        /// Basis points.
        rate_bps: Option<u32>,
        /// Why it is not taxed at a rate.
        reason: Option<String>,
        /// From when.
        starts_at: Instant,
        /// Whether it goes then.
        is_set: bool,
        /// When it was said.
        at: Instant,
    },
    /// Somebody is relieved of tax, or is no more.
    Exemption {
        /// That they are.
        tax_exemption: Id<TaxExemption>,
        /// Which customer.
        customer: Option<Id<Account>>,
        /// Which customer group.
        customer_group: Option<Id<CustomerGroup>>,
        /// Who buys for which company.
        organisation: Option<Id<Organisation>>,
        /// In which unit of it or below; none: in any.
        organisation_unit: Option<Id<OrganisationUnit>>,
        /// How what they buy is treated.
        category: String,
        /// Why.
        reason: Option<String>,
        /// What proves it, such as the number of a certificate.
        certificate: Option<String>,
        /// Where; none: everywhere.
        country: Option<Country>,
        /// From when.
        starts_at: Instant,
        /// Until when.
        ends_at: Option<Instant>,
        /// Whether they still are, or will be.
        is_granted: bool,
        /// When.
        at: Instant,
    },
    /// It was said who says how what a channel sells is taxed.
    Engine {
        /// The channel.
        channel: Id<Channel>,
        /// Whether a tax engine does; else the shop's own rules do.
        is_set: bool,
        /// What goes where it does not say, such as `REFUSE`; none: there is no engine.
        fallback: Option<String>,
        /// Counts what was said of it, its address and its secret among it.
        version: i64,
        /// When.
        at: Instant,
    },
    /// It was said whether a channel's prices include tax, and how its delivery is taxed.
    Channel {
        /// The channel.
        channel: Id<Channel>,
        /// Whether its prices include tax.
        prices_include_tax: bool,
        /// The class of its delivery and fees; none: the standard one.
        service_tax_class: Option<Id<TaxClass>>,
        /// When.
        at: Instant,
    },
}

impl Event for TaxEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Class { version: 1, .. } => "tax_class.created",
            Self::Class { .. } => "tax_class.updated",
            Self::Classified { .. } => "tax_class.assigned",
            Self::Rate { is_set: true, .. } => "tax_rate.set",
            Self::Rate { .. } => "tax_rate.removed",
            Self::Exemption { is_granted: true, .. } => "tax_exemption.granted",
            Self::Exemption { .. } => "tax_exemption.ended",
            Self::Engine { .. } => "channel.tax_engine_set",
            Self::Channel { .. } => "channel.taxes_set",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Class { tax_class, .. } => (*tax_class).into(),
            Self::Classified { tenant, .. } | Self::Rate { tenant, .. } => (*tenant).into(),
            Self::Exemption { tax_exemption, .. } => (*tax_exemption).into(),
            Self::Engine { channel, .. } | Self::Channel { channel, .. } => (*channel).into(),
        }
    }
}
