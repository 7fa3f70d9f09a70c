//! Typed identifiers: `Id<Product>` and `Id<Order>` cannot be mixed up.
//!
//! Inside they are UUIDs of version 7; outside they are [TypeIDs](https://github.com/jetify-com/typeid)
//! that bear their type, such as `product_01h455vb4pex5vsknk084sn02q`.

use std::{cmp, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

/// What an id can name.
pub trait Kind {
    /// The prefix of ids of this kind outside, such as `product`.
    const PREFIX: &'static str;
}

/// An identifier of a record of kind `K`.
pub struct Id<K> {
    uuid: Uuid,
    of: PhantomData<fn() -> K>,
}

/// The text is not an id of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the expected kind")]
pub struct NotAnId;

impl<K> Id<K> {
    /// The id with this value.
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }

    /// The value without its type.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

/// Reads the prefix of an id, and its value, whatever its kind: for `node(id:)`.
pub fn any(text: &str) -> Result<(String, Uuid), NotAnId> {
    let id = TypeSafeId::<DynamicType>::from_str(text).map_err(|_| NotAnId)?;
    Ok((id.type_prefix().to_owned(), id.uuid()))
}

/// The text of an id of a kind that is known by its prefix only.
pub fn display(prefix: &str, uuid: Uuid) -> String {
    DynamicType::new(prefix).map(|prefix| TypeSafeId::from_type_and_uuid(prefix, uuid).to_string()).unwrap_or_default()
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = DynamicType::new(K::PREFIX).map_err(|_| fmt::Error)?;
        TypeSafeId::from_type_and_uuid(prefix, self.uuid).fmt(f)
    }
}

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (prefix, uuid) = any(text)?;
        if prefix == K::PREFIX { Ok(Self::new(uuid)) } else { Err(NotAnId) }
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

/// Declares the kinds: a marker type and the prefix of its ids.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $prefix:literal;)*) => {
        $($(#[$doc])* #[derive(Clone, Copy, Debug)] pub enum $kind {}
        impl Kind for $kind { const PREFIX: &'static str = $prefix; })*

        /// Every prefix, for the test that no two kinds share one.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

kinds! {
    /// A merchant with a shop of their own.
    Tenant = "tenant";
    /// A way to sell: web shop, app, point of sale.
    Channel = "channel";
    /// A person who signs in.
    Account = "account";
    /// A set of permissions.
    Role = "role";
    /// One sign-in, kept alive by refresh tokens.
    Session = "session";
    /// A kind of product with its attributes.
    ProductType = "producttype";
    /// An attribute of products.
    Attribute = "attribute";
    /// A class of things that are taxed alike.
    TaxClass = "taxclass";
    /// How things of a class are taxed somewhere from an instant on.
    TaxRule = "taxrule";
    /// That somebody is relieved of tax.
    TaxExemption = "taxexemption";
    /// A product.
    Product = "product";
    /// What is bought: one combination of a product's options.
    Variant = "variant";
    /// A dimension along which variants differ.
    ProductOption = "option";
    /// What others call a variant.
    ExternalSku = "externalsku";
    /// One value of an option.
    OptionValue = "optionvalue";
    /// A node of the category tree.
    Category = "category";
    /// Products shown together.
    Collection = "collection";
    /// Prices in one currency.
    PriceList = "pricelist";
    /// That somebody buys by a price list.
    PriceListAssignment = "assignment";
    /// A discount that applies by itself.
    Promotion = "promotion";
    /// A coupon, or many that were made together.
    Coupon = "coupon";
    /// A place that holds stock.
    Location = "location";
    /// What a place holds of a variant.
    StockLevel = "stocklevel";
    /// One change of stock.
    Movement = "movement";
    /// Goods that go from one place to another.
    Transfer = "transfer";
    /// A count of what a place holds.
    StockCount = "stockcount";
    /// That somebody wants to hear when a variant can be had again.
    StockAlert = "stockalert";
    /// Stock held for an order.
    Reservation = "reservation";
    /// Goods that a supplier is to deliver.
    InboundSupply = "supply";
    /// Units that an order waits for.
    Backorder = "backorder";
    /// A cart.
    Cart = "cart";
    /// A line of a cart.
    CartLine = "cartline";
    /// Stock held for a cart.
    CartHold = "carthold";
    /// A cart that staff make for a customer.
    DraftOrder = "draft";
    /// A place in the queue of those who want to order.
    Ticket = "ticket";
    /// An order.
    Order = "order";
    /// A line of an order.
    OrderLine = "orderline";
    /// One move of an order's state.
    Transition = "transition";
    /// Why an order must not go on.
    OrderHold = "hold";
    /// What of an order was cancelled together.
    OrderCancellation = "cancellation";
    /// What staff changed of an order together.
    OrderEdit = "edit";
    /// Goods of an order that a customer sends back.
    Return = "return";
    /// What was remarked about an order.
    OrderNote = "note";
    /// An amount to be paid and what became of it.
    Payment = "payment";
    /// One thing that happened to a payment.
    PaymentEntry = "paymententry";
    /// A card that is good for money.
    GiftCard = "giftcard";
    /// What the shop owes a customer in a currency.
    StoreCredit = "storecredit";
    /// A gift card, or store credit.
    Credit = "credit";
    /// What came onto a gift card, or became store credit, together.
    CreditLot = "creditlot";
    /// One change of what is on a gift card, or of store credit.
    CreditEntry = "creditentry";
    /// A message from a payment gateway.
    Notice = "notice";
    /// A part of the world: what is delivered to at the same price, or served by the same places.
    Zone = "zone";
    /// That a line of an order ships from a place.
    SourcingDecision = "sourcing";
    /// A way of delivery.
    DeliveryMethod = "delivery";
    /// Goods that left together.
    Shipment = "shipment";
    /// Something that happened.
    Event = "event";
    /// An address that is told of events.
    Webhook = "webhook";
    /// An event that a webhook is told of.
    WebhookDelivery = "webhookdelivery";
    /// One attempt at a delivery.
    WebhookAttempt = "webhookattempt";
    /// Who did what.
    AuditEntry = "audit";
    /// Customers who are treated alike.
    CustomerGroup = "customergroup";
    /// A company that buys.
    Organisation = "organisation";
    /// A part of a company that buys.
    OrganisationUnit = "organisationunit";
    /// A charge at the simulated card gateway.
    SimulatedCharge = "simcharge";
    /// A webhook of the simulated card gateway.
    SimulatedNotice = "simnotice";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let id = Id::<Product>::new(Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881));
        assert_eq!(id.to_string(), "product_01h2xcejqtf2nbrexx3vqjhp41");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let id = Id::<Product>::new(Uuid::from_u128(7)).to_string();
        assert_eq!(id.parse::<Id<Variant>>(), Err(NotAnId));
        for text in ["", "product_", "product_01h455vb4pex5vsknk084sn02", "product_81h455vb4pex5vsknk084sn02q", "7"] {
            assert_eq!(text.parse::<Id<Product>>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn no_two_kinds_share_a_prefix() {
        assert_eq!(PREFIXES.iter().collect::<HashSet<_>>().len(), PREFIXES.len());
    }
}
