//! In a channel that holds stock before the order, a cart holds what is in it.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    cart::events::{CartEvent, Lapsed},
    id::{Cart, Id, Variant},
};
use entity::cart::cart_line;
use store::{Fault, Scope, Tx};

use super::{Rejection, Step, Why, apply::Ground, rows};
use crate::{
    cx::{App, Cx},
    fulfilment,
    inventory::{self, HoldForCart, HoldMore},
};

/// How many carts one pass of the worker looks at.
const CARTS_A_PASS: u32 = 100;

/// Has a locked cart hold what these steps put in, and give back what they took out. Fails with what there is too
/// little of: then the steps must be undone.
pub(super) async fn follow(tx: &Tx, ground: &Ground<'_>, steps: &[Step]) -> Result<Vec<Rejection>, Fault> {
    if !steps.iter().any(changes_lines) {
        return Ok(Vec::new());
    }
    let lines = rows::lines(tx, ground.cart).await?;
    let wanted = units(&lines);
    let Some(minutes) = ground.channel.cart_hold_minutes else {
        // It may have been otherwise a moment ago.
        trim(tx, ground.cart, &wanted).await?;
        return Ok(Vec::new());
    };
    let asked = asked(steps, &lines);
    let grounds = fulfilment::grounds(tx, ground.channel.id).await?;
    let more = HoldMore {
        variants: asked.iter().map(|(variant, _)| *variant).collect(),
        channel: ground.channel,
        ground: grounds.ground(),
        reach: grounds.to(ground.address.as_ref()),
        minutes,
    };
    let hold = HoldForCart { cart: ground.cart, wanted: &wanted, more: Some(more) };
    let Err(short) = Box::pin(inventory::hold_for_cart(tx, hold)).await? else { return Ok(Vec::new()) };
    let rejection = |short: &inventory::Shortage| {
        let (_, (step, index)) = asked.iter().rev().find(|(variant, _)| *variant == short.variant)?;
        Some(Rejection::of_item(*step, "lines", *index, "quantity", Why::OutOfStock(short.available)))
    };
    Ok(short.iter().filter_map(rejection).collect())
}

/// Gives back what a locked cart holds more than is in it.
pub(super) async fn trim(tx: &Tx, cart: Id<Cart>, wanted: &BTreeMap<Id<Variant>, i64>) -> Result<(), Fault> {
    let hold = HoldForCart { cart, wanted, more: None };
    match inventory::hold_for_cart(tx, hold).await? {
        Ok(()) => Ok(()),
        Err(_) => Err(Fault::new("there is too little of what is given back")),
    }
}

/// Units of each variant.
pub(super) fn units(lines: &[cart_line::Model]) -> BTreeMap<Id<Variant>, i64> {
    lines.iter().map(|line| (line.variant_id, line.quantity)).collect()
}

fn changes_lines(step: &Step) -> bool {
    matches!(step, Step::LinesAdd(_) | Step::LinesUpdate(_) | Step::LinesRemove(_))
}

/// The variants that the steps ask for, with the step and the place in its list.
fn asked(steps: &[Step], lines: &[cart_line::Model]) -> Vec<(Id<Variant>, (usize, usize))> {
    let of_line = |id| lines.iter().find(|line| line.id == id).map(|line| line.variant_id);
    let mut asked = Vec::new();
    for (step, what) in steps.iter().enumerate() {
        match what {
            Step::LinesAdd(wishes) => {
                asked.extend(wishes.iter().enumerate().map(|(index, wish)| (wish.variant, (step, index))));
            }
            Step::LinesUpdate(changed) => {
                let one = |(index, (line, _)): (usize, &(_, _))| Some((of_line(*line)?, (step, index)));
                asked.extend(changed.iter().enumerate().filter_map(one));
            }
            Step::LinesRemove(_)
            | Step::ContactSet(..)
            | Step::AddressSet(_)
            | Step::DeliverySet(_)
            | Step::PaymentSet(_)
            | Step::LanguageSet(_)
            | Step::CouponAdd(_)
            | Step::CouponRemove(_)
            | Step::GiftCardAdd(_)
            | Step::GiftCardRemove(_)
            | Step::StoreCreditSet(_) => {}
        }
    }
    asked
}

/// One pass of the worker: carts of every tenant give back what they held for too long. How many did.
///
/// A cart that fails is logged and left to the next pass; the others do not wait for it.
pub async fn release_overdue(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_released = 0_usize;
    for (scope, cart) in app.db.platform().overdue_holds(app.clock.now(), CARTS_A_PASS).await? {
        match release_one(app, scope, cart).await {
            Ok(is_released) => n_released = n_released.saturating_add(usize::from(is_released)),
            Err(error) => tracing::error!(%cart, %error, "a cart did not give back what it held"),
        }
    }
    Ok(n_released)
}

/// Emits `cart.reservation_expired`. Of two replicas, the second finds nothing left to release.
async fn release_one(app: &Arc<App>, scope: Scope, cart: Id<Cart>) -> Result<bool, Fault> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("release {cart}"));
    cx.write(async |tx| {
        // As whoever changes or orders it does, before what it holds. It is no change of it: a ticket for it stays good.
        rows::lock(tx, &[cart]).await?;
        let released = inventory::release_overdue(tx, cart).await?;
        if released.is_empty() {
            return Ok(false);
        }
        let lines = released.into_iter().map(|(variant, quantity)| Lapsed { variant, quantity }).collect();
        tx.emit(&CartEvent::ReservationExpired { cart, lines, at: tx.now() }).await?;
        Ok(true)
    })
    .await
}
