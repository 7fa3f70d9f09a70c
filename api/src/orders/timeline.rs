//! What happened to an order and to its payment, as its reader is told.

use app::{cx::Cx, orders::Entry};
use async_graphql::{Context, Enum, Object};
use domain::{
    fulfilment::shipment::{Action as Step, FailReason},
    identity::permission::{Proves, proof::ReadOrders},
    language::Language,
    money::{self, Currency},
    orders::{returns, state::Action},
    payments::entry::EntryKind,
    time::Instant,
};
use entity::{
    fulfilment::{shipment, shipment_step},
    orders::{order_return_step, order_transition},
    payments::payment_entry,
};
use store::Fault;

use crate::{
    graphql::{directive::requires, error, language::Reading, money::Money, scalar::DateTime},
    i18n::{self, Arg},
};

/// What can happen to an order and to its payment.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimelineKind {
    /// It was placed.
    Placed,
    /// The gateway holds the money for the shop.
    PaymentAuthorised,
    /// A card was refused.
    PaymentDeclined,
    /// It is paid, or the gateway promised the money.
    Paid,
    /// The shop accepted it.
    Confirmed,
    /// The warehouse set the goods aside.
    Allocated,
    /// A carrier took goods of it.
    Shipped,
    /// The customer has it.
    Delivered,
    /// The customer took nothing of it.
    Refused,
    /// The customer took a shipment of it, not the last.
    ShipmentDelivered,
    /// The carrier came in vain.
    DeliveryFailed,
    /// The customer did not take a shipment of it.
    ShipmentRefused,
    /// A shipment that the customer did not take came back.
    ShipmentReturned,
    /// Staff ended it.
    Cancelled,
    /// Staff cancelled units of it.
    LinesCancelled,
    /// Staff changed what of it has not left.
    Edited,
    /// Goods of it that came back were exchanged for others.
    Exchanged,
    /// It was not paid in time.
    Expired,
    /// A part of its money goes back.
    RefundedPart,
    /// All of its money goes back.
    Refunded,
    /// Something keeps it from going on.
    Held,
    /// What kept it from going on is settled.
    HoldReleased,
    /// Somebody wants to send goods of it back.
    ReturnRequested,
    /// The shop agreed to take goods of it back.
    ReturnApproved,
    /// The shop does not take goods of it back.
    ReturnRejected,
    /// Goods of it came back.
    ReturnReceived,
    /// It was decided what becomes of goods that came back.
    ReturnInspected,
    /// The shop has the money.
    PaymentCaptured,
    /// The money that was held is free again, or nothing is to be paid any more.
    PaymentVoided,
}

/// One thing that happened to an order or to its payment.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    kind: TimelineKind,
    at: Instant,
    actor: Option<String>,
    reason: Option<String>,
    amount: Option<money::Money>,
    parcel: Option<Parcel>,
    failed: Option<FailReason>,
}

#[derive(Clone, Debug)]
struct Parcel {
    carrier: String,
    tracking: String,
}

/// One thing that happened to an order or to its payment.
#[Object]
impl TimelineEntry {
    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime(self.at)
    }

    /// What happened.
    async fn kind(&self) -> TimelineKind {
        self.kind
    }

    /// What to show, in the reader's language, with carrier and tracking number, or with the amount.
    async fn label(&self, ctx: &Context<'_>) -> String {
        self.text(ctx.cx().language())
    }

    /// Who did it: an account's id, `guest` or `system`. None for what became of the payment.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn actor(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<&str>> {
        let cx: &Cx = ctx.cx();
        match cx.permit::<ReadOrders>() {
            Ok(_) => self.actor.as_deref().map(Ok),
            Err(denied) => Some(Err(error::denied(cx.language(), denied))),
        }
    }

    /// Why, in the words of staff. The customer sees it too.
    async fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// How much money it is about; none if it is not about money.
    async fn amount(&self) -> Option<Money> {
        self.amount.map(Money)
    }
}

impl TimelineEntry {
    fn text(&self, language: Language) -> String {
        let mut args = Vec::new();
        if let Some(parcel) = &self.parcel {
            args.push(("carrier", Arg::Text(parcel.carrier.clone())));
            args.push(("tracking", Arg::Text(parcel.tracking.clone())));
        }
        if let Some(failed) = self.failed {
            args.push(("reason", Arg::Label { group: "delivery-fail", code: failed.code() }));
        }
        if let Some(amount) = self.amount {
            args.push(("amount", Arg::Money(amount)));
        }
        i18n::message(language, self.kind.key(), &args)
    }
}

