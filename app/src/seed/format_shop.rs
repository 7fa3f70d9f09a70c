//! `shop.toml`, as it is written. A key that is not here is refused.

use domain::language::Localised;
use serde::Deserialize;

/// `shop.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shop {
    pub(super) tenant: Tenant,
    pub(super) price_list: Vec<PriceList>,
    #[serde(default)]
    pub(super) tax_rate: Vec<TaxRate>,
    #[serde(default)]
    pub(super) location: Vec<Location>,
    #[serde(default)]
    pub(super) channel: Vec<Channel>,
    #[serde(default)]
    pub(super) zone: Vec<Zone>,
    #[serde(default)]
    pub(super) delivery_method: Vec<Named>,
    #[serde(default)]
    pub(super) delivery_rate: Vec<DeliveryRate>,
    #[serde(default)]
    pub(super) promotion: Vec<Promotion>,
    #[serde(default)]
    pub(super) role: Vec<Role>,
    #[serde(default)]
    pub(super) staff: Vec<Person>,
    #[serde(default)]
    pub(super) customer: Vec<Person>,
    #[serde(default)]
    pub(super) customer_group: Vec<CustomerGroup>,
    #[serde(default)]
    pub(super) organisation: Vec<Organisation>,
    #[serde(default)]
    pub(super) gift_card: Vec<GiftCard>,
}

/// Something that is a code and a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub(super) code: String,
    pub(super) name: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tenant {
    pub(super) name: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceList {
    pub(super) code: String,
    pub(super) currency: String,
    /// The list above it in the file whose prices it takes, adjusted.
    pub(super) follows: Option<Follows>,
}

/// From which list another takes its prices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Follows {
    pub(super) list: String,
    /// Percent more, or less: `-12`.
    pub(super) percent: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaxRate {
    pub(super) country: String,
    pub(super) rate_bps: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Location {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) kind: LocationKind,
    pub(super) city: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum LocationKind {
    Warehouse,
    Shop,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Channel {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) price_list: String,
    /// Tags, the default first.
    pub(super) languages: Vec<String>,
    pub(super) country: String,
    pub(super) order_prefix: String,
    /// The number of the first order, 1 if it is not said.
    pub(super) first_order: Option<u32>,
    /// Codes of locations, the preferred first.
    #[serde(default)]
    pub(super) locations: Vec<String>,
    #[serde(default)]
    pub(super) payments: Vec<ChannelPayment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelPayment {
    pub(super) method: String,
    /// Nothing if it is not said.
    pub(super) fee: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Zone {
    pub(super) code: String,
    pub(super) country: String,
    #[serde(default)]
    pub(super) is_remote: bool,
    /// Each city in all its spellings.
    #[serde(default)]
    pub(super) cities: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeliveryRate {
    pub(super) method: String,
    pub(super) channels: Vec<String>,
    pub(super) zones: Vec<String>,
    pub(super) price: String,
    /// Nothing if it is not said.
    pub(super) surcharge: Option<String>,
    /// The first and the last day of arrival.
    pub(super) days: [u16; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promotion {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) channels: Vec<String>,
    pub(super) priority: i32,
    pub(super) effect: Effect,
    /// What is written on the coupon that it needs; none: it needs none.
    pub(super) coupon: Option<String>,
    pub(super) starts_at: Option<String>,
    pub(super) ends_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub(super) enum Effect {
    CollectionPercent { collection: String, percent_bps: u16 },
    OrderPercent { percent_bps: u16, over: String },
    FreeDelivery { over: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) permissions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) language: String,
    pub(super) password: String,
    /// Codes of roles; customers have none.
    #[serde(default)]
    pub(super) roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) registration_number: String,
    pub(super) vat_number: String,
    pub(super) city: String,
    /// The list that its buyers buy by.
    pub(super) price_list: Option<String>,
    #[serde(default)]
    pub(super) units: Vec<Named>,
    #[serde(default)]
    pub(super) members: Vec<Member>,
}

/// Who buys for a company.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    /// The e-mail address of a customer.
    pub(super) email: String,
    /// The code of a unit; none: the company itself.
    pub(super) unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomerGroup {
    pub(super) code: String,
    pub(super) name: Localised,
    /// E-mail addresses of customers.
    #[serde(default)]
    pub(super) members: Vec<String>,
    /// The list that they buy by.
    pub(super) price_list: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftCard {
    pub(super) code: String,
    pub(super) amount: String,
    pub(super) currency: String,
}
