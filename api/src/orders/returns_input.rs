//! The inputs of returns.

use app::orders::returns::{By, Inspect, Move, Receive, Refund, Request, SetDays, Wanted};
use async_graphql::{ID, InputObject, InputType};
use domain::{
    id::{Id, Return},
    invalid::{Check, Invalid, Problem},
    orders::{
        returns::{Decision, RETURN_DAYS_MAX},
        ship::Units,
    },
};
use store::Once;

use super::{
    input::{OrderLineUnitsInput, units},
    query::OrderBy,
    returns::{ReturnOutcome, ReturnReason},
};
use crate::graphql::input;

/// For how long goods that a channel sold may be sent back.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelReturnDaysSetInput {
    /// The channel's code.
    pub channel: String,
    /// Days after delivery, 365 at most.
    pub return_days: i64,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

impl ChannelReturnDaysSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetDays, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelReturnDaysSet", self.idempotency_key.as_deref(), &self);
        let days = check.field("returnDays", days(self.return_days));
        let Self { channel, dry_run: is_dry_run, .. } = self;
        check.done(days.map(|return_days| SetDays { channel, return_days, is_dry_run, once }))
    }
}

fn days(n: i64) -> Result<i64, Problem> {
    match n {
        ..0 => Err(Problem::QuantityNegative),
        n if n <= i64::from(RETURN_DAYS_MAX) => Ok(n),
        _ => Err(Problem::QuantityTooLarge { max: RETURN_DAYS_MAX }),
    }
}

/// Goods to send back.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnRequestInput {
    /// Of which order: by its id customers name their own, and staff with `ORDER_MANAGE` all.
    pub by: OrderBy,
    /// What, each line once.
    pub lines: Vec<ReturnLineInput>,
    /// What is to be said with it, at most 500 characters.
    pub note: Option<String>,
    /// Any text of yours: the same key with the same input asks once.
    pub idempotency_key: String,
}

/// Units of a line to send back.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnLineInput {
    /// The line.
    pub line: ID,
    /// How many of its units, above zero.
    pub quantity: u32,
    /// Why.
    pub reason: ReturnReason,
    /// Why, in words, at most 500 characters.
    pub note: Option<String>,
}

/// A return to agree to.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnApproveInput {
    /// The return.
    pub order_return: ID,
    /// What to tell the customer, at most 500 characters.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input agrees once.
    pub idempotency_key: String,
}

/// A return not to take.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnRejectInput {
    /// The return.
    pub order_return: ID,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input rejects once.
    pub idempotency_key: String,
}

/// A return whose goods came.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnReceiveInput {
    /// The return.
    pub order_return: ID,
    /// The code of the place where they came in.
    pub location: String,
    /// What came, each line once; all of it if left out.
    pub lines: Option<Vec<OrderLineUnitsInput>>,
    /// How they came, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input takes them once.
    pub idempotency_key: String,
}

/// A return of which it is decided what becomes of the goods.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnInspectInput {
    /// The return.
    pub order_return: ID,
    /// What becomes of all that came: each line once for each outcome.
    pub lines: Vec<ReturnInspectLineInput>,
    /// What was found, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input decides once.
    pub idempotency_key: String,
}

/// What becomes of units that came back.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnInspectLineInput {
    /// The line.
    pub line: ID,
    /// What becomes of them.
    pub outcome: ReturnOutcome,
    /// How many, above zero.
    pub quantity: u32,
}

/// A return to refund.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnRefundInput {
    /// The return.
    pub order_return: ID,
    /// How much, as a decimal string in the order's currency, above zero; if left out what the goods that came cost, or
    /// what is left of what was paid if that is less.
    pub amount: Option<String>,
    /// Whether it becomes the customer's store credit, instead of going back to what it was paid with. Not of orders of guests
    /// and of companies.
    #[graphql(default)]
    pub to_store_credit: bool,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input gives the money back once.
    pub idempotency_key: String,
}

