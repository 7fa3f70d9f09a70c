//! Queries of gift cards and of store credit.

use app::payments::credit::{
    Held,
    load::{self, Which},
};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Credit, Id},
    identity::permission::{Proves, proof::ReadCredit},
    payments::credit::code::GiftCardCode,
};

use super::{failed, gift_card::GiftCard, store_credit::StoreCredit};
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    loader,
};

/// Which gift cards are wanted. What is not said does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub struct GiftCardFilter {
    /// Those for a customer.
    pub customer: Option<ID>,
    /// Those that are blocked, or those that are not.
    pub is_blocked: Option<bool>,
    /// The one with this code.
    pub code: Option<String>,
    /// Those whose codes end so: the last four characters.
    pub last_characters: Option<String>,
}

/// Queries of gift cards and of store credit.
#[derive(Clone, Copy, Debug, Default)]
pub struct GiftCardQuery;

/// What the shop owes.
#[Object]
impl GiftCardQuery {
    /// A gift card by its id; none if there is none.
    #[graphql(
        directive = requires::apply(ReadCredit::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_credit"
    )]
    async fn gift_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> async_graphql::Result<Option<GiftCard>> {
        let cx = ctx.cx();
        cx.permit::<ReadCredit>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
        gift_card(ctx, input::id(&id).map_err(wrong)?).await
    }

    /// The store credit of a customer, one of each currency.
    #[graphql(
        directive = requires::apply(ReadCredit::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_credit"
    )]
    async fn store_credit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] customer: ID,
    ) -> async_graphql::Result<Vec<StoreCredit>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadCredit>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
        let held = load::of_customer(cx, &may, input::id(&customer).map_err(wrong)?).await;
        let held = held.map_err(|fault| failed(ctx, &fault))?;
        Ok(held.into_iter().map(StoreCredit).collect())
    }

    /// Gift cards, the latest first.
    #[graphql(
        directive = requires::apply(ReadCredit::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_credit"
    )]
    async fn gift_cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which gift cards.", default)] filter: GiftCardFilter,
    ) -> async_graphql::Result<Connection<GiftCard>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadCredit>().map_err(|denied| error::denied(cx.language(), denied))?;
        let slice = page.slice(cx, load::GIFT_CARDS_SORTED_BY)?;
        let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
        // What cannot be a code is on no card.
        let code = |text: String| GiftCardCode::parse(&text).map_or(text, |code| code.as_str().to_owned());
        let which = Which {
            customer: filter.customer.map(|id| input::id(&id).map_err(wrong)).transpose()?,
            is_blocked: filter.is_blocked,
            code: filter.code.map(code),
            code_end: filter.last_characters,
        };
        let listed = load::gift_cards(cx, &may, &which, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<Credit>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<Credit>::new(row.id)).map(GiftCard)))
    }
}

/// A gift card by its id, for who may see it.
pub async fn gift_card(ctx: &Context<'_>, id: Id<id::GiftCard>) -> async_graphql::Result<Option<GiftCard>> {
    let found = loader::one(ctx, Id::<Credit>::new(id.uuid())).await?;
    Ok(found.filter(|held| held.row.code_hash.is_some()).map(GiftCard))
}

/// Store credit by its id: whose it is may see it, and who may see everybody's.
pub async fn store_credit(ctx: &Context<'_>, id: Id<id::StoreCredit>) -> async_graphql::Result<Option<StoreCredit>> {
    let cx = ctx.cx();
    let found = loader::one(ctx, Id::<Credit>::new(id.uuid())).await?;
    let customer = cx.customer().ok().map(|customer| customer.account);
    let is_theirs = |held: &Held| customer.is_some() && held.row.customer_id == customer;
    let may = cx.permit::<ReadCredit>().is_ok();
    let found = found.filter(|held| held.row.code_hash.is_none() && (may || is_theirs(held)));
    Ok(found.map(StoreCredit))
}