impl TimelineKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Placed => "timeline-placed",
            Self::PaymentAuthorised => "timeline-payment-authorised",
            Self::PaymentDeclined => "timeline-payment-declined",
            Self::Paid => "timeline-paid",
            Self::Confirmed => "timeline-confirmed",
            Self::Allocated => "timeline-allocated",
            Self::Shipped => "timeline-shipped",
            Self::Delivered => "timeline-delivered",
            Self::Refused => "timeline-refused",
            Self::ShipmentDelivered => "timeline-shipment-delivered",
            Self::DeliveryFailed => "timeline-delivery-failed",
            Self::ShipmentRefused => "timeline-shipment-refused",
            Self::ShipmentReturned => "timeline-shipment-returned",
            Self::Cancelled => "timeline-cancelled",
            Self::LinesCancelled => "timeline-lines-cancelled",
            Self::Edited => "timeline-edited",
            Self::Exchanged => "timeline-exchanged",
            Self::Expired => "timeline-expired",
            Self::RefundedPart => "timeline-refunded-part",
            Self::Refunded => "timeline-refunded",
            Self::Held => "timeline-held",
            Self::HoldReleased => "timeline-hold-released",
            Self::ReturnRequested => "timeline-return-requested",
            Self::ReturnApproved => "timeline-return-approved",
            Self::ReturnRejected => "timeline-return-rejected",
            Self::ReturnReceived => "timeline-return-received",
            Self::ReturnInspected => "timeline-return-inspected",
            Self::PaymentCaptured => "timeline-payment-captured",
            Self::PaymentVoided => "timeline-payment-voided",
        }
    }

    /// Where it stands among what happened in the same instant, as one transaction does.
    const fn rank(self) -> u8 {
        match self {
            Self::Placed => 0,
            Self::PaymentAuthorised | Self::PaymentDeclined => 1,
            Self::Paid
            | Self::Confirmed
            | Self::Allocated
            | Self::Shipped
            | Self::Delivered
            | Self::Refused
            | Self::ShipmentDelivered
            | Self::DeliveryFailed
            | Self::ShipmentRefused
            | Self::ShipmentReturned
            | Self::Cancelled
            | Self::LinesCancelled
            | Self::Edited
            | Self::Exchanged
            | Self::Expired
            | Self::RefundedPart
            | Self::Refunded
            | Self::Held
            | Self::HoldReleased
            | Self::ReturnRequested
            | Self::ReturnApproved
            | Self::ReturnRejected
            | Self::ReturnReceived
            | Self::ReturnInspected => 2,
            Self::PaymentCaptured | Self::PaymentVoided => 3,
        }
    }
}

impl From<Action> for TimelineKind {
    fn from(action: Action) -> Self {
        match action {
            Action::Pay => Self::Paid,
            Action::Confirm => Self::Confirmed,
            Action::Allocate => Self::Allocated,
            Action::Ship | Action::ShipPart => Self::Shipped,
            Action::Deliver => Self::Delivered,
            Action::Refuse => Self::Refused,
            Action::Cancel => Self::Cancelled,
            Action::CancelPart | Action::CancelRest => Self::LinesCancelled,
            Action::Edit => Self::Edited,
            Action::Exchange => Self::Exchanged,
            Action::Expire => Self::Expired,
            Action::Refund => Self::Refunded,
            Action::RefundPart => Self::RefundedPart,
        }
    }
}

/// What happened to an order and to its payment, by time. A shipped order is told by its shipments, each with the
/// one who shipped it.
pub fn tell(
    steps: Vec<Entry>,
    payments: Vec<payment_entry::Model>,
    currency: Currency,
) -> Result<Vec<TimelineEntry>, Fault> {
    let mut told = Vec::with_capacity(steps.len().saturating_add(payments.len()));
    let mut shipped_by = None;
    for one in steps {
        match one {
            Entry::Step(row) => told.push(stepped(row, currency)?),
            Entry::Hold(row) => told.push(acted(TimelineKind::Held, row.at, row.actor)),
            Entry::Release(row) => told.push(acted(TimelineKind::HoldReleased, row.at, row.actor)),
            Entry::Return(row) => told.extend(sent_back(row)?),
            Entry::Shipment(row) => told.push(shipped(row, shipped_by.clone())),
            Entry::Transition(row) => {
                let entry = moved(row, currency)?;
                if entry.kind == TimelineKind::Shipped {
                    shipped_by = entry.actor;
                } else {
                    told.push(entry);
                }
            }
        }
    }
    for row in payments {
        told.extend(paid(&row, currency)?);
    }
    told.sort_by_key(|entry| (entry.at, entry.kind.rank()));
    Ok(told)
}

