//! Lists of webhooks, of what they were sent, and how it went.

use std::collections::HashMap;

use domain::{
    events::webhook::DeliveryState,
    id::{Event, Id, Webhook, WebhookDelivery},
    identity::permission::proof::ManageWebhooks,
};
use entity::events::{webhook, webhook_attempt, webhook_delivery, webhook_payload};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Slice, Sort, SortKind};

use super::rows;
use crate::{
    cx::{Cx, Permit},
    list::{Listed, grouped},
};

/// What webhooks are sorted by: when they were made.
pub const WEBHOOKS_SORTED_BY: SortKind = SortKind::Integer("webhook");

/// What deliveries are sorted by: when they were made, the latest first.
pub const DELIVERIES_SORTED_BY: SortKind = SortKind::Integer("webhook.delivery");

/// Which deliveries are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    /// To this webhook.
    pub webhook: Option<Id<Webhook>>,
    /// Of this event.
    pub event: Option<Id<Event>>,
    /// In one of these states.
    pub states: Option<Vec<DeliveryState>>,
}

/// Webhooks, the oldest first.
pub async fn webhooks(cx: &Cx, _may: &Permit<ManageWebhooks>, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<webhook::Entity>().count().await?) } else { None };
    let by = Expr::col((webhook::Entity, webhook::Column::CreatedAt));
    let sort = Sort { by, kind: WEBHOOKS_SORTED_BY, descending: false };
    let page = read.find::<webhook::Entity>().page(webhook::Column::Id, sort, slice).await?;
    Ok(Listed { page, total })
}

/// Webhooks by id.
pub async fn webhooks_by_id(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    ids: &[Id<Webhook>],
) -> Result<HashMap<Id<Webhook>, webhook::Model>, Fault> {
    let rows = cx.read().find::<webhook::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Deliveries, the newest first.
pub async fn deliveries(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    filter: &DeliveryFilter,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<webhook_delivery::Entity>();
        if let Some(webhook) = filter.webhook {
            find = find.by(webhook);
        }
        if let Some(event) = filter.event {
            find = find.by(event);
        }
        if let Some(states) = &filter.states {
            let codes = states.iter().map(|state| state.code());
            find = find.filter(webhook_delivery::Column::State.is_in(codes));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((webhook_delivery::Entity, webhook_delivery::Column::CreatedAt));
    let sort = Sort { by, kind: DELIVERIES_SORTED_BY, descending: true };
    let page = find().page(webhook_delivery::Column::Id, sort, slice).await?;
    Ok(Listed { page, total })
}

/// Deliveries by id.
pub async fn deliveries_by_id(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    ids: &[Id<WebhookDelivery>],
) -> Result<HashMap<Id<WebhookDelivery>, webhook_delivery::Model>, Fault> {
    let rows = cx.read().find::<webhook_delivery::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// How deliveries went, the first attempt first.
pub async fn attempts(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    deliveries: &[Id<WebhookDelivery>],
) -> Result<HashMap<Id<WebhookDelivery>, Vec<webhook_attempt::Model>>, Fault> {
    let rows = rows::attempts(&cx.read(), deliveries).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.delivery_id, row))))
}

/// What was made of deliveries in the caller's name: what is made in the name of others may be theirs alone to see.
pub async fn bodies(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    deliveries: &[Id<WebhookDelivery>],
) -> Result<HashMap<Id<WebhookDelivery>, String>, Fault> {
    let read = cx.read();
    let find = read.find::<webhook_payload::Entity>().by_any(deliveries.iter().copied());
    let rows = find.filter(webhook_payload::Column::AccountId.eq(cx.caller().account)).all().await?;
    Ok(rows.into_iter().map(|row| (row.delivery_id, row.body)).collect())
}
