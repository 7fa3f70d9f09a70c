//! Payments of orders.

use app::cx::Cx;
use async_graphql::{Context, Enum, ID, Object};
use domain::{
    identity::permission::{Permission, Proves, proof::ReadOrders},
    payments::{credit::CreditKind, entry::EntryKind, gateway, method::Method, status::Status, tender::Tender},
};
use entity::payments::{payment, payment_entry};

use super::{amount, found};
use crate::{
    graphql::{
        directive::requires,
        error,
        language::Reading,
        loader::{self, EntriesOf},
        money::Money,
        scalar::DateTime,
    },
    i18n::{self, Arg},
};

/// What is to be paid for an order, and what became of it.
#[derive(Clone, Debug)]
pub struct Payment(pub payment::Model);

/// Where a payment stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Status")]
pub enum PaymentStatus {
    /// Nothing happened yet.
    Pending,
    /// The payer must confirm, at `challengeUrl`.
    RequiresAction,
    /// The gateway holds the amount for the shop.
    Authorised,
    /// The gateway refused; another card can be tried with `orderPay`.
    Declined,
    /// The shop has the money.
    Captured,
    /// A part of the money went back, or is on its way back.
    PartRefunded,
    /// All of the money went back, or is on its way back.
    Refunded,
    /// It will not be paid any more.
    Voided,
}

/// What a payment is paid with.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentTender {
    /// Cash to the courier.
    CashOnDelivery,
    /// A transfer to the shop's bank account.
    BankTransfer,
    /// A card, through the gateway.
    Card,
    /// A gift card of the shop.
    GiftCard,
    /// The customer's store credit.
    StoreCredit,
    /// Nothing: promotions took off all of the order, so that nothing was to be paid.
    Nothing,
}

/// Why a card was refused.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "gateway::DeclineCode")]
pub enum DeclineCode {
    /// Not enough money.
    InsufficientFunds,
    /// The card has expired.
    ExpiredCard,
    /// The bank does not say why.
    DoNotHonour,
    /// The card was reported lost. Only staff are told; others read `DO_NOT_HONOUR`.
    LostCard,
    /// The shopper failed or left the 3-D Secure challenge.
    AuthenticationFailed,
    /// The gateway did not answer, or not sensibly.
    GatewayUnavailable,
}

/// What happens to payments.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "EntryKind")]
pub enum PaymentEntryKind {
    /// The gateway is asked for an authorisation.
    Attempt,
    /// The amount is held for the shop.
    Authorised,
    /// The payer must confirm.
    Challenged,
    /// The attempt was refused.
    Declined,
    /// The gateway is asked to take the authorised amount.
    RequestedCapture,
    /// The gateway is asked to give up an authorisation.
    RequestedVoid,
    /// The gateway is asked to give money back.
    RequestedRefund,
    /// The shop has the money.
    Captured,
    /// An authorisation was given up, or never asked for.
    Voided,
    /// Money went back.
    Refunded,
}

/// One thing that happened to a payment. Entries are never changed or removed.
#[derive(Clone, Debug)]
pub struct PaymentEntry {
    row: payment_entry::Model,
    currency: String,
}

/// What is to be paid for an order, and what became of it.
#[Object]
impl Payment {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it is paid with.
    async fn tender(&self, ctx: &Context<'_>) -> async_graphql::Result<PaymentTender> {
        let tender = found(ctx, Tender::parse(&self.0.method), "a payment of an unknown method")?;
        Ok(match tender {
            Tender::Method(Method::CashOnDelivery) => PaymentTender::CashOnDelivery,
            Tender::Method(Method::BankTransfer) => PaymentTender::BankTransfer,
            Tender::Method(Method::Card) => PaymentTender::Card,
            Tender::Credit(CreditKind::GiftCard) => PaymentTender::GiftCard,
            Tender::Credit(CreditKind::StoreCredit) => PaymentTender::StoreCredit,
            Tender::Nothing => PaymentTender::Nothing,
        })
    }

    /// Where it stands.
    async fn status(&self, ctx: &Context<'_>) -> async_graphql::Result<PaymentStatus> {
        Ok(self.standing(ctx)?.into())
    }

    /// Where it stands, in the reader's language.
    async fn status_label(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(i18n::label(ctx.cx().language(), "payment-status", self.standing(ctx)?.code()))
    }

    /// What is to be paid.
    async fn amount(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.0.currency, self.0.amount_minor)
    }

    /// What of `amount` fell away before it was paid, because the customer did not take the goods.
    async fn reduced(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.0.currency, self.0.reduced_minor)
    }

    /// What the gateway holds or held for the shop.
    async fn authorised(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.0.currency, self.0.authorised_minor)
    }

    /// What the shop got.
    async fn captured(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.0.currency, self.0.captured_minor)
    }

    /// What went back or is on its way back.
    async fn refunded(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.0.currency, self.0.refunded_minor)
    }

    /// Where the payer must confirm (3-D Secure): send the shopper there. None if there is nothing to confirm.
    async fn challenge_url(&self) -> Option<&str> {
        self.0.challenge_url.as_deref()
    }

    /// Why the last attempt failed; none if it did not.
    async fn decline_code(&self, ctx: &Context<'_>) -> Option<DeclineCode> {
        let is_told = ctx.cx().caller().permissions.contains(&Permission::ReadOrders);
        let code = self.decline().map(DeclineCode::from)?;
        let is_secret = code == DeclineCode::LostCard && !is_told;
        Some(if is_secret { DeclineCode::DoNotHonour } else { code })
    }

    /// What to tell the shopper of the attempt that failed, in the reader's language; none unless `status` is
    /// `DECLINED`.
    async fn decline_message(&self, ctx: &Context<'_>) -> Option<String> {
        let code = self.decline().filter(|_| self.0.status == Status::Declined.code())?;
        let reason = Arg::Label { group: "decline", code: code.code() };
        Some(i18n::message(ctx.cx().language(), "payment-declined", &[("reason", reason)]))
    }

    /// What happened to it, the oldest first.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn entries(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<PaymentEntry>>> {
        Some(self.history(ctx).await)
    }
}

impl Payment {
    async fn history(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PaymentEntry>> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let rows = loader::one(ctx, EntriesOf(self.0.id)).await?.unwrap_or_default();
        let entry = |row| PaymentEntry { row, currency: self.0.currency.clone() };
        Ok(rows.into_iter().map(entry).collect())
    }

    fn standing(&self, ctx: &Context<'_>) -> async_graphql::Result<Status> {
        found(ctx, Status::parse(&self.0.status), "a payment of an unknown status")
    }

    fn decline(&self) -> Option<gateway::DeclineCode> {
        self.0.decline_code.as_deref().and_then(gateway::DeclineCode::parse)
    }
}

/// One thing that happened to a payment. Entries are never changed or removed.
#[Object]
impl PaymentEntry {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// What happened.
    async fn kind(&self, ctx: &Context<'_>) -> async_graphql::Result<PaymentEntryKind> {
        let kind = EntryKind::parse(&self.row.kind);
        Ok(found(ctx, kind, "an entry of an unknown kind")?.into())
    }

    /// How much.
    async fn amount(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        amount(ctx, &self.currency, self.row.amount_minor)
    }

    /// Why, where it was refused.
    async fn decline_code(&self) -> Option<DeclineCode> {
        self.row.code.as_deref().and_then(gateway::DeclineCode::parse).map(DeclineCode::from)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.row.at)
    }
}