fn moved(row: order_transition::Model, currency: Currency) -> Result<TimelineEntry, Fault> {
    let kind = match row.action.as_deref() {
        None => TimelineKind::Placed,
        Some(code) => Action::parse(code).ok_or_else(|| Fault::new("an unknown move of an order"))?.into(),
    };
    let amount = row.amount_minor.map(|minor| money::Money::new(minor, currency));
    Ok(TimelineEntry {
        kind,
        at: row.at,
        actor: Some(row.actor),
        reason: row.reason,
        amount,
        parcel: None,
        failed: None,
    })
}

/// What happened to a shipment on its way.
fn stepped(row: shipment_step::Model, currency: Currency) -> Result<TimelineEntry, Fault> {
    let kind = match Step::parse(&row.action).ok_or_else(|| Fault::new("an unknown step of a shipment"))? {
        Step::Deliver => TimelineKind::ShipmentDelivered,
        Step::Fail => TimelineKind::DeliveryFailed,
        Step::Refuse => TimelineKind::ShipmentRefused,
        Step::Receive => TimelineKind::ShipmentReturned,
    };
    let failed = row.fail_reason.as_deref().and_then(FailReason::parse);
    let amount = row.amount_minor.map(|minor| money::Money::new(minor, currency));
    Ok(TimelineEntry { kind, at: row.at, actor: Some(row.actor), reason: row.reason, amount, parcel: None, failed })
}

/// What happened to a return, if the reader is told of it: refunds and exchanges are told by the moves that they are.
fn sent_back(row: order_return_step::Model) -> Result<Option<TimelineEntry>, Fault> {
    let action = match row.action.as_deref() {
        None => None,
        Some(code) => Some(returns::Action::parse(code).ok_or_else(|| Fault::new("an unknown step of a return"))?),
    };
    let kind = match action {
        None => TimelineKind::ReturnRequested,
        Some(returns::Action::Approve) => TimelineKind::ReturnApproved,
        Some(returns::Action::Reject) => TimelineKind::ReturnRejected,
        Some(returns::Action::Receive) => TimelineKind::ReturnReceived,
        Some(returns::Action::Inspect) => TimelineKind::ReturnInspected,
        Some(returns::Action::Refund | returns::Action::Exchange) => return Ok(None),
    };
    let (at, actor, reason) = (row.at, Some(row.actor), row.reason);
    Ok(Some(TimelineEntry { kind, at, actor, reason, amount: None, parcel: None, failed: None }))
}

/// What somebody did, whose words are not for the customer.
const fn acted(kind: TimelineKind, at: Instant, actor: String) -> TimelineEntry {
    TimelineEntry { kind, at, actor: Some(actor), reason: None, amount: None, parcel: None, failed: None }
}

fn shipped(row: shipment::Model, actor: Option<String>) -> TimelineEntry {
    let parcel = Some(Parcel { carrier: row.carrier, tracking: row.tracking });
    TimelineEntry {
        kind: TimelineKind::Shipped,
        at: row.shipped_at,
        actor,
        reason: None,
        amount: None,
        parcel,
        failed: None,
    }
}

/// What became of the payment, if the reader is told of it: refunds are told by the moves that they are.
fn paid(row: &payment_entry::Model, currency: Currency) -> Result<Option<TimelineEntry>, Fault> {
    let kind = EntryKind::parse(&row.kind).ok_or_else(|| Fault::new("an entry of an unknown kind"))?;
    let kind = match kind {
        EntryKind::Authorised => TimelineKind::PaymentAuthorised,
        EntryKind::Declined => TimelineKind::PaymentDeclined,
        EntryKind::Captured => TimelineKind::PaymentCaptured,
        EntryKind::Voided => TimelineKind::PaymentVoided,
        EntryKind::Attempt
        | EntryKind::Challenged
        | EntryKind::RequestedCapture
        | EntryKind::RequestedVoid
        | EntryKind::RequestedRefund
        | EntryKind::Refunded => return Ok(None),
    };
    let amount = Some(money::Money::new(row.amount_minor, currency));
    Ok(Some(TimelineEntry { kind, at: row.at, actor: None, reason: None, amount, parcel: None, failed: None }))
}

