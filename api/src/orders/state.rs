//! Where orders stand, and what may be done with them.

use app::cx::Caller;
use async_graphql::{Context, Enum, SimpleObject};
use domain::{
    language::Language,
    orders::{
        hold::stops,
        state::{Action, By, Rule, State},
    },
};

use crate::{graphql::language::Reading, i18n};

/// Where an order stands. The moves named are all there are; what is not named is refused.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "State")]
pub enum OrderState {
    /// Placed; its stock is held until the payment's deadline.
    /// Moves: `PAY` → `PLACED`, `EXPIRE` → `CANCELLED`, `CANCEL_PART` → `AWAITING_PAYMENT`, `CANCEL` → `CANCELLED`.
    AwaitingPayment,
    /// Placed; paid, authorised, or to be paid on delivery.
    /// Moves: `CONFIRM` → `CONFIRMED`, `EDIT` → `PLACED`, `CANCEL_PART` → `PLACED`, `CANCEL` → `CANCELLED`.
    Placed,
    /// Accepted by the shop.
    /// Moves: `ALLOCATE` → `ALLOCATED`, `EDIT` → `CONFIRMED`, `CANCEL_PART` → `CONFIRMED`, `CANCEL` → `CANCELLED`.
    Confirmed,
    /// Assigned to the places it ships from.
    /// Moves: `SHIP` → `SHIPPED`, `SHIP_PART` → `PARTLY_SHIPPED`, `EDIT` → `ALLOCATED`, `CANCEL_PART` → `ALLOCATED`,
    /// `CANCEL` → `CANCELLED`.
    Allocated,
    /// A part of it was handed to the carrier. Moves: `SHIP` → `SHIPPED`, `SHIP_PART` → `PARTLY_SHIPPED`,
    /// `EDIT` → `PARTLY_SHIPPED`, `CANCEL_PART` → `PARTLY_SHIPPED`, `CANCEL_REST` → `SHIPPED`.
    PartlyShipped,
    /// Handed to the carrier. Moves: `DELIVER` → `DELIVERED`, `REFUSE` → `REFUSED`.
    Shipped,
    /// With the customer. Moves: `EXCHANGE` → `PARTLY_SHIPPED`, `REFUND_PART` → `DELIVERED`, `REFUND` → `REFUNDED`.
    Delivered,
    /// The customer took nothing of it: it is on its way back, or back. Moves: none.
    Refused,
    /// Ended before anything left; its stock is back. Moves: none.
    Cancelled,
    /// Delivered, and all of its money given back. Moves: none.
    Refunded,
}

/// What can be done with an order.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Action")]
pub enum OrderAction {
    /// The payment was authorised or received. The shop's own move; `orderMarkAsPaid` makes it too.
    Pay,
    /// The shop accepts the order: `orderConfirm`.
    Confirm,
    /// The warehouse sets the goods aside: `orderAllocate`.
    Allocate,
    /// The carrier takes the goods: `orderShip`.
    Ship,
    /// The carrier takes a part of the goods: `orderShip` with `lines` or `location`.
    ShipPart,
    /// The customer has the goods: `orderDeliver`.
    Deliver,
    /// The customer takes nothing of it. The shop's own move, by `shipmentRefuse` of its last shipment.
    Refuse,
    /// Staff end the order before anything left: `orderCancel`.
    Cancel,
    /// Staff cancel units that have not left, not all of them: `orderLinesCancel`.
    CancelPart,
    /// Staff cancel all that has not left of an order of which a part left: `orderLinesCancel`.
    CancelRest,
    /// Staff change what has not left: `orderEdit`.
    Edit,
    /// Goods that came back are exchanged for others, which are to leave. The shop's own move, by `returnExchange`.
    Exchange,
    /// The payment's deadline passed. The shop's own move.
    Expire,
    /// All captured money goes back: `orderRefund`.
    Refund,
    /// A part of the captured money goes back: `orderRefund` with an `amount`.
    RefundPart,
}

/// A move that the caller may make now.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderTransition {
    /// What is done.
    pub action: OrderAction,
    /// The state after it.
    pub to: OrderState,
    /// The permission that it needs and that the caller has, such as `ORDER_MANAGE`.
    pub requires: &'static str,
    /// What to write on its button, in the reader's language.
    pub label: String,
}

