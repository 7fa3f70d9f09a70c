//! Gift cards, for who manages them.

use app::payments::credit::Held;
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::id::{self, Id};

use super::{
    failed,
    ledger::{self, CreditEntry},
};
use crate::{
    graphql::{
        connection::{Connection, Paging},
        language::Reading,
        loader,
        money::Money,
        scalar::DateTime,
    },
    identity::customer::Customer,
};

/// A card that is good for money: whoever knows its code can pay with it.
#[derive(Clone, Debug)]
pub struct GiftCard(pub Held);

/// A card that is good for money: whoever knows its code can pay with it.
#[Object]
impl GiftCard {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(Id::<id::GiftCard>::new(self.0.row.id.uuid()).to_string())
    }

    /// The last four characters of its code. The whole is told once, to whoever issues it.
    async fn last_characters(&self) -> &str {
        self.0.row.code_end.as_deref().unwrap_or_default()
    }

    /// What can be spent of it now.
    async fn balance(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        self.0.balance(ctx.cx().now()).map(Money).map_err(|fault| failed(ctx, &fault))
    }

    /// When the next part of the balance expires; none if none does. What was put on it later may expire later.
    async fn expires_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        self.0.next_expiry(ctx.cx().now()).map(DateTime)
    }

    /// Whether it is blocked: nothing can be paid with it until it is unblocked.
    async fn is_blocked(&self) -> bool {
        self.0.row.is_blocked
    }

    /// For whom it is, if that was said. That binds nobody.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Customer>> {
        match self.0.row.customer_id {
            Some(customer) => Ok(loader::one(ctx, customer).await?.map(Customer)),
            None => Ok(None),
        }
    }

    /// What staff noted about it.
    async fn note(&self) -> Option<&str> {
        self.0.row.note.as_deref()
    }

    /// What moved its balance, the latest first.
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<CreditEntry>> {
        ledger::entries(ctx, &self.0, page).await
    }

    /// Counts its changes, but for those of its balance; 1 when it is new. See `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.row.version
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.row.created_at)
    }
}

/// A gift card that was issued, with its code.
#[derive(SimpleObject, Clone, Debug)]
pub struct IssuedGiftCard {
    /// The gift card.
    pub gift_card: GiftCard,
    /// What is to be written on it. It is stored nowhere: keep it, or ask with the same idempotency key again.
    pub code: String,
}