#[cfg(test)]
mod tests {
    use domain::id::Id;
    use uuid::Uuid;

    use super::*;

    fn transition(sequence: i64, action: Option<Action>, at: i64) -> Entry {
        Entry::Transition(order_transition::Model {
            tenant_id: Id::new(Uuid::nil()),
            id: Id::new(Uuid::nil()),
            order_id: Id::new(Uuid::nil()),
            sequence,
            action: action.map(|action| action.code().to_owned()),
            from_state: None,
            to_state: String::new(),
            actor: format!("actor{sequence}"),
            reason: None,
            amount_minor: (action == Some(Action::RefundPart)).then_some(500),
            at: Instant::from_millis(at),
        })
    }

    fn shipment(at: i64) -> Entry {
        Entry::Shipment(shipment::Model {
            tenant_id: Id::new(Uuid::nil()),
            id: Id::new(Uuid::nil()),
            order_id: Id::new(Uuid::nil()),
            location_id: Id::new(Uuid::nil()),
            carrier: "SMSA".to_owned(),
            tracking: "290012".to_owned(),
            shipped_at: Instant::from_millis(at),
        })
    }

    fn payment(kind: EntryKind, at: i64) -> payment_entry::Model {
        payment_entry::Model {
            tenant_id: Id::new(Uuid::nil()),
            id: Id::new(Uuid::nil()),
            payment_id: Id::new(Uuid::nil()),
            kind: kind.code().to_owned(),
            request_id: None,
            amount_minor: 1150,
            code: None,
            at: Instant::from_millis(at),
        }
    }

    #[test]
    fn moves_shipments_and_payments_are_told_by_time() {
        let steps = vec![
            transition(1, None, 0),
            transition(2, Some(Action::Pay), 10),
            transition(3, Some(Action::Ship), 20),
            shipment(20),
            shipment(20),
            transition(4, Some(Action::Deliver), 30),
            transition(5, Some(Action::RefundPart), 40),
        ];
        let payments = [
            (EntryKind::Attempt, 0),
            (EntryKind::Declined, 0),
            (EntryKind::Authorised, 10),
            (EntryKind::RequestedCapture, 20),
            (EntryKind::Captured, 20),
            (EntryKind::Refunded, 41),
        ];
        let payments = payments.map(|(kind, at)| payment(kind, at)).into();
        let told = tell(steps, payments, Currency::SAR).unwrap();
        let texts: Vec<_> =
            told.iter().map(|entry| entry.text(Language::En).replace(['\u{2068}', '\u{2069}'], "")).collect();
        assert_eq!(
            texts,
            [
                "Order placed",
                "Payment declined",
                "Payment authorised",
                "Payment received",
                "Shipped with SMSA, tracking number 290012",
                "Shipped with SMSA, tracking number 290012",
                "Payment collected",
                "Delivered",
                "SAR\u{a0}5.00 refunded",
            ]
        );
        let actors: Vec<_> = told.iter().map(|entry| entry.actor.as_deref()).collect();
        let shipper = Some("actor3");
        let (first, last) = ([Some("actor1"), None, None, Some("actor2")], [None, Some("actor4"), Some("actor5")]);
        assert_eq!(actors, [&first[..], &[shipper, shipper], &last[..]].concat());
    }

    #[test]
    fn every_kind_has_its_words() {
        let kinds = Action::ALL.map(TimelineKind::from).into_iter().chain([
            TimelineKind::Placed,
            TimelineKind::PaymentAuthorised,
            TimelineKind::PaymentDeclined,
            TimelineKind::PaymentCaptured,
            TimelineKind::PaymentVoided,
            TimelineKind::ShipmentDelivered,
            TimelineKind::DeliveryFailed,
            TimelineKind::ShipmentRefused,
            TimelineKind::ShipmentReturned,
            TimelineKind::Held,
            TimelineKind::HoldReleased,
            TimelineKind::ReturnRequested,
            TimelineKind::ReturnApproved,
            TimelineKind::ReturnRejected,
            TimelineKind::ReturnReceived,
            TimelineKind::ReturnInspected,
        ]);
        for kind in kinds {
            assert!(Language::ALL.into_iter().all(|language| i18n::has(language, kind.key())), "{kind:?}");
        }
    }
}
