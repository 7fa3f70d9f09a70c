//! The statements of webhooks.

use domain::{
    events::webhook::DeliveryState,
    id::{self, Id},
    time::Instant,
};
use entity::events::{webhook, webhook_attempt, webhook_delivery, webhook_payload};
use sea_orm::{ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use store::{Fault, Read, Tx, Update};

/// A webhook as it is.
pub(super) async fn webhook(read: &Read, id: Id<id::Webhook>) -> Result<Option<webhook::Model>, Fault> {
    read.find::<webhook::Entity>().by(id).one().await
}

/// A change of a webhook, if it is of the version that the caller saw. A new version comes of it.
pub(super) fn change(tx: &Tx, id: Id<id::Webhook>, expected_version: Option<i64>) -> Update<'_, webhook::Entity> {
    let version = webhook::Column::Version;
    let update = tx.update::<webhook::Entity>().by(id).set(version, Expr::col(version).add(1));
    match expected_version {
        Some(expected) => update.filter(version.eq(expected)),
        None => update,
    }
}

/// Notes that a webhook's events became deliveries up to a place. Says whether nobody did so before.
pub(super) async fn set_heard(tx: &Tx, webhook: &webhook::Model, heard: i64) -> Result<bool, Fault> {
    let update = tx.update::<webhook::Entity>().by(webhook.id).filter(webhook::Column::Heard.eq(webhook.heard));
    Ok(update.filter(webhook::Column::IsEnabled.eq(true)).set(webhook::Column::Heard, heard).run().await? == 1)
}

/// Claims the one try that a webhook gets that was left alone after failures. Says whether nobody did before.
pub(super) async fn claim_probe(tx: &Tx, webhook: &webhook::Model, until: Instant) -> Result<bool, Fault> {
    let Some(closed) = webhook.closed_until else { return Ok(true) };
    let update = tx.update::<webhook::Entity>().by(webhook.id).filter(webhook::Column::ClosedUntil.eq(closed));
    let update = update.filter(webhook::Column::ClosedUntil.lte(tx.now()));
    Ok(update.set(webhook::Column::ClosedUntil, Some(until)).run().await? == 1)
}

/// Notes that a webhook can be reached.
pub(super) async fn set_well(tx: &Tx, webhook: Id<id::Webhook>) -> Result<(), Fault> {
    let is_ill = Condition::any().add(webhook::Column::Failures.gt(0)).add(webhook::Column::ClosedUntil.is_not_null());
    let update = tx.update::<webhook::Entity>().by(webhook).filter(is_ill).set(webhook::Column::Failures, 0);
    update.set(webhook::Column::ClosedUntil, None::<Instant>).run().await.map(drop)
}

/// Counts a failure of a webhook, and says how many there are in a row by now.
pub(super) async fn add_failure(tx: &Tx, webhook: Id<id::Webhook>) -> Result<i32, Fault> {
    let failures = webhook::Column::Failures;
    tx.update::<webhook::Entity>().by(webhook).set(failures, Expr::col(failures).add(1)).run().await?;
    let found = tx.find::<webhook::Entity>().by(webhook).one().await?;
    Ok(found.map_or(0, |webhook| webhook.failures))
}

/// Leaves a webhook alone for a while.
pub(super) async fn close(tx: &Tx, webhook: Id<id::Webhook>, until: Instant) -> Result<(), Fault> {
    tx.update::<webhook::Entity>().by(webhook).set(webhook::Column::ClosedUntil, Some(until)).run().await.map(drop)
}

/// Tells a webhook nothing more. Says whether it was told before.
pub(super) async fn disable(tx: &Tx, webhook: Id<id::Webhook>) -> Result<bool, Fault> {
    let update = change(tx, webhook, None).filter(webhook::Column::IsEnabled.eq(true));
    Ok(update.set(webhook::Column::IsEnabled, false).run().await? == 1)
}

/// A delivery as it is.
pub(super) async fn delivery(
    read: &Read,
    id: Id<id::WebhookDelivery>,
) -> Result<Option<webhook_delivery::Model>, Fault> {
    read.find::<webhook_delivery::Entity>().by(id).one().await
}

