//! The inputs of changes of gift cards and of store credit.

use app::payments::credit::{Adjust, Block, ISSUED_MAX, Issue, Whose};
use async_graphql::{ID, InputObject};
use domain::{
    id::{Account, GiftCard, Id},
    invalid::{Check, Invalid, Problem},
    money::{self, Currency},
    orders::reason,
    payments::credit::code::GiftCardCode,
};

use crate::graphql::{input, scalar::DateTime};

/// Gift cards to issue, all alike.
#[derive(InputObject, Clone, Debug)]
pub struct GiftCardsIssueInput {
    /// What is on each, as a decimal string, above zero.
    pub amount: String,
    /// ISO 4217 code of the currency: it is good in channels of that currency.
    pub currency: String,
    /// How many, 1 to 100.
    #[graphql(default = 1)]
    pub count: i64,
    /// What is written on it, if it is one and has a code already: 12 to 32 letters of Latin script and digits, not to
    /// be guessed. Left out, a code of 16 characters is made for each.
    pub code: Option<String>,
    /// From when on they are worth nothing; left out: never.
    pub expires_at: Option<DateTime>,
    /// For whom they are, if that is known.
    pub customer: Option<ID>,
    /// What staff note about them, at most 500 characters.
    pub note: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input issues them once, and tells their codes again.
    pub idempotency_key: String,
}

/// More to put onto a gift card.
#[derive(InputObject, Clone, Debug)]
pub struct GiftCardTopUpInput {
    /// The gift card.
    pub gift_card: ID,
    /// How much, as a decimal string in the card's currency, above zero.
    pub amount: String,
    /// From when on what comes is worth nothing; left out: never. What is on it already keeps its own time.
    pub expires_at: Option<DateTime>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input puts it on once.
    pub idempotency_key: String,
}

/// Money to take off a gift card.
#[derive(InputObject, Clone, Debug)]
pub struct GiftCardWithdrawInput {
    /// The gift card.
    pub gift_card: ID,
    /// How much, as a decimal string in the card's currency, above zero and at most its balance.
    pub amount: String,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input takes it off once.
    pub idempotency_key: String,
}

