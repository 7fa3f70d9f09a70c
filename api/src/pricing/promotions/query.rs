//! Queries of promotions and coupons.

use app::{
    cx::{Cx, Permit},
    pricing::promotions::load,
};
use async_graphql::{Context, ID, Object, OneofObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadPromotions},
    pricing::promotions::code::CouponCode,
};

use super::{coupon::Coupon, promotion::Promotion};
use crate::{
    graphql::{
        code::ErrorCode,
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error, input,
        language::Reading,
        loader,
    },
    pricing::failed,
};

/// How a promotion is named.
#[derive(OneofObject, Clone, Debug)]
pub enum PromotionBy {
    /// By its id.
    Id(ID),
    /// By its code.
    Code(String),
}

/// Queries of promotions and coupons.
#[derive(Clone, Copy, Debug, Default)]
pub struct PromotionQuery;

/// What is taken off for whom.
#[Object]
impl PromotionQuery {
    /// A promotion; none if there is none.
    #[graphql(
        directive = requires::apply(ReadPromotions::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_promotions"
    )]
    async fn promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: PromotionBy,
    ) -> async_graphql::Result<Option<Promotion>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let found = match by {
            PromotionBy::Id(id) => {
                let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
                loader::one(ctx, input::id::<id::Promotion>(&id).map_err(wrong)?).await?
            }
            PromotionBy::Code(code) => {
                load::promotion_by_code(cx, &may, &code).await.map_err(|fault| failed(ctx, &fault))?
            }
        };
        Ok(found.map(Promotion))
    }

    /// The promotions, by code.
    #[graphql(
        directive = requires::apply(ReadPromotions::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_promotions"
    )]
    async fn promotions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Promotion>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, load::PROMOTIONS_SORTED_BY)?;
        let listed = load::page_of_promotions(cx, &may, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Promotion>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Promotion>::new(row.id)).map(Promotion)))
    }

    /// The coupon of a code, also of one that was issued with others; none if there is none.
    #[graphql(
        directive = requires::apply(ReadPromotions::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_promotions"
    )]
    async fn coupon(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written on it.")] code: String,
    ) -> async_graphql::Result<Option<Coupon>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let Ok(code) = CouponCode::parse(&code) else { return Ok(None) };
        let found = load::coupon_by_code(cx, &may, code.as_str()).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(found.map(Coupon))
    }
}

fn reads(cx: &Cx) -> async_graphql::Result<Permit<ReadPromotions>> {
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}
