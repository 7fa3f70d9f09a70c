//! The statements of carts.

use std::collections::HashMap;

use domain::{
    cart::draft::DraftState,
    id::{Account, Cart, CartLine, Id, Order, Variant},
};
use entity::{
    cart::{cart, cart_line},
    identity::account,
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{CaseStatement, Expr, LockType},
};
use store::{Backend, Fault, Read, Tx};

use super::CartError;
use crate::{
    cx::Shopper,
    list::grouped,
    organisations::{self, Party},
};

/// The most lines of a cart.
pub(crate) const MAX_LINES: usize = 200;

/// What a cart of staff is that did not become an order. It is no shopper's.
const OF_STAFF: [&str; 2] = [DraftState::Open.of_cart(), DraftState::Deleted.of_cart()];

/// A guest's cart is anybody's who knows its id; a customer's is theirs alone.
fn theirs(shopper: Shopper) -> Condition {
    let guests = Condition::any().add(cart::Column::CustomerId.is_null());
    let theirs = match shopper.customer {
        Some(customer) => guests.add(cart::Column::CustomerId.eq(customer)),
        None => guests,
    };
    Condition::all().add(cart::Column::State.is_not_in(OF_STAFF)).add(theirs)
}

/// What [`theirs`] asks the database for.
pub(super) fn is_theirs(cart: &cart::Model, shopper: Shopper) -> bool {
    let is_of_staff = OF_STAFF.contains(&cart.state.as_str());
    !is_of_staff && (cart.customer_id.is_none() || cart.customer_id == shopper.customer)
}

/// A shopper's cart.
pub(crate) async fn find(read: &Read, shopper: Shopper, id: Id<Cart>) -> Result<Option<cart::Model>, Fault> {
    read.find::<cart::Entity>().filter(cart::Column::Id.eq(id)).filter(theirs(shopper)).one().await
}

/// The versions of carts.
pub(super) async fn versions(read: &Read, carts: &[Id<Cart>]) -> Result<Vec<(Id<Cart>, i64)>, Fault> {
    let find = read.find::<cart::Entity>().filter(cart::Column::Id.is_in(carts.iter().copied()));
    find.select_only().columns([cart::Column::Id, cart::Column::Version]).tuples().await
}

/// The codes of coupons that were put into a cart.
pub(super) fn coupons(cart: &cart::Model) -> Result<Vec<String>, Fault> {
    serde_json::from_str(&cart.coupons).map_err(Fault::new)
}

/// A cart's lines, in the order in which they were put in.
pub(crate) async fn lines(read: &Read, cart: Id<Cart>) -> Result<Vec<cart_line::Model>, Fault> {
    let find = read.find::<cart_line::Entity>().by(cart);
    find.order_by_asc(cart_line::Column::AddedAt).order_by_asc(cart_line::Column::Id).all().await
}

/// The lines of carts, each cart's in the order in which they were put in.
pub(crate) async fn lines_of(
    read: &Read,
    carts: &[Id<Cart>],
) -> Result<HashMap<Id<Cart>, Vec<cart_line::Model>>, Fault> {
    let find = read.find::<cart_line::Entity>().by_any(carts.iter().copied());
    let rows = find.order_by_asc(cart_line::Column::AddedAt).order_by_asc(cart_line::Column::Id).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.cart_id, row))))
}

/// Locks a customer, who has one open cart a channel: of two at once who look for it and find none, one waits until
/// the other has made it. SQLite lets one write at a time anyway.
pub(crate) async fn lock_customer(tx: &Tx, customer: Id<Account>) -> Result<(), Fault> {
    if tx.backend() == Backend::Postgres {
        tx.find::<account::Entity>().by(customer).lock(LockType::NoKeyUpdate).one().await?;
    }
    Ok(())
}

/// Locks a shopper's open cart for a change, and counts the change: of two at once, one waits.
pub(crate) async fn touch(
    tx: &Tx,
    shopper: Shopper,
    id: Id<Cart>,
    expected_version: Option<i64>,
) -> Result<cart::Model, CartError> {
    let mut update = tx
        .update::<cart::Entity>()
        .filter(cart::Column::Id.eq(id))
        .filter(theirs(shopper))
        .filter(cart::Column::State.eq("OPEN"))
        .set(cart::Column::Version, Expr::col(cart::Column::Version).add(1_i64))
        .set(cart::Column::UpdatedAt, Expr::val(tx.now()));
    if let Some(version) = expected_version {
        update = update.filter(cart::Column::Version.eq(version));
    }
    let changed = update.run().await?;
    let cart = open(find(tx, shopper, id).await?, None)?;
    if changed == 1 { Ok(cart) } else { Err(CartError::Stale) }
}

