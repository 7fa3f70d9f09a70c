//! The request's loaders: many keys, a constant number of statements.

use std::{collections::HashMap, sync::Arc};

use app::{
    catalog, channels,
    cx::{Cx, Public},
    events, fulfilment,
    identity::{
        self,
        groups::{self, Group},
    },
    inventory, orders, organisations,
    payments::{self, credit::Held},
    pricing::{self, promotions, taxes},
};
use async_graphql::{Context, dataloader::Loader};
use domain::{
    fulfilment::delivery::Area,
    id::{
        Account, Category, Channel, Collection, Coupon, Credit, CreditEntry, CustomerGroup, DeliveryMethod, Id,
        InboundSupply, Location, Order, Organisation, OrganisationUnit, Payment, PriceList, Product, ProductType,
        Promotion, Return, StockCount, TaxClass, TaxExemption, TaxRule, Transfer, Variant, WebhookDelivery, Zone,
    },
    identity::permission::proof::{ManageWebhooks, ReadCosts, ReadCustomers, ReadPrices, ReadStock, ReadTaxes},
    inventory::available::Allocation,
    money::Money,
};
use entity::{
    catalog::{category, collection, external_sku, product, product_type, variant},
    channels::channel,
    events::webhook_attempt,
    fulfilment::{
        delivery_method, location_zone, shipment, shipment_line, shipment_status, shipment_step, sourcing_decision,
        zone,
    },
    identity::account,
    inventory::{
        backorder, inbound_supply, location, stock_count, stock_count_line, stock_level, transfer, transfer_line,
        variant_selling,
    },
    orders::{
        order, order_address, order_cancellation, order_cancellation_line, order_edit, order_edit_line, order_exchange,
        order_import, order_line, order_note, order_return_step, order_status,
    },
    organisations::{organisation, organisation_member, organisation_unit},
    payments::{credit_entry, payment, payment_entry},
    pricing::{coupon, price_list, price_list_assignment, promotion, tax_class, tax_exemption, tax_rule, variant_cost},
};
use store::Fault;

use super::{error, language::Reading};

/// Loads for one request.
#[derive(Debug)]
pub struct Load {
    /// The request.
    pub cx: Arc<Cx>,
}

/// A fault, shared by all who waited for the same load.
pub type Shared = Arc<Fault>;

/// Declares loaders of records by id: the key, the value, and how many are loaded.
macro_rules! records {
    (|$cx:ident, $ids:ident| $($id:ty => $value:ty: $load:expr;)*) => {
        $(impl Loader<$id> for Load {
            type Value = $value;
            type Error = Shared;

            async fn load(&self, $ids: &[$id]) -> Result<HashMap<$id, $value>, Shared> {
                let $cx = self.cx.as_ref();
                $load.map_err(Arc::new)
            }
        })*
    };
}

