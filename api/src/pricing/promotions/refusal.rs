//! Why a promotion took nothing off, to switch on.

use async_graphql::Enum;
use domain::pricing::promotions::{Why, condition::Unmet};

/// Why a promotion took nothing off.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscountRefusal {
    /// It has not started yet.
    NotYet,
    /// It has ended.
    Over,
    /// It was used as often as it may be.
    UsedUp,
    /// Whoever buys used it as often as they may.
    UsedUpByCustomer,
    /// The company that is bought for used it as often as it may.
    UsedUpByOrganisation,
    /// Nothing is left of its budget.
    BudgetSpent,
    /// It is for customers who are signed in.
    SignIn,
    /// It is for other customers.
    OtherCustomers,
    /// It is for other ways to pay.
    OtherPayment,
    /// It is for some ways to pay, or off the fee of one, and none is chosen yet.
    NoPayment,
    /// It is for other countries.
    OtherCountry,
    /// It runs at other hours.
    OtherHours,
    /// What it excludes holds.
    Excluded,
    /// So many pieces more must be bought of what counts towards it: `missingQuantity`.
    MissingQuantity,
    /// It must be bought for so much more of what counts towards it: `missingAmount`.
    MissingAmount,
    /// More of several things must be bought together.
    MissingSeveral,
    /// Nothing is bought that it is about, but for what made a set for another.
    NothingToTake,
    /// What it is about costs no more than it would by it.
    CheapAlready,
    /// The gift is earned, and is not in the cart.
    GiftNotInCart,
    /// It is about delivery, and no way of delivery is chosen yet.
    NoDelivery,
    /// Another of its group takes off more, or as much and comes first: `by`.
    BetterInGroup,
    /// Another takes off more, or as much and comes first, and applies with no other: `by`.
    Exclusive,
    /// It applies with no other, and others together take off as much or more.
    BetterTogether,
    /// The discounts come to all that the channel allows.
    Capped,
    /// What it is about costs the lowest already that it is sold at.
    AtFloor,
}

impl From<Why> for DiscountRefusal {
    fn from(why: Why) -> Self {
        match why {
            Why::NotYet => Self::NotYet,
            Why::Over => Self::Over,
            Why::UsedUp => Self::UsedUp,
            Why::UsedUpByCustomer => Self::UsedUpByCustomer,
            Why::UsedUpByOrganisation => Self::UsedUpByOrganisation,
            Why::BudgetSpent => Self::BudgetSpent,
            Why::SignIn => Self::SignIn,
            Why::Unmet(unmet) => unmet.into(),
            Why::NothingToTake => Self::NothingToTake,
            Why::CheapAlready => Self::CheapAlready,
            Why::GiftNotInCart => Self::GiftNotInCart,
            Why::NoDelivery => Self::NoDelivery,
            Why::BetterInGroup { .. } => Self::BetterInGroup,
            Why::Exclusive { .. } => Self::Exclusive,
            Why::BetterTogether { .. } => Self::BetterTogether,
            Why::Capped => Self::Capped,
            Why::AtFloor => Self::AtFloor,
        }
    }
}

impl From<Unmet> for DiscountRefusal {
    fn from(unmet: Unmet) -> Self {
        match unmet {
            Unmet::Quantity { .. } => Self::MissingQuantity,
            Unmet::Amount { .. } => Self::MissingAmount,
            Unmet::Several => Self::MissingSeveral,
            Unmet::Customer => Self::OtherCustomers,
            Unmet::SignIn => Self::SignIn,
            Unmet::Payment => Self::OtherPayment,
            Unmet::NoPayment => Self::NoPayment,
            Unmet::Country => Self::OtherCountry,
            Unmet::Hours => Self::OtherHours,
            Unmet::Excluded => Self::Excluded,
        }
    }
}