/// Notes for whom a cart is bought that its shopper changes, if it is theirs: a guest's is anybody's who knows its id, and
/// is bought for no company. Says who buys.
pub(crate) async fn buy_for(tx: &Tx, cart: &cart::Model, shopper: Shopper) -> Result<Party, Fault> {
    let buys_for = shopper.buys_for.filter(|_| cart.customer_id.is_some());
    if buys_for != cart.organisation_id {
        let update = tx.update::<cart::Entity>().filter(cart::Column::Id.eq(cart.id));
        update.set(cart::Column::OrganisationId, buys_for).run().await?;
    }
    organisations::party(tx, organisations::Wish::own(cart.customer_id, buys_for)).await
}

/// Who wants to buy a cart, and for which company.
pub(super) const fn wish(cart: &cart::Model) -> organisations::Wish {
    let cart::Model { customer_id, organisation_id, organisation_unit_id, .. } = cart;
    organisations::Wish { customer: *customer_id, organisation: *organisation_id, unit: *organisation_unit_id }
}

/// What a cart must be to be changed or ordered.
pub(super) fn open(cart: Option<cart::Model>, expected_version: Option<i64>) -> Result<cart::Model, CartError> {
    let cart = cart.ok_or(CartError::NotFound)?;
    if cart.state != "OPEN" {
        return Err(CartError::Completed);
    }
    if expected_version.is_some_and(|version| version != cart.version) {
        return Err(CartError::Stale);
    }
    Ok(cart)
}

/// Locks carts until the transaction ends, in the order of their ids. SQLite lets one write at a time anyway.
pub(super) async fn lock(tx: &Tx, ids: &[Id<Cart>]) -> Result<Vec<cart::Model>, Fault> {
    let mut find = tx.find::<cart::Entity>().by_any(ids.iter().copied()).order_by_asc(cart::Column::Id);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::Update);
    }
    find.all().await
}

/// Completes open carts and open drafts, each with the order that it became. Says how many were open.
pub(super) async fn complete(tx: &Tx, carts: &[(Id<Cart>, Id<Order>)]) -> Result<u64, Fault> {
    let order = carts.iter().fold(CaseStatement::new(), |case, (cart, order)| {
        case.case(Expr::col(cart::Column::Id).eq(*cart), Expr::val(*order))
    });
    let update = tx.update::<cart::Entity>().filter(cart::Column::Id.is_in(carts.iter().map(|(cart, _)| *cart)));
    update
        .filter(cart::Column::State.is_in(["OPEN", DraftState::Open.of_cart()]))
        .set(cart::Column::State, "COMPLETED")
        .set(cart::Column::OrderId, order)
        .set(cart::Column::Version, Expr::col(cart::Column::Version).add(1_i64))
        .set(cart::Column::UpdatedAt, Expr::val(tx.now()))
        .run()
        .await
}

/// A new line.
pub(crate) fn line(
    tx: &Tx,
    cart: Id<Cart>,
    variant: Id<Variant>,
    quantity: i64,
    seen_minor: i64,
) -> cart_line::ActiveModel {
    cart_line::ActiveModel {
        id: Set(tx.new_id()),
        cart_id: Set(cart),
        variant_id: Set(variant),
        quantity: Set(quantity),
        seen_minor: Set(seen_minor),
        added_at: Set(tx.now()),
        ..Default::default()
    }
}

/// Sets a line's quantity and the price it was seen at. Says whether the cart has the line.
pub(crate) async fn set_quantity(
    tx: &Tx,
    cart: Id<Cart>,
    line: Id<CartLine>,
    quantity: i64,
    seen_minor: Option<i64>,
) -> Result<bool, Fault> {
    let mut update = tx.update::<cart_line::Entity>().by(cart).by(line);
    if let Some(seen) = seen_minor {
        update = update.set(cart_line::Column::SeenMinor, seen);
    }
    Ok(update.set(cart_line::Column::Quantity, quantity).run().await? == 1)
}