/// Declares relations of a record and their loaders: the key, what it relates to, and how many are loaded.
macro_rules! relations {
    (|$cx:ident, $ids:ident| $($(#[$doc:meta])* $name:ident($id:ty) => $value:ty: $load:expr;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub $id);

        impl Loader<$name> for Load {
            type Value = $value;
            type Error = Shared;

            async fn load(&self, keys: &[$name]) -> Result<HashMap<$name, $value>, Shared> {
                let $cx = self.cx.as_ref();
                let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                let $ids = ids.as_slice();
                let loaded = $load.map_err(Arc::new)?;
                Ok(loaded.into_iter().map(|(id, value)| ($name(id), value)).collect())
            }
        })*
    };
}

records! { |cx, ids|
    Id<Product> => product::Model: catalog::load::products(cx, Public, ids).await;
    Id<Variant> => variant::Model: catalog::load::variants(cx, Public, ids).await;
    Id<Category> => category::Model: catalog::load::categories(cx, Public, ids).await;
    Id<Collection> => collection::Model: catalog::load::collections(cx, Public, ids).await;
    Id<ProductType> => product_type::Model: catalog::load::types(cx, Public, ids).await;
    Id<Location> => location::Model: inventory::load::locations(cx, Public, ids).await;
    Id<Promotion> => promotion::Model: promotions::load::promotions(cx, Public, ids).await;
    Id<Channel> => channel::Model: channels::load(&cx.read(), ids).await;
    Id<DeliveryMethod> => delivery_method::Model: fulfilment::delivery::methods(&cx.read(), ids).await;
    Id<Transfer> => transfer::Model: inventory::load::transfers(&cx.read(), ids).await;
    Id<StockCount> => stock_count::Model: inventory::load::counts(&cx.read(), ids).await;
    Id<Order> => order::Model: orders::load::orders(cx, ids).await;
    Id<Return> => orders::returns::load::Found: orders::returns::load::returns(cx, ids).await;
    Id<InboundSupply> => inbound_supply::Model: inventory::load::supplies(&cx.read(), ids).await;
    Id<Zone> => zone::Model: fulfilment::zones::zones_by_id(&cx.read(), ids).await;
    Id<Account> => account::Model: identity::load::accounts(cx, ids).await;
    Id<PriceList> => price_list::Model: pricing::load::lists(cx, Public, ids).await;
    Id<CustomerGroup> => Group: groups::groups_by_id(&cx.read(), ids).await;
    Id<TaxClass> => tax_class::Model: taxes::load::classes(&cx.read(), ids).await;
    Id<TaxRule> => tax_rule::Model: taxes::load::rates(&cx.read(), ids).await;
    Id<TaxExemption> => tax_exemption::Model: taxes::load::exemptions(&cx.read(), ids).await;
    Id<Credit> => Held: payments::credit::load::by_ids(&cx.read(), ids).await;
    Id<CreditEntry> => credit_entry::Model: payments::credit::load::entries_by_id(&cx.read(), ids).await;
    Id<Organisation> => organisation::Model: organisations::load::organisations(cx, Public, ids).await;
    Id<OrganisationUnit> => organisation_unit::Model: organisations::load::units(cx, Public, ids).await;
}

relations! { |cx, ids|
    /// A product's variants.
    VariantsOf(Id<Product>) => Vec<variant::Model>: catalog::load::variants_of(cx, Public, ids).await;
    /// A product's attributes.
    AttributesOf(Id<Product>) => Vec<catalog::load::Said>: catalog::load::attributes(cx, Public, ids).await;
    /// The ids of a product's collections.
    CollectionsOf(Id<Product>) => Vec<Id<Collection>>: catalog::load::collections_of(&cx.read(), ids).await;
    /// A variant's option values.
    SelectedOf(Id<Variant>) => Vec<catalog::load::Selected>: catalog::load::selected(&cx.read(), ids).await;
    /// How a variant is taxed for whoever asks, in the channel's country.
    TaxOf(Id<Variant>) => taxes::load::OfVariant: taxes::load::of_variants(cx, Public, ids).await;
    /// A variant's price in the channel, of so many pieces.
    PriceOf((Id<Variant>, u32)) => pricing::load::Price: pricing::load::prices(cx, Public, ids).await;
    /// A variant's lowest price before its present one began.
    LowestBefore(Id<Variant>) => Money: pricing::load::lowest_before(cx, Public, ids).await;
    /// What of a variant can be promised in the channel.
    AvailableOf(Id<Variant>) => inventory::load::Promisable: inventory::load::available(cx, Public, ids).await;
    /// A category's children.
    ChildrenOf(Id<Category>) => Vec<category::Model>: catalog::load::children(cx, Public, ids).await;
    /// A variant, whether it is shown or not.
    AnyVariant(Id<Variant>) => variant::Model: catalog::load::any_variants(&cx.read(), ids).await;
    /// An order's lines.
    LinesOf(Id<Order>) => Vec<order_line::Model>: orders::load::lines(cx, ids).await;
    /// What an order waits for, or waited for.
    BackordersOf(Id<Order>) => Vec<backorder::Model>: inventory::load::backorders(&cx.read(), ids).await;
    /// Where an order stands.
    StatusOf(Id<Order>) => order_status::Model: orders::load::statuses(cx, ids).await;
    /// What of an order was cancelled.
    CancellationsOf(Id<Order>) => Vec<order_cancellation::Model>: orders::load::cancellations(cx, ids).await;
    /// Units of an order that were cancelled.
    CancelledOf(Id<Order>) => Vec<order_cancellation_line::Model>: orders::load::cancelled(cx, ids).await;
    /// An order's returns.
    ReturnsOf(Id<Order>) => Vec<orders::returns::load::Found>: orders::returns::load::of_orders(cx, ids).await;
    /// What happened to an order's returns.
    ReturnStepsOf(Id<Order>) => Vec<order_return_step::Model>: orders::returns::load::steps_of(cx, ids).await;
    /// An order's holds, released or not.
    HoldsOf(Id<Order>) => Vec<orders::load::Held>: orders::load::holds(cx, ids).await;
    /// An order's notes, whoever may read them.
    NotesOf(Id<Order>) => Vec<order_note::Model>: orders::load::notes(cx, ids).await;
    /// An order's tags.
    TagsOf(Id<Order>) => Vec<String>: orders::load::tags(cx, ids).await;
    /// Where an order came from, if it was imported.
    OriginOf(Id<Order>) => order_import::Model: orders::load::origins(cx, ids).await;
    /// Where an order is, and how it got there.
    WhereaboutsOf(Id<Order>) => orders::Whereabouts: orders::whereabouts(cx, ids).await;
    /// An order's shipments.
    ShipmentsOf(Id<Order>) => Vec<shipment::Model>: fulfilment::shipments::of_orders(cx, ids).await;
    /// What is in an order's shipments.
    ShippedOf(Id<Order>) => Vec<shipment_line::Model>: fulfilment::shipments::lines_of(cx, ids).await;
    /// Where an order's shipments are.
    ShipmentStatusesOf(Id<Order>) => Vec<shipment_status::Model>: fulfilment::shipments::statuses_of(cx, ids).await;
    /// What happened to an order's shipments.
    ShipmentStepsOf(Id<Order>) => Vec<shipment_step::Model>: fulfilment::shipments::steps_of(cx, ids).await;
    /// Where an order's lines ship from, and why.
    DecisionsOf(Id<Order>) => Vec<sourcing_decision::Model>: fulfilment::decisions_of(&cx.read(), ids).await;
    /// What lies in a zone.
    AreasOf(Id<Zone>) => Vec<Area>: fulfilment::zones::areas_of(&cx.read(), ids).await;
    /// The zones that a place serves.
    ZonesOf(Id<Location>) => Vec<location_zone::Model>: fulfilment::zones::served_by(&cx.read(), ids).await;
    /// An order's payments, the first first.
    PaymentsOf(Id<Order>) => Vec<payment::Model>: payments::load::payments(cx, Public, ids).await;
    /// What of an order was changed after its placement.
    EditsOf(Id<Order>) => Vec<order_edit::Model>: orders::load::edits(cx, ids).await;
    /// Where an order goes that shall go elsewhere than was said, the last one last.
    AddressesOf(Id<Order>) => Vec<order_address::Model>: orders::load::addresses(cx, ids).await;
    /// What of an order left for what came back.
    ExchangesOf(Id<Order>) => Vec<order_exchange::Model>: orders::load::exchanges(cx, ids).await;
    /// The lines of an order that came in later.
    EditLinesOf(Id<Order>) => Vec<order_edit_line::Model>: orders::load::edit_lines(cx, ids).await;
    /// What became of a transfer's goods.
    TransferLinesOf(Id<Transfer>) => Vec<transfer_line::Model>: inventory::load::transfer_lines(&cx.read(), ids).await;
    /// What was found in a count.
    CountLinesOf(Id<StockCount>) => Vec<stock_count_line::Model>: inventory::load::count_lines(&cx.read(), ids).await;
    /// What happened to a payment.
    EntriesOf(Id<Payment>) => Vec<payment_entry::Model>: payments::load::entries(cx, Public, ids).await;
}

/// A variant's stock levels, everywhere. Asked for only with the permission to see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelsOf(pub Id<Variant>);

/// What of a variant is one channel's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AllocationsOf(pub Id<Variant>);

impl Loader<AllocationsOf> for Load {
    type Value = Vec<(Id<Location>, Allocation)>;
    type Error = Shared;

    async fn load(&self, keys: &[AllocationsOf]) -> Result<HashMap<AllocationsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadStock>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = inventory::load::allocations(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, all)| (AllocationsOf(id), all)).collect())
    }
}