/// The moves of staff out of a state that the caller may make, and that no hold stops.
pub fn available((state, is_on_hold): (State, bool), caller: &Caller, language: Language) -> Vec<OrderTransition> {
    let offer = |rule: &Rule| match rule.by {
        By::Staff(permission) if caller.permissions.contains(&permission) => Some(OrderTransition {
            action: rule.action.into(),
            to: rule.to.into(),
            requires: permission.code(),
            label: i18n::label(language, "order-action", rule.action.code()),
        }),
        By::Staff(_) | By::System => None,
    };
    state.moves().filter(|rule| !is_on_hold || !stops(rule.action)).filter_map(offer).collect()
}

/// The name of a state, in the reader's language.
pub fn label(ctx: &Context<'_>, state: State) -> String {
    i18n::label(ctx.cx().language(), "order-state", state.code())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };
    use domain::{
        identity::permission::Permission,
        orders::state::{TABLE, diagram},
    };

    use super::*;

    /// The descriptions of the values of an enum in the schema.
    fn described(name: &str) -> BTreeMap<String, String> {
        let schema = parse_schema(crate::schema::sdl()).unwrap();
        let values = schema.definitions.into_iter().find_map(|definition| {
            let TypeSystemDefinition::Type(found) = definition else { return None };
            let TypeKind::Enum(values) = found.node.kind else { return None };
            (found.node.name.node == name).then_some(values.values)
        });
        let text = |description: &str| description.split_whitespace().collect::<Vec<_>>().join(" ");
        let values = values.unwrap().into_iter().map(|value| value.node);
        values.map(|value| (value.value.node.to_string(), text(&value.description.unwrap().node))).collect()
    }

    #[test]
    fn the_schema_describes_each_state_by_its_moves() {
        let described = described("OrderState");
        assert_eq!(described.len(), State::ALL.len());
        for state in State::ALL {
            let moves = TABLE.iter().filter(|rule| rule.from == state);
            let moves: Vec<_> = moves.map(|rule| format!("`{}` → `{}`", rule.action.code(), rule.to.code())).collect();
            let moves = if moves.is_empty() { "none".to_owned() } else { moves.join(", ") };
            let text = &described[state.code()];
            assert!(text.ends_with(&format!(". Moves: {moves}.")), "{}: {text}", state.code());
        }
    }

    #[test]
    fn the_schema_has_every_action() {
        let described: BTreeSet<_> = described("OrderAction").into_keys().collect();
        assert_eq!(described, Action::ALL.map(|action| action.code().to_owned()).into());
    }

    #[test]
    fn the_architecture_shows_the_machine_as_it_is() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(&format!("```mermaid\n{}\n```", diagram())), "expected:\n{}", diagram());
    }

    #[test]
    fn every_state_and_action_has_a_name_in_every_language() {
        for language in Language::ALL {
            let states = State::ALL.into_iter().map(|state| ("order-state", state.code()));
            let actions = Action::ALL.into_iter().map(|action| ("order-action", action.code()));
            for (group, code) in states.chain(actions) {
                let key = format!("{group}-{}", code.to_lowercase().replace('_', "-"));
                assert!(i18n::has(language, &key), "{key}");
            }
        }
    }

    #[test]
    fn nobody_is_offered_what_they_may_not_do() {
        let offered = |permissions: &[Permission], state| {
            let permissions = permissions.iter().copied().collect();
            let caller = Caller { account: None, permissions, is_staff: true };
            let offered = available((state, false), &caller, Language::En).into_iter();
            offered.map(|one| Action::from(one.action)).collect::<Vec<_>>()
        };
        for state in State::ALL {
            assert_eq!(offered(&[], state), []);
        }
        let changes = [Action::Edit, Action::CancelPart, Action::Cancel];
        assert_eq!(offered(&[Permission::ManageOrders], State::Confirmed), changes);
        let all = [Action::Allocate, Action::Edit, Action::CancelPart, Action::Cancel];
        assert_eq!(offered(&Permission::ALL, State::Confirmed), all);
        assert_eq!(offered(&Permission::ALL, State::AwaitingPayment), [Action::CancelPart, Action::Cancel]);
        assert_eq!(offered(&[Permission::ManagePayments], State::Delivered), [Action::RefundPart, Action::Refund]);
    }
}
