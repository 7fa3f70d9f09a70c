//! The inputs of moves of orders.

use app::orders::{Cancel, Move, Refund, Ship};
use async_graphql::{ID, InputObject, InputType};
use domain::{
    id::{Id, Order},
    invalid::{Check, Invalid},
    orders::ship::Units,
};
use store::Once;

use crate::graphql::input;

/// Declares the input of a mutation of which nothing more is to be said than the order, and how it becomes a move.
macro_rules! move_input {
    ($(#[$doc:meta])* $input:ident, $operation:literal) => {
        $(#[$doc])*
        #[derive(InputObject, Clone, Debug)]
        pub struct $input {
            /// The order.
            pub order: ID,
            /// The order's version that you saw last; refused if it was moved since.
            pub expected_version: Option<i64>,
            /// Any text of yours: the same key with the same input moves the order once.
            pub idempotency_key: String,
        }

        impl $input {
            /// Checks every field.
            pub fn parse(self) -> Result<Move, Invalid> {
                let (order, once) = which($operation, &self.order, &self.idempotency_key, &self)?;
                Ok(Move { order, expected_version: self.expected_version, once: Some(once) })
            }
        }
    };
}

move_input! {
    /// An order to accept.
    OrderConfirmInput, "orderConfirm"
}
move_input! {
    /// An order to set the goods aside for.
    OrderAllocateInput, "orderAllocate"
}
move_input! {
    /// An order that arrived.
    OrderDeliverInput, "orderDeliver"
}
move_input! {
    /// An order whose bank transfer arrived.
    OrderMarkAsPaidInput, "orderMarkAsPaid"
}

/// An order to hand to a carrier.
#[derive(InputObject, Clone, Debug)]
pub struct OrderShipInput {
    /// The order.
    pub order: ID,
    /// Who carries it, at most 60 characters. The customer sees it.
    pub carrier: String,
    /// The carrier's number, at most 60 characters. The customer sees it.
    pub tracking: String,
    /// What leaves, each line once; all that is left if left out.
    pub lines: Option<Vec<OrderLineUnitsInput>>,
    /// The code of the place that it leaves from; any place if left out.
    pub location: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input ships the order once.
    pub idempotency_key: String,
}

/// Units of a line of an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderLineUnitsInput {
    /// The line.
    pub line: ID,
    /// How many of its units, above zero.
    pub quantity: u32,
}

/// An order to end.
#[derive(InputObject, Clone, Debug)]
pub struct OrderCancelInput {
    /// The order.
    pub order: ID,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input cancels the order once.
    pub idempotency_key: String,
}

/// Money of an order to give back.
#[derive(InputObject, Clone, Debug)]
pub struct OrderRefundInput {
    /// The order.
    pub order: ID,
    /// How much, as a decimal string in the order's currency, above zero; all that is left if left out.
    pub amount: Option<String>,
    /// Which of its payments gives it back; left out, the payment by its method does before gift cards, and those before store
    /// credit.
    pub payment: Option<ID>,
    /// Whether it becomes the customer's store credit, instead of going back to what it was paid with. Not of orders of guests
    /// and of companies.
    #[graphql(default)]
    pub to_store_credit: bool,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input gives the money back once.
    pub idempotency_key: String,
}

impl OrderShipInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<Ship, Invalid> {
        let which = which("orderShip", &self.order, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", self.lines.map(units).transpose());
        let ((order, once), lines) = check.done(which.zip(lines))?;
        let Self { carrier, tracking, location, expected_version, .. } = self;
        Ok(Ship { order, carrier, tracking, lines, location, expected_version, once: Some(once) })
    }
}

impl OrderCancelInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<Cancel, Invalid> {
        let (order, once) = which("orderCancel", &self.order, &self.idempotency_key, &self)?;
        let Self { reason, expected_version, .. } = self;
        Ok(Cancel { order, reason, expected_version, once: Some(once) })
    }
}

impl OrderRefundInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<Refund, Invalid> {
        let (order, once) = which("orderRefund", &self.order, &self.idempotency_key, &self)?;
        let Self { amount, to_store_credit, reason, expected_version, .. } = self;
        let payment = self.payment.as_ref().map(input::id).transpose();
        let payment = payment.map_err(|problem| Invalid::at("payment", problem))?;
        Ok(Refund { order, amount, payment, to_store_credit, reason, expected_version, once: Some(once) })
    }
}

/// Units of lines, of which every wrong one is said by its place.
pub(super) fn units(lines: Vec<OrderLineUnitsInput>) -> Result<Vec<Units>, Invalid> {
    let lines = input::items(lines).map_err(Invalid::here)?;
    let (mut check, mut read) = (Check::default(), Vec::with_capacity(lines.len()));
    for (index, units) in lines.into_iter().enumerate() {
        let line = input::id(&units.line).map_err(|problem| Invalid::at("line", problem).under(&index.to_string()));
        read.extend(check.here(line).map(|line| Units { line, quantity: i64::from(units.quantity) }));
    }
    check.done(Some(read))
}

/// What every move says: which order, and what makes it happen once.
pub(super) fn which(
    operation: &'static str,
    order: &ID,
    key: &str,
    input: &impl InputType,
) -> Result<(Id<Order>, Once), Invalid> {
    let mut check = Check::default();
    let order = check.field("order", input::id(order));
    let once = input::once(&mut check, operation, Some(key), input);
    check.done(order.zip(once))
}