impl Loader<LevelsOf> for Load {
    type Value = Vec<stock_level::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[LevelsOf]) -> Result<HashMap<LevelsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadStock>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = inventory::load::levels(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, levels)| (LevelsOf(id), levels)).collect())
    }
}

/// How a variant is sold beyond its stock. Asked for only with the permission to see stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SellingOf(pub Id<Variant>);

impl Loader<SellingOf> for Load {
    type Value = variant_selling::Model;
    type Error = Shared;

    async fn load(&self, keys: &[SellingOf]) -> Result<HashMap<SellingOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadStock>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = inventory::load::selling(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, selling)| (SellingOf(id), selling)).collect())
    }
}

/// What a variant is called elsewhere. Asked for only with the permission to see stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExternalSkusOf(pub Id<Variant>);

impl Loader<ExternalSkusOf> for Load {
    type Value = Vec<external_sku::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[ExternalSkusOf]) -> Result<HashMap<ExternalSkusOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadStock>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = catalog::external_skus_of(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, names)| (ExternalSkusOf(id), names)).collect())
    }
}

/// How many wait for a variant. Asked for only with the permission to see stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AlertsOf(pub Id<Variant>);

impl Loader<AlertsOf> for Load {
    type Value = i64;
    type Error = Shared;

    async fn load(&self, keys: &[AlertsOf]) -> Result<HashMap<AlertsOf, i64>, Shared> {
        let may = self.cx.permit::<ReadStock>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let counted = inventory::alerts::list::n_waiting(&self.cx.read(), &may, &ids).await.map_err(Arc::new)?;
        Ok(counted.into_iter().map(|(id, n)| (AlertsOf(id), n)).collect())
    }
}

