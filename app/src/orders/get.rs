//! One order, for those who may see it.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ReadOrders,
};
use entity::orders::order;
use store::Fault;

use super::rows;
use crate::{
    cx::{Customer, Cx, Permit, Public},
    digest,
};

/// An order, for staff.
pub async fn get(cx: &Cx, _may: Permit<ReadOrders>, id: Id<Order>) -> Result<Option<order::Model>, Fault> {
    rows::order(&cx.read(), id).await
}

/// An order of the customer's own.
pub async fn get_own(cx: &Cx, customer: Customer, id: Id<Order>) -> Result<Option<order::Model>, Fault> {
    rows::order_of(&cx.read(), customer.account, id).await
}

/// An order, for whoever knows its number and its token. A wrong token finds nothing.
pub async fn get_by_token(cx: &Cx, _anybody: Public, number: &str, token: &str) -> Result<Option<order::Model>, Fault> {
    let found = rows::order_by_number(&cx.read(), number).await?;
    Ok(found.filter(|order| digest::is_of(token, &order.token_hash)))
}

/// An order, if the caller may see it by its id: staff who see orders see all, customers their own.
pub async fn visible(cx: &Cx, id: Id<Order>) -> Result<Option<order::Model>, Fault> {
    if let Ok(may) = cx.permit() {
        return get(cx, may, id).await;
    }
    match cx.customer() {
        Ok(customer) => get_own(cx, customer, id).await,
        Err(_) => Ok(None),
    }
}

/// An order, if the caller may see it by its id or knows its token. A wrong token finds nothing more
/// than none.
pub async fn visible_with_token(cx: &Cx, id: Id<Order>, token: Option<&str>) -> Result<Option<order::Model>, Fault> {
    let Some(token) = token else { return visible(cx, id).await };
    match rows::order(&cx.read(), id).await? {
        Some(order) if digest::is_of(token, &order.token_hash) => Ok(Some(order)),
        Some(_) | None => visible(cx, id).await,
    }
}
