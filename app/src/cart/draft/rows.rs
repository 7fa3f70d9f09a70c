//! The statements of drafts.

use domain::{
    cart::draft::DraftState,
    id::{Cart, CartLine, DraftOrder, Id},
    time::Instant,
};
use entity::cart::{cart, cart_line, draft_order};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use store::{Backend, Fault, Read, Tx};

use super::DraftError;
use crate::digest::digest;

/// A draft by its id.
pub(super) async fn find(read: &Read, id: Id<DraftOrder>) -> Result<Option<draft_order::Model>, Fault> {
    read.find::<draft_order::Entity>().by(id).one().await
}

/// The cart of a draft.
pub(super) async fn cart(read: &Read, draft: &draft_order::Model) -> Result<cart::Model, Fault> {
    let cart = read.find::<cart::Entity>().by(draft.cart_id).one().await?;
    cart.ok_or_else(|| Fault::new("a draft without a cart"))
}

/// Locks an open draft for a change, and counts the change: of two at once, one waits.
pub(super) async fn touch(
    tx: &Tx,
    id: Id<DraftOrder>,
    expected_version: Option<i64>,
) -> Result<(draft_order::Model, cart::Model), DraftError> {
    let draft = find(tx, id).await?.ok_or(DraftError::NotFound)?;
    let mut update = tx
        .update::<cart::Entity>()
        .by(draft.cart_id)
        .filter(cart::Column::State.eq(DraftState::Open.of_cart()))
        .set(cart::Column::Version, Expr::col(cart::Column::Version).add(1_i64))
        .set(cart::Column::UpdatedAt, Expr::val(tx.now()));
    if let Some(version) = expected_version {
        update = update.filter(cart::Column::Version.eq(version));
    }
    let changed = update.run().await?;
    let cart = cart(tx, &draft).await?;
    if cart.state != DraftState::Open.of_cart() {
        return Err(DraftError::NotOpen);
    }
    if changed == 0 {
        return Err(DraftError::Stale);
    }
    // What else of it is there now was written by who was first.
    Ok((find(tx, id).await?.ok_or(DraftError::NotFound)?, cart))
}

/// Takes an open draft for an order: until the transaction ends nobody else changes it.
pub(crate) async fn claim(
    tx: &Tx,
    draft: &draft_order::Model,
    expected_version: Option<i64>,
) -> Result<cart::Model, DraftError> {
    let mut locked = tx.find::<cart::Entity>().by(draft.cart_id);
    if tx.backend() == Backend::Postgres {
        locked = locked.lock(LockType::Update);
    }
    let cart = locked.one().await?.ok_or_else(|| Fault::new("a draft without a cart"))?;
    if cart.state != DraftState::Open.of_cart() {
        return Err(DraftError::NotOpen);
    }
    if expected_version.is_some_and(|version| version != cart.version) {
        return Err(DraftError::Stale);
    }
    Ok(cart)
}

/// A draft by its id, which there must be.
pub(crate) async fn by_id(read: &Read, id: Id<DraftOrder>) -> Result<draft_order::Model, DraftError> {
    find(read, id).await?.ok_or(DraftError::NotFound)
}

/// The draft that was sent with a token, which there must be.
pub(crate) async fn by_token(read: &Read, token: &str) -> Result<draft_order::Model, DraftError> {
    find_by_token(read, token).await?.ok_or(DraftError::WrongToken)
}

/// The draft that was sent with a token. It is looked for by its digest, which tells nothing of how near another is.
pub(super) async fn find_by_token(read: &Read, token: &str) -> Result<Option<draft_order::Model>, Fault> {
    read.find::<draft_order::Entity>().filter(draft_order::Column::TokenHash.eq(digest(token))).one().await
}

/// What is remarked about a draft, and who made it.
pub(crate) async fn note_of(read: &Read, id: Id<DraftOrder>) -> Result<Option<(String, String)>, Fault> {
    Ok(find(read, id).await?.and_then(|draft| Some((draft.note?, draft.actor))))
}

/// Takes back an open draft that somebody locked: what was agreed on for its lines, and the token with which it was sent.
pub(super) async fn take_back(tx: &Tx, cart: Id<Cart>) -> Result<(), Fault> {
    let lines = tx.update::<cart_line::Entity>().by(cart).set(cart_line::Column::AgreedMinor, Expr::val(None::<i64>));
    lines.set(cart_line::Column::AgreedReason, Expr::val(None::<String>)).run().await?;
    let draft = tx.update::<draft_order::Entity>().filter(draft_order::Column::CartId.eq(cart));
    let draft = draft.set(draft_order::Column::TokenHash, Expr::val(None::<String>));
    draft.set(draft_order::Column::SentAt, Expr::val(None::<Instant>)).run().await.map(drop)
}

/// Ends an open draft that somebody locked.
pub(super) async fn discard(tx: &Tx, cart: Id<Cart>) -> Result<(), Fault> {
    let update = tx.update::<cart::Entity>().by(cart);
    update.set(cart::Column::State, DraftState::Deleted.of_cart()).run().await.map(drop)
}

/// Sets the price that was agreed on for a line, or none. Says the line as it was; none if the cart has no such line.
pub(super) async fn set_price(
    tx: &Tx,
    cart: Id<Cart>,
    line: Id<CartLine>,
    price: Option<(i64, String)>,
) -> Result<Option<cart_line::Model>, Fault> {
    let Some(was) = tx.find::<cart_line::Entity>().by(cart).by(line).one().await? else { return Ok(None) };
    let (minor, reason) = price.unzip();
    let update = tx.update::<cart_line::Entity>().by(cart).by(line);
    update
        .set(cart_line::Column::AgreedMinor, Expr::val(minor))
        .set(cart_line::Column::AgreedReason, Expr::val(reason))
        .run()
        .await?;
    Ok(Some(was))
}
