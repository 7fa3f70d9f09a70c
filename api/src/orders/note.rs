//! Notes and tags of orders.

use app::{cx::Cx, orders};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{Id, Order},
    identity::permission::{
        Proves,
        proof::{ManageOrders, ReadOrders},
    },
    invalid::{Check, Invalid},
};
use entity::orders::order_note;
use store::Once;

use super::mutation::{OrderPayload, payload};
use crate::graphql::{
    directive::{emits, requires},
    error, input,
    language::Reading,
    payload::outcome,
    scalar::DateTime,
};

/// A remark about an order. Notes are never changed or removed.
#[derive(Clone, Debug)]
pub struct OrderNote(pub order_note::Model);

/// A remark about an order. Notes are never changed or removed.
#[Object]
impl OrderNote {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What was remarked.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Whether the customer reads it.
    async fn is_visible_to_customer(&self) -> bool {
        self.0.is_visible_to_customer
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who remarked it: an account's id.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn actor(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<&str>> {
        let cx: &Cx = ctx.cx();
        match cx.permit::<ReadOrders>() {
            Ok(_) => Some(Ok(&self.0.actor)),
            Err(denied) => Some(Err(error::denied(cx.language(), denied))),
        }
    }
}

/// A note to add to an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderNoteAddInput {
    /// The order.
    pub order: ID,
    /// What is remarked, at most 2000 characters.
    pub text: String,
    /// Whether the customer reads it.
    #[graphql(default)]
    pub is_visible_to_customer: bool,
    /// Any text of yours: the same key with the same input adds the note once.
    pub idempotency_key: Option<String>,
}

/// Tags to add to an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderTagsAddInput {
    /// The order.
    pub order: ID,
    /// The tags: one to 20 of at most 40 characters each.
    pub tags: Vec<String>,
    /// Any text of yours: the same key with the same input adds them once.
    pub idempotency_key: Option<String>,
}

/// Tags to take off an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderTagsRemoveInput {
    /// The order.
    pub order: ID,
    /// The tags: one to 20. What the order does not bear is let pass.
    pub tags: Vec<String>,
    /// Any text of yours: the same key with the same input takes them off once.
    pub idempotency_key: Option<String>,
}

impl OrderNoteAddInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<orders::AddNote, Invalid> {
        let mut check = Check::default();
        let order = check.field("order", input::id(&self.order));
        let once = input::once(&mut check, "orderNoteAdd", self.idempotency_key.as_deref(), &self);
        let order = check.done(order)?;
        let Self { text, is_visible_to_customer, .. } = self;
        Ok(orders::AddNote { order, text, is_visible_to_customer, once })
    }
}

impl OrderTagsAddInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<orders::Tags, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "orderTagsAdd", self.idempotency_key.as_deref(), &self);
        tags(check, &self.order, self.tags, once)
    }
}

impl OrderTagsRemoveInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<orders::Tags, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "orderTagsRemove", self.idempotency_key.as_deref(), &self);
        tags(check, &self.order, self.tags, once)
    }
}

fn tags(mut check: Check, order: &ID, tags: Vec<String>, once: Option<Once>) -> Result<orders::Tags, Invalid> {
    let order: Option<Id<Order>> = check.field("order", input::id(order));
    let order = check.done(order)?;
    Ok(orders::Tags { order, tags, once })
}

/// Mutations of notes and tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct NotesMutation;

/// What staff write on orders.
#[Object]
impl NotesMutation {
    /// Adds a note to an order, whatever its state. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.note_added".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_note_add(&self, ctx: &Context<'_>, input: OrderNoteAddInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::add_note(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Adds tags to an order, which bears at most 20. Refuses with `TOO_LONG` at `tags` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.tags_changed".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_tags_add(&self, ctx: &Context<'_>, input: OrderTagsAddInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::add_tags(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Takes tags off an order. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.tags_changed".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_tags_remove(
        &self,
        ctx: &Context<'_>,
        input: OrderTagsRemoveInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::remove_tags(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}