impl ReturnRequestInput {
    /// Checks the order, the lines and the key.
    pub fn parse(self) -> Result<Request, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "returnRequest", Some(&self.idempotency_key), &self);
        let by = match &self.by {
            OrderBy::Id(id) => check.field("by", input::id(id)).map(By::Id),
            OrderBy::Guest(guest) => Some(By::Guest { number: guest.number.clone(), token: guest.token.clone() }),
        };
        let lines = check.nested("lines", wanted(self.lines));
        let ((by, lines), once) = check.done(by.zip(lines).zip(once))?;
        Ok(Request { by, lines, note: self.note, once: Some(once) })
    }
}

impl ReturnApproveInput {
    /// Checks the return and the key.
    pub fn parse(self) -> Result<Move, Invalid> {
        let (id, once) = which("returnApprove", &self.order_return, &self.idempotency_key, &self)?;
        Ok(Move { id, reason: self.reason, once: Some(once) })
    }
}

impl ReturnRejectInput {
    /// Checks the return and the key.
    pub fn parse(self) -> Result<Move, Invalid> {
        let (id, once) = which("returnReject", &self.order_return, &self.idempotency_key, &self)?;
        Ok(Move { id, reason: self.reason, once: Some(once) })
    }
}

impl ReturnReceiveInput {
    /// Checks the return, the lines and the key.
    pub fn parse(self) -> Result<Receive, Invalid> {
        let which = which("returnReceive", &self.order_return, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", self.lines.map(units).transpose());
        let ((id, once), lines) = check.done(which.zip(lines))?;
        Ok(Receive { id, location: self.location, lines, reason: self.reason, once: Some(once) })
    }
}

impl ReturnInspectInput {
    /// Checks the return, the lines and the key.
    pub fn parse(self) -> Result<Inspect, Invalid> {
        let which = which("returnInspect", &self.order_return, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", decisions(self.lines));
        let ((id, once), lines) = check.done(which.zip(lines))?;
        Ok(Inspect { id, lines, reason: self.reason, once: Some(once) })
    }
}

impl ReturnRefundInput {
    /// Checks the return and the key.
    pub fn parse(self) -> Result<Refund, Invalid> {
        let (id, once) = which("returnRefund", &self.order_return, &self.idempotency_key, &self)?;
        let Self { amount, to_store_credit, reason, .. } = self;
        Ok(Refund { id, amount, to_store_credit, reason, once: Some(once) })
    }
}

/// What every move says: which return, and what makes it happen once.
pub(super) fn which(
    operation: &'static str,
    id: &ID,
    key: &str,
    input: &impl InputType,
) -> Result<(Id<Return>, Once), Invalid> {
    let mut check = Check::default();
    let id = check.field("orderReturn", input::id(id));
    let once = input::once(&mut check, operation, Some(key), input);
    check.done(id.zip(once))
}

fn wanted(lines: Vec<ReturnLineInput>) -> Result<Vec<Wanted>, Invalid> {
    let lines = input::items(lines).map_err(Invalid::here)?;
    let (mut check, mut read) = (Check::default(), Vec::with_capacity(lines.len()));
    for (index, one) in lines.into_iter().enumerate() {
        let line = input::id(&one.line).map_err(|problem| Invalid::at("line", problem).under(&index.to_string()));
        let Some(line) = check.here(line) else { continue };
        let units = Units { line, quantity: i64::from(one.quantity) };
        read.push(Wanted { units, reason: one.reason.into(), note: one.note });
    }
    check.done(Some(read))
}

fn decisions(lines: Vec<ReturnInspectLineInput>) -> Result<Vec<Decision>, Invalid> {
    let lines = input::items(lines).map_err(Invalid::here)?;
    let (mut check, mut read) = (Check::default(), Vec::with_capacity(lines.len()));
    for (index, one) in lines.into_iter().enumerate() {
        let line = input::id(&one.line).map_err(|problem| Invalid::at("line", problem).under(&index.to_string()));
        let Some(line) = check.here(line) else { continue };
        read.push(Decision { line, outcome: one.outcome.into(), quantity: i64::from(one.quantity) });
    }
    check.done(Some(read))
}
