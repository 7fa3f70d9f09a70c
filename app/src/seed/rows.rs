//! The rows of a shop, and the order in which they are written.

use entity::{
    catalog::{
        attribute, category, collection, option_value, product, product_attribute, product_collection, product_option,
        product_type, publication, variant, variant_value,
    },
    channels::{channel, channel_location, channel_payment},
    fulfilment::{delivery_method, delivery_rate, zone, zone_area},
    identity::{account, account_role, customer_group, customer_group_member, role},
    inventory::{location, movement, stock_level},
    organisations::{organisation, organisation_member, organisation_unit},
    payments::{credit, credit_entry, credit_lot},
    pricing::{coupon, list_price, price_list, price_list_assignment, promotion, tax_rule},
};
use store::{Fault, Tx};

use super::plan::Loaded;

/// The rows of a shop.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) options: Vec<product_option::ActiveModel>,
    pub(super) option_values: Vec<option_value::ActiveModel>,
    pub(super) attributes: Vec<attribute::ActiveModel>,
    pub(super) types: Vec<product_type::ActiveModel>,
    pub(super) collections: Vec<collection::ActiveModel>,
    pub(super) categories: Vec<category::ActiveModel>,
    pub(super) price_lists: Vec<price_list::ActiveModel>,
    pub(super) tax_rules: Vec<tax_rule::ActiveModel>,
    pub(super) locations: Vec<location::ActiveModel>,
    pub(super) channels: Vec<channel::ActiveModel>,
    pub(super) channel_locations: Vec<channel_location::ActiveModel>,
    pub(super) channel_payments: Vec<channel_payment::ActiveModel>,
    pub(super) products: Vec<product::ActiveModel>,
    pub(super) product_attributes: Vec<product_attribute::ActiveModel>,
    pub(super) product_collections: Vec<product_collection::ActiveModel>,
    pub(super) publications: Vec<publication::ActiveModel>,
    pub(super) variants: Vec<variant::ActiveModel>,
    pub(super) variant_values: Vec<variant_value::ActiveModel>,
    pub(super) prices: Vec<list_price::ActiveModel>,
    pub(super) stock_levels: Vec<stock_level::ActiveModel>,
    pub(super) movements: Vec<movement::ActiveModel>,
    pub(super) zones: Vec<zone::ActiveModel>,
    pub(super) zone_areas: Vec<zone_area::ActiveModel>,
    pub(super) delivery_methods: Vec<delivery_method::ActiveModel>,
    pub(super) delivery_rates: Vec<delivery_rate::ActiveModel>,
    pub(super) promotions: Vec<promotion::ActiveModel>,
    pub(super) roles: Vec<role::ActiveModel>,
    pub(super) accounts: Vec<account::ActiveModel>,
    pub(super) account_roles: Vec<account_role::ActiveModel>,
    pub(super) organisations: Vec<organisation::ActiveModel>,
    pub(super) units: Vec<organisation_unit::ActiveModel>,
    pub(super) members: Vec<organisation_member::ActiveModel>,
    pub(super) groups: Vec<customer_group::ActiveModel>,
    pub(super) group_members: Vec<customer_group_member::ActiveModel>,
    pub(super) assignments: Vec<price_list_assignment::ActiveModel>,
    pub(super) coupons: Vec<coupon::ActiveModel>,
    pub(super) credits: Vec<credit::ActiveModel>,
    pub(super) credit_lots: Vec<credit_lot::ActiveModel>,
    pub(super) credit_entries: Vec<credit_entry::ActiveModel>,
}

impl Rows {
    /// How much there is.
    pub(super) fn loaded(&self) -> Loaded {
        Loaded {
            n_channels: self.channels.len(),
            n_categories: self.categories.len(),
            n_products: self.products.len(),
            n_variants: self.variants.len(),
            n_accounts: self.accounts.len(),
        }
    }

    /// Writes them all, each after what it refers to.
    pub(super) async fn write(self, tx: &Tx) -> Result<(), Fault> {
        tx.insert_many(self.options).await?;
        tx.insert_many(self.option_values).await?;
        tx.insert_many(self.attributes).await?;
        tx.insert_many(self.types).await?;
        tx.insert_many(self.collections).await?;
        tx.insert_many(self.categories).await?;
        tx.insert_many(self.price_lists).await?;
        tx.insert_many(self.tax_rules).await?;
        tx.insert_many(self.locations).await?;
        tx.insert_many(self.channels).await?;
        tx.insert_many(self.channel_locations).await?;
        tx.insert_many(self.channel_payments).await?;
        tx.insert_many(self.products).await?;
        tx.insert_many(self.product_attributes).await?;
        tx.insert_many(self.product_collections).await?;
        tx.insert_many(self.publications).await?;
        tx.insert_many(self.variants).await?;
        tx.insert_many(self.variant_values).await?;
        tx.insert_many(self.prices).await?;
        tx.insert_many(self.stock_levels).await?;
        tx.insert_many(self.movements).await?;
        tx.insert_many(self.zones).await?;
        tx.insert_many(self.zone_areas).await?;
        tx.insert_many(self.delivery_methods).await?;
        tx.insert_many(self.delivery_rates).await?;
        tx.insert_many(self.promotions).await?;
        tx.insert_many(self.roles).await?;
        tx.insert_many(self.accounts).await?;
        tx.insert_many(self.account_roles).await?;
        tx.insert_many(self.organisations).await?;
        tx.insert_many(self.units).await?;
        tx.insert_many(self.members).await?;
        tx.insert_many(self.groups).await?;
        tx.insert_many(self.group_members).await?;
        tx.insert_many(self.assignments).await?;
        tx.insert_many(self.coupons).await?;
        tx.insert_many(self.credits).await?;
        tx.insert_many(self.credit_lots).await?;
        tx.insert_many(self.credit_entries).await
    }
}
