//! The order state machine, declared once as a table.
//!
//! The documentation of `OrderState`, `order.availableTransitions` and the diagram in
//! `ARCHITECTURE.md` all come from [`TABLE`]; tests compare them.

use serde::Serialize;

use crate::identity::permission::Permission;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Placed; its stock is held until the payment's deadline.
    AwaitingPayment,
    /// Placed; paid, authorised, or to be paid on delivery.
    Placed,
    /// Accepted by the shop.
    Confirmed,
    /// Assigned to the places it ships from.
    Allocated,
    /// A part of it was handed to the carrier.
    PartlyShipped,
    /// Handed to the carrier.
    Shipped,
    /// With the customer.
    Delivered,
    /// The customer took nothing of it: it is on its way back, or back.
    Refused,
    /// Ended before anything left; its stock is back.
    Cancelled,
    /// Delivered, and all of its money given back.
    Refunded,
}

/// What can be done to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// The payment was authorised or received.
    Pay,
    /// The shop accepts the order.
    Confirm,
    /// The warehouse sets the goods aside.
    Allocate,
    /// The carrier takes the goods.
    Ship,
    /// The carrier takes a part of the goods.
    ShipPart,
    /// The customer has the goods.
    Deliver,
    /// The customer takes nothing of it.
    Refuse,
    /// Staff end the order before anything left.
    Cancel,
    /// Staff cancel units that have not left, not all of them.
    CancelPart,
    /// Staff cancel all that has not left of an order of which a part left.
    CancelRest,
    /// Staff change what has not left: units fall away, others come in.
    Edit,
    /// Goods that came back are exchanged for others, which leave.
    Exchange,
    /// The payment's deadline passed.
    Expire,
    /// All captured money goes back.
    Refund,
    /// A part of the captured money goes back.
    RefundPart,
}

/// Who may take an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The system, on news of the payment or of the clock.
    System,
    /// Staff with this permission.
    Staff(Permission),
}

/// One legal move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is done.
    pub action: Action,
    /// In which state it may be done.
    pub from: State,
    /// The state after it.
    pub to: State,
    /// Who may do it.
    pub by: By,
}

const fn rule(from: State, action: Action, to: State, by: By) -> Rule {
    Rule { action, from, to, by }
}

/// Every legal move. What is not here cannot happen.
pub const TABLE: &[Rule] = &[
    rule(State::AwaitingPayment, Action::Pay, State::Placed, By::System),
    rule(State::AwaitingPayment, Action::Expire, State::Cancelled, By::System),
    rule(State::AwaitingPayment, Action::CancelPart, State::AwaitingPayment, By::Staff(Permission::ManageOrders)),
    rule(State::AwaitingPayment, Action::Cancel, State::Cancelled, By::Staff(Permission::ManageOrders)),
    rule(State::Placed, Action::Confirm, State::Confirmed, By::Staff(Permission::ManageOrders)),
    rule(State::Placed, Action::Edit, State::Placed, By::Staff(Permission::ManageOrders)),
    rule(State::Placed, Action::CancelPart, State::Placed, By::Staff(Permission::ManageOrders)),
    rule(State::Placed, Action::Cancel, State::Cancelled, By::Staff(Permission::ManageOrders)),
    rule(State::Confirmed, Action::Allocate, State::Allocated, By::Staff(Permission::FulfilOrders)),
    rule(State::Confirmed, Action::Edit, State::Confirmed, By::Staff(Permission::ManageOrders)),
    rule(State::Confirmed, Action::CancelPart, State::Confirmed, By::Staff(Permission::ManageOrders)),
    rule(State::Confirmed, Action::Cancel, State::Cancelled, By::Staff(Permission::ManageOrders)),
    rule(State::Allocated, Action::Ship, State::Shipped, By::Staff(Permission::FulfilOrders)),
    rule(State::Allocated, Action::ShipPart, State::PartlyShipped, By::Staff(Permission::FulfilOrders)),
    rule(State::Allocated, Action::Edit, State::Allocated, By::Staff(Permission::ManageOrders)),
    rule(State::Allocated, Action::CancelPart, State::Allocated, By::Staff(Permission::ManageOrders)),
    rule(State::Allocated, Action::Cancel, State::Cancelled, By::Staff(Permission::ManageOrders)),
    rule(State::PartlyShipped, Action::Ship, State::Shipped, By::Staff(Permission::FulfilOrders)),
    rule(State::PartlyShipped, Action::ShipPart, State::PartlyShipped, By::Staff(Permission::FulfilOrders)),
    rule(State::PartlyShipped, Action::Edit, State::PartlyShipped, By::Staff(Permission::ManageOrders)),
    rule(State::PartlyShipped, Action::CancelPart, State::PartlyShipped, By::Staff(Permission::ManageOrders)),
    rule(State::PartlyShipped, Action::CancelRest, State::Shipped, By::Staff(Permission::ManageOrders)),
    rule(State::Shipped, Action::Deliver, State::Delivered, By::Staff(Permission::FulfilOrders)),
    rule(State::Shipped, Action::Refuse, State::Refused, By::System),
    rule(State::Delivered, Action::Exchange, State::PartlyShipped, By::System),
    rule(State::Delivered, Action::RefundPart, State::Delivered, By::Staff(Permission::ManagePayments)),
    rule(State::Delivered, Action::Refund, State::Refunded, By::Staff(Permission::ManagePayments)),
];