/// The groups that a customer is in. Asked for only with the permission to see customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupsOf(pub Id<Account>);

impl Loader<GroupsOf> for Load {
    type Value = Vec<Group>;
    type Error = Shared;

    async fn load(&self, keys: &[GroupsOf]) -> Result<HashMap<GroupsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadCustomers>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = groups::groups_of_customers(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, groups)| (GroupsOf(id), groups)).collect())
    }
}

/// The tax class of a product. Asked for only with the permission to see taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxClassOf(pub Id<Product>);

impl Loader<TaxClassOf> for Load {
    type Value = tax_class::Model;
    type Error = Shared;

    async fn load(&self, keys: &[TaxClassOf]) -> Result<HashMap<TaxClassOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadTaxes>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = taxes::load::classes_of(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, class)| (TaxClassOf(id), class)).collect())
    }
}

/// What a variant costs the shop. Asked for only with the permission to see costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CostsOf(pub Id<Variant>);

impl Loader<CostsOf> for Load {
    type Value = Vec<variant_cost::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[CostsOf]) -> Result<HashMap<CostsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadCosts>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = pricing::load::costs(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, costs)| (CostsOf(id), costs)).collect())
    }
}

/// For which companies a customer buys. Asked for only with the permission to see customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MembershipsOf(pub Id<Account>);

impl Loader<MembershipsOf> for Load {
    type Value = Vec<organisation_member::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[MembershipsOf]) -> Result<HashMap<MembershipsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadCustomers>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = organisations::load::memberships(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, all)| (MembershipsOf(id), all)).collect())
    }
}

/// The units of a company. Asked for only with the permission to see customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitsOf(pub Id<Organisation>);

impl Loader<UnitsOf> for Load {
    type Value = Vec<organisation_unit::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[UnitsOf]) -> Result<HashMap<UnitsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadCustomers>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = organisations::load::units_of(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, all)| (UnitsOf(id), all)).collect())
    }
}

/// Who buys by a price list. Asked for only with the permission to see price lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AssignmentsOf(pub Id<PriceList>);

impl Loader<AssignmentsOf> for Load {
    type Value = Vec<price_list_assignment::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[AssignmentsOf]) -> Result<HashMap<AssignmentsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ReadPrices>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = pricing::load::assignments(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, all)| (AssignmentsOf(id), all)).collect())
    }
}

/// How a delivery to a webhook went. Asked for only with the permission to set up webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttemptsOf(pub Id<WebhookDelivery>);

impl Loader<AttemptsOf> for Load {
    type Value = Vec<webhook_attempt::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[AttemptsOf]) -> Result<HashMap<AttemptsOf, Self::Value>, Shared> {
        let may = self.cx.permit::<ManageWebhooks>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = events::webhooks::attempts(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, attempts)| (AttemptsOf(id), attempts)).collect())
    }
}

/// What was made of a delivery to a webhook in the caller's name. Asked for only with the permission to set up webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BodyOf(pub Id<WebhookDelivery>);

impl Loader<BodyOf> for Load {
    type Value = String;
    type Error = Shared;

    async fn load(&self, keys: &[BodyOf]) -> Result<HashMap<BodyOf, String>, Shared> {
        let may = self.cx.permit::<ManageWebhooks>().map_err(|denied| Arc::new(Fault::new(denied)))?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = events::webhooks::bodies(&self.cx, &may, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, body)| (BodyOf(id), body)).collect())
    }
}

/// One record or relation of many, loaded together with those that others ask for.
pub async fn one<K>(ctx: &Context<'_>, key: K) -> async_graphql::Result<Option<<Load as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    Load: Loader<K, Error = Shared>,
{
    let loaded = ctx.loader().load_one(key).await;
    loaded.map_err(|fault| error::fault(ctx.cx().language(), ctx.cx().request_id(), &fault))
}

/// Many records at once, found by key.
pub async fn many<K>(ctx: &Context<'_>, keys: Vec<K>) -> async_graphql::Result<HashMap<K, <Load as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    Load: Loader<K, Error = Shared>,
{
    let loaded = ctx.loader().load_many(keys).await;
    loaded.map_err(|fault| error::fault(ctx.cx().language(), ctx.cx().request_id(), &fault))
}

/// A coupon. Asked for only with the permission to see promotions, or to issue and revoke coupons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CouponOf(pub Id<Coupon>);

impl Loader<CouponOf> for Load {
    type Value = coupon::Model;
    type Error = Shared;

    async fn load(&self, keys: &[CouponOf]) -> Result<HashMap<CouponOf, Self::Value>, Shared> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let loaded = promotions::load::coupons(&self.cx, Public, &ids).await.map_err(Arc::new)?;
        Ok(loaded.into_iter().map(|(id, row)| (CouponOf(id), row)).collect())
    }
}
