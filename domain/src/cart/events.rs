//! What happens to carts.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Cart, Id, Variant},
    time::Instant,
};

/// What happened to a cart.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CartEvent {
    /// What it held for some time is free again.
    ReservationExpired {
        /// The cart.
        cart: Id<Cart>,
        /// What it held.
        lines: Vec<Lapsed>,
        /// When.
        at: Instant,
    },
}

/// Units that a cart holds no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lapsed {
    /// Of what.
    pub variant: Id<Variant>,
    /// How many.
    pub quantity: i64,
}

impl Event for CartEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::ReservationExpired { .. } => "cart.reservation_expired",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::ReservationExpired { cart, .. } => (*cart).into(),
        }
    }
}