/// The action is not legal in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action:?} is not legal in {state:?}")]
pub struct NotAllowed {
    /// Where the order stands.
    pub state: State,
    /// What was asked.
    pub action: Action,
}

impl State {
    /// Every state, in the order of an order's life.
    pub const ALL: [Self; 10] = [
        Self::AwaitingPayment,
        Self::Placed,
        Self::Confirmed,
        Self::Allocated,
        Self::PartlyShipped,
        Self::Shipped,
        Self::Delivered,
        Self::Refused,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "AWAITING_PAYMENT",
            Self::Placed => "PLACED",
            Self::Confirmed => "CONFIRMED",
            Self::Allocated => "ALLOCATED",
            Self::PartlyShipped => "PARTLY_SHIPPED",
            Self::Shipped => "SHIPPED",
            Self::Delivered => "DELIVERED",
            Self::Refused => "REFUSED",
            Self::Cancelled => "CANCELLED",
            Self::Refunded => "REFUNDED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state after `action`.
    pub fn after(self, action: Action) -> Result<Self, NotAllowed> {
        TABLE
            .iter()
            .find(|rule| rule.from == self && rule.action == action)
            .map(|rule| rule.to)
            .ok_or(NotAllowed { state: self, action })
    }

    /// The legal moves out of this state.
    pub fn moves(self) -> impl Iterator<Item = &'static Rule> {
        TABLE.iter().filter(move |rule| rule.from == self)
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 15] = [
        Self::Pay,
        Self::Confirm,
        Self::Allocate,
        Self::Ship,
        Self::ShipPart,
        Self::Deliver,
        Self::Refuse,
        Self::Cancel,
        Self::CancelPart,
        Self::CancelRest,
        Self::Edit,
        Self::Exchange,
        Self::Expire,
        Self::Refund,
        Self::RefundPart,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pay => "PAY",
            Self::Confirm => "CONFIRM",
            Self::Allocate => "ALLOCATE",
            Self::Ship => "SHIP",
            Self::ShipPart => "SHIP_PART",
            Self::Deliver => "DELIVER",
            Self::Refuse => "REFUSE",
            Self::Cancel => "CANCEL",
            Self::CancelPart => "CANCEL_PART",
            Self::CancelRest => "CANCEL_REST",
            Self::Edit => "EDIT",
            Self::Exchange => "EXCHANGE",
            Self::Expire => "EXPIRE",
            Self::Refund => "REFUND",
            Self::RefundPart => "REFUND_PART",
        }
    }

    /// The action of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

/// The machine as a Mermaid state diagram, as `ARCHITECTURE.md` shows it.
pub fn diagram() -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    lines.extend(["AWAITING_PAYMENT", "PLACED"].map(|first| format!("    [*] --> {first}")));
    lines.extend(
        TABLE.iter().map(|rule| format!("    {} --> {}: {}", rule.from.code(), rule.to.code(), rule.action.code())),
    );
    lines.extend(
        State::ALL
            .into_iter()
            .filter(|state| state.moves().next().is_none())
            .map(|last| format!("    {} --> [*]", last.code())),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reached_and_every_action_used() {
        for state in State::ALL {
            let first = matches!(state, State::AwaitingPayment | State::Placed);
            assert!(first || TABLE.iter().any(|rule| rule.to == state), "{state:?}");
            assert_eq!(State::parse(state.code()), Some(state));
        }
        for action in Action::ALL {
            assert!(TABLE.iter().any(|rule| rule.action == action), "{action:?}");
            assert_eq!(Action::parse(action.code()), Some(action));
        }
    }

    #[test]
    fn a_move_has_one_outcome_and_anything_else_is_refused() {
        for state in State::ALL {
            for action in Action::ALL {
                let rules = state.moves().filter(|rule| rule.action == action).count();
                assert!(rules <= 1, "{state:?} {action:?}");
                assert_eq!(state.after(action).is_ok(), rules == 1, "{state:?} {action:?}");
            }
        }
    }

    #[test]
    fn nothing_is_cancelled_after_it_left() {
        for state in [State::PartlyShipped, State::Shipped, State::Delivered, State::Cancelled, State::Refunded] {
            assert_eq!(state.after(Action::Cancel), Err(NotAllowed { state, action: Action::Cancel }));
        }
    }
}
