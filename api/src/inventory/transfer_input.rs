//! The inputs of transfers.

use app::inventory::{CancelTransfer, ReceiveTransfer, ShipTransfer, TransferLine};
use async_graphql::{ID, InputObject};
use domain::{
    id::{Id, Variant},
    invalid::{Check, Invalid, Problem},
    inventory::units,
    orders::reason,
    text,
};

use super::input::{REFERENCE_MAX, StockOnFailure, lines};
use crate::graphql::input;

/// Goods to send to another place.
#[derive(InputObject, Clone, Debug)]
pub struct StockTransferShipInput {
    /// From where.
    pub from: ID,
    /// To where: another place.
    pub to: ID,
    /// What: each variant once, 500 at most.
    pub lines: Vec<StockTransferLineInput>,
    /// The shipper's paper, at most 200 characters.
    pub reference: Option<String>,
    /// Any text of yours: the same key with the same input sends once.
    pub idempotency_key: String,
}

/// Units of one variant in a transfer.
#[derive(InputObject, Clone, Debug)]
pub struct StockTransferLineInput {
    /// Of what.
    pub variant: ID,
    /// Units, above zero; 1,000,000 at most.
    pub quantity: i64,
}

/// Goods that came from another place.
#[derive(InputObject, Clone, Debug)]
pub struct StockTransferReceiveInput {
    /// The transfer.
    pub transfer: ID,
    /// What came: each variant once. None: nothing came.
    #[graphql(default)]
    pub lines: Vec<StockTransferLineInput>,
    /// Whether nothing more will come: what is still under way is lost then, and `reason` says why.
    #[graphql(default = true)]
    pub close: bool,
    /// Why less came than went, at most 500 characters.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input receives once.
    pub idempotency_key: String,
}

/// A transfer to give up.
#[derive(InputObject, Clone, Debug)]
pub struct StockTransferCancelInput {
    /// The transfer.
    pub transfer: ID,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input cancels once.
    pub idempotency_key: String,
}

fn line(check: &mut Check, line: usize, of: &StockTransferLineInput) -> Option<(Id<Variant>, TransferLine)> {
    let variant = check.field("variant", input::id(&of.variant));
    let quantity = check.field("quantity", units::some(of.quantity));
    let (variant, quantity) = variant.zip(quantity)?;
    Some((variant, TransferLine { line, variant, quantity }))
}

impl StockTransferShipInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ShipTransfer, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockTransferShip", Some(&self.idempotency_key), &self);
        let from = check.field("from", input::id(&self.from));
        let to = check.field("to", input::id(&self.to));
        if from.is_some() && from == to {
            check.wrong("to", Problem::Duplicate);
        }
        let paper = self.reference.as_deref().map(|text| text::line(text, REFERENCE_MAX)).transpose();
        let paper = check.field("reference", paper);
        let read = |check: &mut Check, index, of: StockTransferLineInput| line(check, index, &of);
        let lines = lines(&mut check, self.lines, StockOnFailure::RejectAll, read);
        let ends = from.zip(to);
        let built = ends.zip(lines).zip(paper.zip(once)).map(|(((from, to), (lines, _)), (reference, once))| {
            ShipTransfer { from, to, lines, reference, once: Some(once) }
        });
        check.done(built)
    }
}

impl StockTransferReceiveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ReceiveTransfer, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockTransferReceive", Some(&self.idempotency_key), &self);
        let transfer = check.field("transfer", input::id(&self.transfer));
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let read = |check: &mut Check, index, of: StockTransferLineInput| line(check, index, &of);
        let lines = if self.lines.is_empty() {
            Some((Vec::new(), Vec::new()))
        } else {
            lines(&mut check, self.lines, StockOnFailure::RejectAll, read)
        };
        let close = self.close;
        let built = transfer.zip(reason).zip(lines.zip(once)).map(|((transfer, reason), ((lines, _), once))| {
            ReceiveTransfer { transfer, lines, close, reason, once: Some(once) }
        });
        check.done(built)
    }
}

impl StockTransferCancelInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CancelTransfer, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockTransferCancel", Some(&self.idempotency_key), &self);
        let transfer = check.field("transfer", input::id(&self.transfer));
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let built = transfer.zip(reason).zip(once).map(|((transfer, reason), once)| CancelTransfer {
            transfer,
            reason,
            once: Some(once),
        });
        check.done(built)
    }
}
