//! A gift card or store credit, with what is on it.

use std::collections::HashMap;

use domain::{
    id::{Account, Credit, GiftCard, Id},
    money::{Currency, Money},
    payments::{
        credit::{
            CreditKind,
            lots::{self, Lot},
        },
        tender::{Purse, Wishes},
    },
    time::Instant,
};
use entity::payments::{credit, credit_lot};
use serde::{Deserialize, Serialize};
use store::{Fault, Read};

use super::rows;

/// A gift card or store credit, with what is on it.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its row.
    pub row: credit::Model,
    /// What is left on it, and what was when its time was up.
    pub lots: Vec<credit_lot::Model>,
}

/// Why a gift card is good for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSpendable {
    /// There is none of this code.
    Unknown,
    /// It is in another currency.
    WrongCurrency,
    /// Staff blocked it.
    Blocked,
    /// Its time is up.
    Expired,
    /// Nothing is left on it.
    Empty,
}

impl Held {
    /// What it is.
    pub fn kind(&self) -> Result<CreditKind, Fault> {
        CreditKind::parse(&self.row.kind).ok_or_else(|| Fault::new("credit of an unknown kind"))
    }

    /// What can be spent of it.
    pub fn balance(&self, at: Instant) -> Result<Money, Fault> {
        let currency = Currency::parse(&self.row.currency);
        let currency = currency.ok_or_else(|| Fault::new("credit of an unknown currency"))?;
        Ok(Money::new(lots::available(&self.lots(), at), currency))
    }

    /// When the first of what can be spent expires.
    pub fn next_expiry(&self, at: Instant) -> Option<Instant> {
        lots::next_expiry(&self.lots(), at)
    }

    /// What is left of it, by lot.
    pub(super) fn lots(&self) -> Vec<Lot> {
        let lot = |row: &credit_lot::Model| Lot { id: row.id, left_minor: row.left_minor, expires_at: row.expires_at };
        self.lots.iter().map(lot).collect()
    }

    /// Why nothing in this currency can be paid with it, if nothing can.
    pub fn check(&self, currency: Currency, at: Instant) -> Result<(), NotSpendable> {
        if self.row.currency != currency.code() {
            return Err(NotSpendable::WrongCurrency);
        }
        if self.row.is_blocked {
            return Err(NotSpendable::Blocked);
        }
        if 0 < lots::available(&self.lots(), at) {
            return Ok(());
        }
        let is_over = |lot: &credit_lot::Model| 0 < lot.expired_minor || 0 < lot.left_minor;
        if self.lots.iter().any(is_over) { Err(NotSpendable::Expired) } else { Err(NotSpendable::Empty) }
    }
}

/// What several people have to pay with, all at once.
#[derive(Debug, Default)]
pub struct Purses {
    cards: HashMap<Id<Credit>, Held>,
    store_credit: HashMap<Id<Account>, Held>,
}

impl Purses {
    /// Loads what is wished to be paid with in a currency: nothing, if nothing is; else three statements at most.
    pub async fn load(
        read: &Read,
        currency: Currency,
        wishes: &[(Option<Id<Account>>, Wishes)],
    ) -> Result<Self, Fault> {
        let cards: Vec<_> = wishes.iter().flat_map(|(_, wishes)| &wishes.gift_cards).map(|id| of_card(*id)).collect();
        let owners = wishes.iter().filter(|(_, wishes)| wishes.store_credit.is_some());
        let owners: Vec<_> = owners.filter_map(|(customer, _)| *customer).collect();
        if cards.is_empty() && owners.is_empty() {
            return Ok(Self::default());
        }
        let found = rows::wished(read, &cards, (&owners, currency)).await?;
        let (mut cards, mut store_credit) = (HashMap::new(), HashMap::new());
        for held in rows::with_lots(read, found).await? {
            match (held.kind()?, held.row.customer_id) {
                (CreditKind::GiftCard, _) => drop(cards.insert(held.row.id, held)),
                (CreditKind::StoreCredit, Some(customer)) => drop(store_credit.insert(customer, held)),
                (CreditKind::StoreCredit, None) => return Err(Fault::new("store credit of nobody")),
            }
        }
        Ok(Self { cards, store_credit })
    }

    /// A gift card.
    pub fn card(&self, id: Id<GiftCard>) -> Option<&Held> {
        self.cards.get(&of_card(id))
    }

    /// The store credit of a customer.
    pub fn store_credit(&self, customer: Option<Id<Account>>) -> Option<&Held> {
        self.store_credit.get(&customer?)
    }

    /// What somebody can pay with of what they wish to, in its order.
    pub fn of(
        &self,
        (customer, wishes): (Option<Id<Account>>, &Wishes),
        currency: Currency,
        at: Instant,
    ) -> Result<Vec<Purse>, Fault> {
        let cards = wishes.gift_cards.iter().filter_map(|id| self.card(*id));
        let mut purses = Vec::new();
        for card in cards.filter(|card| card.check(currency, at).is_ok()) {
            let minor = card.balance(at)?.minor;
            purses.push(Purse { credit: card.row.id, kind: CreditKind::GiftCard, minor });
        }
        if let Some((wish, held)) = wishes.store_credit.zip(self.store_credit(customer)) {
            let minor = wish.of(held.balance(at)?.minor);
            purses.push(Purse { credit: held.row.id, kind: CreditKind::StoreCredit, minor });
        }
        Ok(purses)
    }
}

/// A gift card as what it is.
pub(super) fn of_card(id: Id<GiftCard>) -> Id<Credit> {
    Id::new(id.uuid())
}