/// Claims a delivery that is due, to send it. Says whether nobody did before.
pub(super) async fn claim(tx: &Tx, delivery: &webhook_delivery::Model, until: Instant) -> Result<bool, Fault> {
    use webhook_delivery::Column;
    let update = pending(tx, delivery.id)
        .filter(Column::Attempts.eq(delivery.attempts))
        .filter(Column::ClaimedUntil.lte(tx.now()))
        .filter(Column::DueAt.lte(tx.now()))
        .set(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .set(Column::Tries, Expr::col(Column::Tries).add(1))
        .set(Column::ClaimedUntil, until);
    Ok(update.run().await? == 1)
}

/// Claims a delivery for longer, if nobody else claimed it since.
pub(super) async fn claim_on(tx: &Tx, delivery: &webhook_delivery::Model, until: Instant) -> Result<bool, Fault> {
    Ok(mine(tx, delivery).set(webhook_delivery::Column::ClaimedUntil, until).run().await? == 1)
}

/// What was made of a delivery in somebody's name.
pub(super) async fn payload(
    tx: &Tx,
    delivery: Id<id::WebhookDelivery>,
) -> Result<Option<webhook_payload::Model>, Fault> {
    tx.find::<webhook_payload::Entity>().by(delivery).one().await
}

/// Keeps what was made of a claimed delivery, instead of what was made of it in the name of somebody else.
pub(super) async fn set_payload(
    tx: &Tx,
    delivery: Id<id::WebhookDelivery>,
    payload: webhook_payload::ActiveModel,
) -> Result<(), Fault> {
    tx.delete::<webhook_payload::Entity>().by(delivery).run().await?;
    tx.insert(payload).await
}

/// Notes that a delivery arrived. Says whether it was still to be sent.
pub(super) async fn set_delivered(tx: &Tx, delivery: Id<id::WebhookDelivery>) -> Result<bool, Fault> {
    let update = pending(tx, delivery)
        .set(webhook_delivery::Column::State, DeliveryState::Delivered.code())
        .set(webhook_delivery::Column::ClaimedUntil, Instant::default())
        .set(webhook_delivery::Column::DeliveredAt, Some(tx.now()));
    Ok(update.run().await? == 1)
}

/// Puts a delivery off, if nobody claimed it since.
pub(super) async fn set_due(tx: &Tx, delivery: &webhook_delivery::Model, at: Instant) -> Result<bool, Fault> {
    let update = mine(tx, delivery).set(webhook_delivery::Column::DueAt, at);
    Ok(update.set(webhook_delivery::Column::ClaimedUntil, Instant::default()).run().await? == 1)
}

/// Gives a delivery up, if nobody claimed it since.
pub(super) async fn set_dead(tx: &Tx, delivery: &webhook_delivery::Model) -> Result<bool, Fault> {
    let update = mine(tx, delivery).set(webhook_delivery::Column::State, DeliveryState::Dead.code());
    Ok(update.set(webhook_delivery::Column::ClaimedUntil, Instant::default()).run().await? == 1)
}

/// Has a delivery that came to its end sent once more. Says whether it had.
pub(super) async fn set_replayed(tx: &Tx, delivery: Id<id::WebhookDelivery>, end: Instant) -> Result<bool, Fault> {
    use webhook_delivery::Column;
    let update = tx.update::<webhook_delivery::Entity>().by(delivery);
    let update = update
        .filter(Column::State.ne(DeliveryState::Pending.code()))
        .set(Column::State, DeliveryState::Pending.code())
        .set(Column::Tries, 0)
        .set(Column::DueAt, tx.now())
        .set(Column::ExpiresAt, end)
        .set(Column::DeliveredAt, None::<Instant>);
    Ok(update.run().await? == 1)
}

/// Writes down how an attempt went.
pub(super) async fn insert_attempt(tx: &Tx, attempt: webhook_attempt::ActiveModel) -> Result<(), Fault> {
    tx.insert(webhook_attempt::ActiveModel { id: Set(tx.new_id()), at: Set(tx.now()), ..attempt }).await
}

/// The attempts at deliveries, the first one first.
pub(super) async fn attempts(
    read: &Read,
    deliveries: &[Id<id::WebhookDelivery>],
) -> Result<Vec<webhook_attempt::Model>, Fault> {
    let find = read.find::<webhook_attempt::Entity>().by_any(deliveries.iter().copied());
    find.order_by_asc(webhook_attempt::Column::Number).order_by_asc(webhook_attempt::Column::Id).all().await
}

fn pending(tx: &Tx, delivery: Id<id::WebhookDelivery>) -> Update<'_, webhook_delivery::Entity> {
    let is_pending = webhook_delivery::Column::State.eq(DeliveryState::Pending.code());
    tx.update::<webhook_delivery::Entity>().by(delivery).filter(is_pending)
}

/// A change of a delivery that is still as it was when it was claimed.
fn mine<'t>(tx: &'t Tx, delivery: &webhook_delivery::Model) -> Update<'t, webhook_delivery::Entity> {
    pending(tx, delivery.id).filter(webhook_delivery::Column::Attempts.eq(delivery.attempts))
}
