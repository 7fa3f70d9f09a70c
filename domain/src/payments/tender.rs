//! What an order is paid with: gift cards and store credit first, and the rest by the way to pay that was chosen.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Serialize};

use super::{credit::CreditKind, method::Method};
use crate::{
    id::{Credit, GiftCard, Id},
    money::{Money, MoneyError},
};

/// The code of [`Tender::Nothing`].
const NOTHING: &str = "NOTHING";

/// What a payment is paid with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tender {
    /// A way to pay that was chosen.
    Method(Method),
    /// A gift card, or store credit.
    Credit(CreditKind),
    /// Nothing: promotions took off all of it.
    Nothing,
}

impl Tender {
    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Method(method) => method.code(),
            Self::Credit(kind) => kind.code(),
            Self::Nothing => NOTHING,
        }
    }

    /// The tender of this name.
    pub fn parse(code: &str) -> Option<Self> {
        let credit = || CreditKind::parse(code).map(Self::Credit);
        let nothing = || (code == NOTHING).then_some(Self::Nothing);
        Method::parse(code).map(Self::Method).or_else(credit).or_else(nothing)
    }

    /// The way to pay that was chosen, if it is one.
    pub const fn method(self) -> Option<Method> {
        match self {
            Self::Method(method) => Some(method),
            Self::Credit(_) | Self::Nothing => None,
        }
    }
}

/// What somebody wants to pay with before anything else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Gift cards, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gift_cards: Vec<Id<GiftCard>>,
    /// Their store credit, after those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_credit: Option<StoreCreditWish>,
}

/// How much store credit somebody wants to pay with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreCreditWish {
    /// As much as there is.
    All,
    /// At most so much, minor units.
    UpTo(i64),
}

impl StoreCreditWish {
    /// What of a balance may be used, minor units.
    pub fn of(self, balance_minor: i64) -> i64 {
        match self {
            Self::All => balance_minor,
            Self::UpTo(max) => max.min(balance_minor),
        }
    }
}

/// What can be spent of a gift card or of store credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    /// Of which.
    pub credit: Id<Credit>,
    /// What it is.
    pub kind: CreditKind,
    /// How much. Minor units; not negative.
    pub minor: i64,
}

/// What is paid with a gift card or with store credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// With which.
    pub credit: Id<Credit>,
    /// What it is.
    pub kind: CreditKind,
    /// How much; above zero.
    pub amount: Money,
}

/// How a total is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What is paid with gift cards and store credit.
    pub shares: Vec<Share>,
    /// What is left to be paid; with `shares` the total.
    pub rest: Money,
}

impl Split {
    /// Whether nothing is left to be paid: gift cards and store credit pay for all of it, or it costs nothing.
    pub const fn is_covered(&self) -> bool {
        self.rest.minor == 0
    }
}

/// Pays a total that is not negative with purses in its currency, each before the next.
pub fn split(total: Money, purses: &[Purse]) -> Result<Split, MoneyError> {
    let mut rest = total;
    let mut shares = Vec::new();
    for purse in purses {
        let amount = Money::new(purse.minor.min(rest.minor), total.currency);
        if 0 < amount.minor {
            rest = rest.minus(amount)?;
            shares.push(Share { credit: purse.credit, kind: purse.kind, amount });
        }
    }
    Ok(Split { shares, rest })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::money::Currency;

    fn purse(id: u128, kind: CreditKind, minor: i64) -> Purse {
        Purse { credit: Id::new(Uuid::from_u128(id)), kind, minor }
    }

    #[test]
    fn gift_cards_pay_in_turn_and_the_rest_is_left() {
        let purses = [
            purse(1, CreditKind::GiftCard, 300),
            purse(2, CreditKind::GiftCard, 0),
            purse(3, CreditKind::StoreCredit, 500),
        ];
        let of = |total| {
            let split = split(Money::new(total, Currency::SAR), &purses).unwrap();
            let shares: Vec<_> =
                split.shares.iter().map(|share| (share.credit.uuid().as_u128(), share.amount.minor)).collect();
            (shares, split.rest.minor, split.is_covered())
        };
        assert_eq!(of(1000), (vec![(1, 300), (3, 500)], 200, false));
        assert_eq!(of(800), (vec![(1, 300), (3, 500)], 0, true));
        assert_eq!(of(120), (vec![(1, 120)], 0, true));
        assert_eq!(of(0), (vec![], 0, true), "what costs nothing is paid with nothing");
    }

    #[test]
    fn a_tender_reads_back_what_it_wrote() {
        let methods = Method::ALL.into_iter().map(Tender::Method);
        for tender in methods.chain(CreditKind::ALL.into_iter().map(Tender::Credit)).chain([Tender::Nothing]) {
            assert_eq!(Tender::parse(tender.code()), Some(tender));
        }
        assert_eq!(Tender::parse("CASH"), None);
        assert_eq!(Tender::parse("GIFT_CARD").and_then(Tender::method), None);
    }

    #[test]
    fn wishes_are_read_as_they_were_written() {
        let wishes =
            Wishes { gift_cards: vec![Id::new(Uuid::from_u128(1))], store_credit: Some(StoreCreditWish::UpTo(5)) };
        assert_eq!(serde_json::from_str::<Wishes>(&serde_json::to_string(&wishes).unwrap()).unwrap(), wishes);
        assert_eq!(serde_json::to_string(&Wishes::default()).unwrap(), "{}", "as the database has it");
        assert_eq!(serde_json::from_str::<Wishes>("{}").unwrap(), Wishes::default());
        assert_eq!(
            (StoreCreditWish::All.of(7), StoreCreditWish::UpTo(5).of(7), StoreCreditWish::UpTo(9).of(7)),
            (7, 5, 7)
        );
    }

    proptest! {
        #[test]
        fn shares_and_rest_are_the_total(total in 0_i64..1_000_000, purses in proptest::collection::vec(0_i64..500_000, 0..6)) {
            let purses: Vec<_> = (0..).zip(purses).map(|(id, minor)| purse(id, CreditKind::GiftCard, minor)).collect();
            let split = split(Money::new(total, Currency::SAR), &purses).unwrap();
            let paid: i64 = split.shares.iter().map(|share| share.amount.minor).sum();
            prop_assert_eq!(paid + split.rest.minor, total);
            prop_assert!(0 <= split.rest.minor);
            let there: i64 = purses.iter().map(|purse| purse.minor).sum();
            prop_assert!(split.rest.minor == 0 || paid == there, "nothing is left to pay while there is more");
        }
    }
}