/// Declares the input of a mutation that blocks a gift card, or has it be good again.
macro_rules! block_input {
    ($(#[$doc:meta])* $input:ident, $operation:literal, $is_blocked:literal) => {
        $(#[$doc])*
        #[derive(InputObject, Clone, Debug)]
        pub struct $input {
            /// The gift card.
            pub gift_card: ID,
            /// Why, at most 500 characters.
            pub reason: Option<String>,
            /// The card's version that you saw last; refused if it was changed since.
            pub expected_version: Option<i64>,
            /// Whether everything is checked, and nothing changed.
            #[graphql(default)]
            pub dry_run: bool,
            /// Any text of yours: the same key with the same input changes it once.
            pub idempotency_key: Option<String>,
        }

        impl $input {
            /// Checks every field.
            pub fn parse(self) -> Result<Block, Invalid> {
                let mut check = Check::default();
                let once = input::once(&mut check, $operation, self.idempotency_key.as_deref(), &self);
                let card = check.field("giftCard", input::id::<GiftCard>(&self.gift_card));
                let reason = check.field("reason", reason::parse(self.reason.as_deref()));
                let (is_blocked, expected_version, is_dry_run) = ($is_blocked, self.expected_version, self.dry_run);
                let built = card.zip(reason);
                check.done(built.map(|(card, reason)| Block { card, is_blocked, reason, expected_version, is_dry_run, once }))
            }
        }
    };
}

block_input! {
    /// A gift card to block.
    GiftCardBlockInput, "giftCardBlock", true
}
block_input! {
    /// A gift card to unblock.
    GiftCardUnblockInput, "giftCardUnblock", false
}

/// Store credit to give a customer.
#[derive(InputObject, Clone, Debug)]
pub struct StoreCreditGrantInput {
    /// The customer.
    pub customer: ID,
    /// How much, as a decimal string, above zero.
    pub amount: String,
    /// ISO 4217 code of the currency: it is good in channels of that currency.
    pub currency: String,
    /// From when on it is worth nothing; left out: never.
    pub expires_at: Option<DateTime>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input gives it once.
    pub idempotency_key: String,
}

/// Store credit to take from a customer.
#[derive(InputObject, Clone, Debug)]
pub struct StoreCreditWithdrawInput {
    /// The customer.
    pub customer: ID,
    /// How much, as a decimal string, above zero and at most the balance.
    pub amount: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input takes it once.
    pub idempotency_key: String,
}

impl GiftCardsIssueInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Issue, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "giftCardsIssue", Some(&self.idempotency_key), &self);
        let currency = currency(&mut check, &self.currency);
        let amount =
            currency.and_then(|currency| check.field("amount", money::Money::said_above_zero(&self.amount, currency)));
        let count = check.field("count", count(self.count));
        let code = self.code.map(|code| check.field("code", GiftCardCode::parse(&code)));
        if code.is_some() && count.is_some_and(|count| count != 1) {
            check.wrong("code", Problem::NotAllowedHere);
        }
        let customer = self.customer.map(|customer| check.field("customer", input::id(&customer)));
        let note = check.field("note", reason::parse(self.note.as_deref()));
        let (expires_at, is_dry_run) = (self.expires_at.map(|at| at.0), self.dry_run);
        let built = once.zip(amount).zip(count).zip(note).map(|(((once, amount), count), note)| Issue {
            amount,
            count,
            code: code.flatten(),
            expires_at,
            customer: customer.flatten(),
            note,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl GiftCardTopUpInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Adjust, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "giftCardTopUp", Some(&self.idempotency_key), &self);
        let card = check.field("giftCard", input::id::<GiftCard>(&self.gift_card));
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let (amount, expires_at, is_dry_run) = (self.amount, self.expires_at.map(|at| at.0), self.dry_run);
        let built = once.zip(card).zip(reason).map(|((once, card), reason)| Adjust {
            whose: Whose::GiftCard(card),
            amount,
            expires_at,
            reason,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl GiftCardWithdrawInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Adjust, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "giftCardWithdraw", Some(&self.idempotency_key), &self);
        let card = check.field("giftCard", input::id::<GiftCard>(&self.gift_card));
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let (amount, is_dry_run) = (self.amount, self.dry_run);
        let built = once.zip(card).zip(reason).map(|((once, card), reason)| Adjust {
            whose: Whose::GiftCard(card),
            amount,
            expires_at: None,
            reason,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl StoreCreditGrantInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Adjust, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "storeCreditGrant", Some(&self.idempotency_key), &self);
        let whose = customers(&mut check, &self.customer, &self.currency);
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let (amount, expires_at, is_dry_run) = (self.amount, self.expires_at.map(|at| at.0), self.dry_run);
        let built = once.zip(whose).zip(reason);
        check.done(built.map(|((once, whose), reason)| Adjust { whose, amount, expires_at, reason, is_dry_run, once }))
    }
}

impl StoreCreditWithdrawInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Adjust, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "storeCreditWithdraw", Some(&self.idempotency_key), &self);
        let whose = customers(&mut check, &self.customer, &self.currency);
        let reason = check.field("reason", reason::parse(self.reason.as_deref()));
        let (amount, is_dry_run) = (self.amount, self.dry_run);
        let built = once.zip(whose).zip(reason);
        check.done(built.map(|((once, whose), reason)| Adjust {
            whose,
            amount,
            expires_at: None,
            reason,
            is_dry_run,
            once,
        }))
    }
}

/// The store credit of a customer in a currency.
fn customers(check: &mut Check, customer: &ID, code: &str) -> Option<Whose> {
    let customer: Option<Id<Account>> = check.field("customer", input::id(customer));
    let currency = currency(check, code);
    customer.zip(currency).map(|(customer, currency)| Whose::Customer(customer, currency))
}

fn currency(check: &mut Check, code: &str) -> Option<Currency> {
    check.field("currency", Currency::parse(code).ok_or(Problem::UnsupportedCurrency))
}

fn count(given: i64) -> Result<usize, Problem> {
    let count = usize::try_from(given).ok().filter(|count| 0 < *count).ok_or(Problem::QuantityNotPositive)?;
    if count <= ISSUED_MAX {
        Ok(count)
    } else {
        Err(Problem::NumberTooLarge { max: u32::try_from(ISSUED_MAX).unwrap_or(u32::MAX) })
    }
}
