//! Records by their id alone.

use async_graphql::{Context, ID, Interface, Object};
use domain::{
    id::{self, Id, Kind},
    identity::permission::proof::{ReadCredit, ReadCustomers, ReadPrices, ReadPromotions, ReadStock},
};

use super::{
    code::ErrorCode,
    error,
    language::Reading,
    loader::{self, CouponOf},
};
use crate::{
    cart::cart::Cart,
    catalog::{category::Category, collection::Collection, product::Product, variant::ProductVariant},
    identity::group::CustomerGroup,
    inventory::location::Location,
    orders::order::Order,
    organisations::organisation::Organisation,
    payments::{
        gift_card::GiftCard,
        query::{gift_card, store_credit},
        store_credit::StoreCredit,
    },
    pricing::{
        list::PriceList,
        promotions::{coupon::Coupon, promotion::Promotion},
    },
};

/// A record with an id of its own.
#[derive(Interface, Clone, Debug)]
#[graphql(field(name = "id", ty = "ID", desc = "Bears the type of the record, such as `product_01h…`."))]
pub enum Node {
    /// A product.
    Product(Product),
    /// A variant.
    ProductVariant(ProductVariant),
    /// A category.
    Category(Category),
    /// A collection.
    Collection(Collection),
    /// A cart.
    Cart(Cart),
    /// An order.
    Order(Box<Order>),
    /// A place that holds stock.
    Location(Location),
    /// Customers who are treated alike.
    CustomerGroup(CustomerGroup),
    /// A card that is good for money.
    GiftCard(GiftCard),
    /// What the shop owes a customer in a currency.
    StoreCredit(StoreCredit),
    /// A company that buys.
    Organisation(Organisation),
    /// Prices in one currency.
    PriceList(PriceList),
    /// Something off, for some, at some time.
    Promotion(Promotion),
    /// A coupon, or many that were issued together.
    Coupon(Coupon),
}

/// Records by their id alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeQuery;

/// Records by their id alone.
#[Object]
impl NodeQuery {
    /// A record by its id; none if there is none, or it is not yours to see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id, of any type.")] id: ID,
    ) -> async_graphql::Result<Option<Node>> {
        let wrong = || error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]);
        let (prefix, uuid) = id::any(&id).map_err(|_| wrong())?;
        match prefix.as_str() {
            id::Product::PREFIX => {
                let found = loader::one(ctx, Id::<id::Product>::new(uuid)).await?;
                Ok(found.map(|row| Node::Product(Product(row))))
            }
            id::Variant::PREFIX => {
                let found = loader::one(ctx, Id::<id::Variant>::new(uuid)).await?;
                Ok(found.map(|row| Node::ProductVariant(ProductVariant(row))))
            }
            id::Category::PREFIX => {
                let found = loader::one(ctx, Id::<id::Category>::new(uuid)).await?;
                Ok(found.map(|row| Node::Category(Category(row))))
            }
            id::Collection::PREFIX => {
                let found = loader::one(ctx, Id::<id::Collection>::new(uuid)).await?;
                Ok(found.map(|row| Node::Collection(Collection(row))))
            }
            id::Cart::PREFIX => Ok(crate::cart::query::show(ctx, Id::new(uuid)).await?.map(Node::Cart)),
            id::Order::PREFIX => {
                let found = app::orders::visible(ctx.cx(), Id::new(uuid)).await;
                let found = found.map_err(|fault| error::fault(ctx.cx().language(), ctx.cx().request_id(), &fault))?;
                Ok(found.map(|row| Node::Order(Box::new(Order(row)))))
            }
            id::Location::PREFIX => {
                let may = ctx.cx().permit::<ReadStock>().is_ok();
                let found = if may { loader::one(ctx, Id::<id::Location>::new(uuid)).await? } else { None };
                Ok(found.map(|row| Node::Location(Location(row))))
            }
            id::CustomerGroup::PREFIX => {
                let may = ctx.cx().permit::<ReadCustomers>().is_ok();
                let found = if may { loader::one(ctx, Id::<id::CustomerGroup>::new(uuid)).await? } else { None };
                Ok(found.map(|group| Node::CustomerGroup(CustomerGroup(group))))
            }
            id::GiftCard::PREFIX => {
                let may = ctx.cx().permit::<ReadCredit>().is_ok();
                let found = if may { gift_card(ctx, Id::new(uuid)).await? } else { None };
                Ok(found.map(Node::GiftCard))
            }
            id::StoreCredit::PREFIX => Ok(store_credit(ctx, Id::new(uuid)).await?.map(Node::StoreCredit)),
            id::Organisation::PREFIX => {
                let may = ctx.cx().permit::<ReadCustomers>().is_ok();
                let found = if may { loader::one(ctx, Id::<id::Organisation>::new(uuid)).await? } else { None };
                Ok(found.map(|row| Node::Organisation(Organisation(row))))
            }
            id::PriceList::PREFIX => {
                let may = ctx.cx().permit::<ReadPrices>().is_ok();
                let found = if may { loader::one(ctx, Id::<id::PriceList>::new(uuid)).await? } else { None };
                Ok(found.map(|row| Node::PriceList(PriceList(row))))
            }
            id::Promotion::PREFIX => {
                let may = ctx.cx().permit::<ReadPromotions>().is_ok();
                let found = if may { loader::one(ctx, Id::<id::Promotion>::new(uuid)).await? } else { None };
                Ok(found.map(|row| Node::Promotion(Promotion(row))))
            }
            id::Coupon::PREFIX => {
                let may = ctx.cx().permit::<ReadPromotions>().is_ok();
                let found = if may { loader::one(ctx, CouponOf(Id::new(uuid))).await? } else { None };
                Ok(found.map(|row| Node::Coupon(Coupon(row))))
            }
            _ => Err(wrong()),
        }
    }
}
