//! A guest signs in: their cart becomes the customer's.

use domain::{
    cart::quantity::Quantity,
    id::{Cart, Id},
};
use entity::cart::{cart, cart_line};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::Tx;

use super::{
    CartError, coupon, create, hold,
    rows::{self, line, set_quantity},
    tender,
};
use crate::{
    cx::{Customer, Cx, Shopper},
    inventory,
};

/// Gives a guest's cart to a customer. If the customer has an open cart in the channel, its lines go
/// there, none is lost: quantities of the same variant add up, to the most a line may have.
pub async fn merge(cx: &Cx, customer: &Customer, guest: Id<Cart>) -> Result<Id<Cart>, CartError> {
    let customer = customer.account;
    let nobody = Shopper { customer: None, buys_for: None };
    cx.write(async |tx| {
        let from = rows::touch(tx, nobody, guest, None).await?;
        rows::lock_customer(tx, customer).await?;
        let Some(into) = create::open_cart(tx, from.channel_id, customer).await? else {
            set(tx, from.id, cart::Column::CustomerId, Expr::val(customer)).await?;
            return Ok(from.id);
        };
        // For whom it is bought stays as it is.
        rows::touch(tx, Shopper { customer: Some(customer), buys_for: None }, into, None).await?;
        set(tx, from.id, cart::Column::State, Expr::val("MERGED")).await?;
        let there = rows::lines(tx, into).await?;
        for wanted in rows::lines(tx, from.id).await? {
            match there.iter().find(|line| line.variant_id == wanted.variant_id) {
                Some(same) => {
                    let sum = same.quantity.saturating_add(wanted.quantity).min(i64::from(Quantity::MAX));
                    set_quantity(tx, into, same.id, sum, None).await?;
                }
                None => tx.insert(line(tx, into, wanted.variant_id, wanted.quantity, wanted.seen_minor)).await?,
            }
        }
        tx.delete::<cart_line::Entity>().by(from.id).run().await?;
        coupon::hand_over(tx, from.id, into).await?;
        tender::hand_over(tx, from.id, into).await?;
        inventory::hand_over(tx, from.id, into).await?;
        hold::trim(tx, into, &hold::units(&rows::lines(tx, into).await?)).await?;
        Ok(into)
    })
    .await
}

async fn set(tx: &Tx, cart: Id<Cart>, column: cart::Column, value: Expr) -> Result<(), CartError> {
    tx.update::<cart::Entity>().filter(cart::Column::Id.eq(cart)).set(column, value).run().await?;
    Ok(())
}
