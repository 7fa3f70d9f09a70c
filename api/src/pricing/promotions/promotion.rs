//! Promotions, for who manages them.

use app::pricing::promotions::{self, load};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadPromotions},
    money::{self, Currency},
};
use entity::pricing::promotion;

use super::{
    coupon::Coupon,
    rule::{Amounts, PromotionRule},
};
use crate::{
    graphql::{
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error,
        language::{self, Reading},
        loader::{self, CouponOf},
        money::Money,
        scalar::DateTime,
    },
    pricing::failed,
};

/// Something off, for some, at some time.
#[derive(Clone, Debug)]
pub struct Promotion(pub promotion::Model);

/// How often a promotion applies, and how often it did.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionUsage {
    /// Of how many orders at most; none: of any number.
    pub orders_max: Option<i64>,
    /// Of how many orders of one customer at most; then guests have nothing of it.
    pub orders_max_per_customer: Option<i64>,
    /// Of how many orders of one company at most; who buys for none is not counted.
    pub orders_max_per_organisation: Option<i64>,
    /// What it may take off at most.
    pub budget: Option<Money>,
    /// Orders of which it took something off and that were not cancelled; counted only if there is a limit.
    pub orders: i64,
    /// What it took off them; counted only if there is a limit. None, if it names no amount.
    pub spent: Option<Money>,
}

impl Promotion {
    fn currency(&self) -> Option<Currency> {
        self.0.currency.as_deref().and_then(Currency::parse)
    }
}

/// Something off, for some, at some time.
#[Object]
impl Promotion {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language: what shoppers see.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// The currency of its amounts, ISO 4217; none: it names none, and applies in any.
    async fn currency_code(&self) -> Option<&str> {
        self.0.currency.as_deref()
    }

    /// The codes of the channels where it applies; none: everywhere.
    async fn channels(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        let ids = promotions::channels(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let found = loader::many(ctx, ids.clone()).await?;
        Ok(ids.iter().filter_map(|id| found.get(id)).map(|channel| channel.code.clone()).collect())
    }

    /// Its rule.
    async fn rule(&self, ctx: &Context<'_>) -> async_graphql::Result<PromotionRule> {
        let rule = promotions::rule(&self.0).map_err(|fault| failed(ctx, &fault))?;
        Ok(PromotionRule::of(&rule, Amounts(self.currency())))
    }

    /// From when it runs; none: it always has.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(DateTime)
    }

    /// Until when; none: it never ends.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// How often it applies, and how often it did.
    async fn usage(&self) -> PromotionUsage {
        let money = |minor| self.currency().map(|currency| Money(money::Money::new(minor, currency)));
        PromotionUsage {
            orders_max: self.0.orders_max,
            orders_max_per_customer: self.0.orders_max_of_customer,
            orders_max_per_organisation: self.0.orders_max_of_organisation,
            budget: self.0.budget_minor.and_then(money),
            orders: self.0.orders,
            spent: money(self.0.spent_minor),
        }
    }

    /// Its coupons, by code.
    #[graphql(
        directive = requires::apply(ReadPromotions::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_promotions"
    )]
    async fn coupons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Coupon>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadPromotions>().map_err(|denied| error::denied(cx.language(), denied))?;
        let slice = page.slice(cx, load::COUPONS_SORTED_BY)?;
        let listed = load::page_of_coupons(cx, &may, self.0.id, (slice, wants_total(ctx))).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| CouponOf(Id::<id::Coupon>::new(row.id))).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&CouponOf(Id::new(row.id))).map(Coupon)))
    }

    /// Counts its changes; 1 when it is new. See `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
