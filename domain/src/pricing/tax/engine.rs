//! The port to tax engines, without I/O: who says how something is taxed in the place of the shop's own rules.
//!
//! An engine is asked how things of some classes are taxed for one who buys, delivered to a place: it says a [`Treatment`] of
//! each, and for how long that is good. What is taxed so, how much it comes to and how that is rounded stays with the shop, so
//! that an order closes to the minor unit whoever said how it is taxed, and so that what is edited or given back later is
//! taxed as it was when it was bought.

use std::{collections::HashMap, time::Duration};

use super::{Treatment, exemption::Payer, rules::Place};
use crate::{
    id::{Account, Id, Organisation, TaxClass},
    identity::country::Country,
    outside::{HttpRequest, HttpResponse},
    time::Instant,
};

/// For how long an answer is good that does not say it.
pub const GOOD_FOR: Duration = Duration::from_hours(1);
/// The longest time for which an answer is good.
pub const GOOD_FOR_MAX: Duration = Duration::from_hours(24);
/// The shortest.
pub const GOOD_FOR_MIN: Duration = Duration::from_mins(1);

/// What goes where the engine does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// The shop's own rules: orders are taken, and taxed by them.
    Rules,
    /// Nothing: no order is taken until the engine answers.
    Refuse,
}

impl Fallback {
    /// Every fallback.
    pub const ALL: [Self; 2] = [Self::Rules, Self::Refuse];

    /// Its name in the database and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rules => "RULES",
            Self::Refuse => "REFUSE",
        }
    }

    /// The fallback of a name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fallback| fallback.code() == code)
    }
}

/// Who buys, as an engine is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Taxpayer {
    /// Nobody who is known.
    Guest,
    /// A customer.
    Customer(Id<Account>),
    /// A company, whoever buys for it.
    Organisation(Id<Organisation>),
}

impl Taxpayer {
    /// A text that is the same for the same one, and for no other.
    pub fn key(self) -> String {
        match self {
            Self::Guest => String::new(),
            Self::Customer(customer) => customer.to_string(),
            Self::Organisation(organisation) => organisation.to_string(),
        }
    }
}

impl From<Payer<'_>> for Taxpayer {
    fn from(payer: Payer<'_>) -> Self {
        match (payer.seat, payer.customer) {
            (Some(seat), _) => Self::Organisation(seat.organisation),
            (None, Some(customer)) => Self::Customer(customer),
            (None, None) => Self::Guest,
        }
    }
}

/// What an engine is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The code of the channel that sells.
    pub channel: String,
    /// The channel's country.
    pub from: Country,
    /// Where it is delivered to.
    pub to: Place,
    /// Who buys.
    pub taxpayer: Taxpayer,
    /// The number under which they pay value added tax; none if it is not known.
    pub tax_number: Option<String>,
    /// The classes of what is bought, and of delivery and fees.
    pub classes: Vec<Class>,
    /// When.
    pub at: Instant,
}

/// A class of what is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Which; `None`: the standard one.
    pub id: Option<Id<TaxClass>>,
    /// Its code; none of the standard one.
    pub code: Option<String>,
}

/// What an engine says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How things of classes that were asked for are taxed; of those that it does not know it says nothing.
    pub treatments: HashMap<Option<Id<TaxClass>>, Treatment>,
    /// For how long it is good.
    pub good_for: Duration,
}

/// An engine said nothing that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tax engine answered {status}, {why}")]
pub struct NotAnswered {
    /// The status code.
    pub status: u16,
    /// Whether it would not answer another question either.
    pub is_down: bool,
    /// What is wrong with it.
    pub why: &'static str,
}

/// An engine that says how things are taxed.
pub trait TaxEngine: Send + Sync {
    /// Asks.
    fn ask(&self, question: &Question) -> HttpRequest;
    /// Reads the answer.
    fn answer(&self, question: &Question, answer: &HttpResponse) -> Result<Answer, NotAnswered>;
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisations::seat::Seat;

    #[test]
    fn a_company_is_asked_for_whoever_buys_for_it() {
        let (customer, organisation) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let seat = Seat { organisation, units: Vec::new() };
        let payer = Payer { customer: Some(customer), ..Payer::default() };
        assert_eq!(Taxpayer::from(Payer { seat: Some(&seat), ..payer }), Taxpayer::Organisation(organisation));
        assert_eq!(Taxpayer::from(payer), Taxpayer::Customer(customer));
        assert_eq!(Taxpayer::from(Payer::default()), Taxpayer::Guest);
    }

    #[test]
    fn fallbacks_are_named_once() {
        for fallback in Fallback::ALL {
            assert_eq!(Fallback::parse(fallback.code()), Some(fallback));
        }
        assert_eq!(Fallback::parse("refuse"), None);
    }
}
