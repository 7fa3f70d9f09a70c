//! Coupons, for who manages them.

use app::pricing::promotions::load;
use async_graphql::{Context, ID, Object};
use entity::pricing::coupon;

use super::promotion::Promotion;
use crate::{
    graphql::{loader, scalar::DateTime},
    pricing::failed,
};

/// A coupon, or many that were issued together.
#[derive(Clone, Debug)]
pub struct Coupon(pub coupon::Model);

/// A coupon, or many that were issued together.
#[Object]
impl Coupon {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it is for.
    async fn promotion(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Promotion>> {
        Ok(loader::one(ctx, self.0.promotion_id).await?.map(Promotion))
    }

    /// What is written on it; of many, what each of their codes begins with.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// How many were issued together; none: one, with that very code.
    async fn count(&self) -> Option<i64> {
        self.0.count
    }

    /// The codes of those that were issued together, always in the same order; of one its code.
    async fn codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to leave out.", default)] offset: i64,
        #[graphql(desc = "How many, 10,000 at most.", default = 100)] first: i64,
    ) -> async_graphql::Result<Vec<String>> {
        load::codes(&self.0, (offset, first)).map_err(|fault| failed(ctx, &fault))
    }

    /// Of how many orders each may be; none: of any number.
    async fn orders_max(&self) -> Option<i64> {
        self.0.orders_max
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// From when on it is worth nothing; none if that is not so.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}
