//! What a promotion gives, in short, in the reader's language.

use domain::{
    language::Language,
    money::{Currency, Money},
    pricing::promotions::{
        effect::{Off, Percent},
        terms::Terms,
    },
};

use crate::i18n::{self, Arg};

/// A promotion by its name, and what it gives.
pub(super) fn named(name: String, terms: Option<Terms>, currency: Currency, language: Language) -> String {
    let told = Told { currency, language };
    let promotion = ("promotion", Arg::Text(name));
    match terms {
        Some(terms) => {
            let args = [promotion, ("terms", Arg::Text(told.terms(terms)))];
            i18n::message(language, "discount-named-with-terms", &args)
        }
        None => i18n::message(language, "discount-named", &[promotion]),
    }
}

/// In which language amounts of which currency are told.
struct Told {
    currency: Currency,
    language: Language,
}

impl Told {
    fn terms(&self, terms: Terms) -> String {
        match terms {
            Terms::Each { off } => self.each(off),
            Terms::BuyGet { buy, get, off } => {
                let args = [("buy", number(buy)), ("get", number(get)), ("off", Arg::Text(self.each(off)))];
                self.message("discount-terms-buy-get", &args)
            }
            Terms::Bundle { pieces, off } => {
                let args = [("pieces", number(pieces)), ("off", Arg::Text(self.whole(off)))];
                self.message("discount-terms-bundle", &args)
            }
            Terms::Gift => self.message("discount-terms-gift", &[]),
            Terms::Order { at_least, off } if at_least <= 0 => self.whole(off),
            Terms::Order { at_least, off } => {
                let args = [("off", Arg::Text(self.whole(off))), ("amount", self.amount(at_least))];
                self.message("discount-terms-from", &args)
            }
            Terms::Delivery { off } => self.message("discount-terms-delivery", &[("off", Arg::Text(self.whole(off)))]),
            Terms::Fee { off } => self.message("discount-terms-fee", &[("off", Arg::Text(self.whole(off)))]),
        }
    }

    /// How much is off each piece.
    fn each(&self, off: Off) -> String {
        match off {
            Off::Percent(percent) => self.part(percent),
            Off::Amount(minor) => self.message("discount-terms-amount-each", &[("amount", self.amount(minor))]),
            Off::Price(0) => self.message("discount-terms-free", &[]),
            Off::Price(minor) => self.message("discount-terms-price-each", &[("amount", self.amount(minor))]),
        }
    }

    /// How much is off the whole.
    fn whole(&self, off: Off) -> String {
        match off {
            Off::Percent(percent) => self.part(percent),
            Off::Amount(minor) => self.message("discount-terms-amount", &[("amount", self.amount(minor))]),
            Off::Price(0) => self.message("discount-terms-free", &[]),
            Off::Price(minor) => self.message("discount-terms-price", &[("amount", self.amount(minor))]),
        }
    }

    fn part(&self, percent: Percent) -> String {
        if percent == Percent::ALL {
            return self.message("discount-terms-free", &[]);
        }
        let text = percent.percent().normalize().to_string();
        self.message("discount-terms-percent", &[("percent", Arg::Text(text))])
    }

    const fn amount(&self, minor: i64) -> Arg {
        Arg::Money(Money::new(minor, self.currency))
    }

    fn message(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::message(self.language, key, args)
    }
}

fn number(n: u32) -> Arg {
    Arg::Number(n.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(terms: Option<Terms>, language: Language) -> String {
        named("Eid".to_owned(), terms, Currency::SAR, language).replace(['\u{2068}', '\u{2069}', '\u{a0}'], "")
    }

    #[test]
    fn what_is_given_is_told_in_short() {
        let part = |bps| Off::Percent(Percent::from_bps(bps).unwrap());
        for (terms, expected) in [
            (Terms::Each { off: part(1_250) }, "“Eid” (12.5 % off)"),
            (Terms::Each { off: Off::Amount(500) }, "“Eid” (SAR5.00 off each)"),
            (Terms::Each { off: Off::Price(500) }, "“Eid” (SAR5.00 each)"),
            (Terms::BuyGet { buy: 3, get: 1, off: part(10_000) }, "“Eid” (buy 3, get 1: free)"),
            (Terms::Bundle { pieces: 3, off: Off::Price(10_000) }, "“Eid” (3 together: for SAR100.00)"),
            (Terms::Bundle { pieces: 2, off: Off::Amount(500) }, "“Eid” (2 together: SAR5.00 off)"),
            (Terms::Gift, "“Eid” (a gift)"),
            (Terms::Order { at_least: 0, off: part(1_000) }, "“Eid” (10 % off)"),
            (Terms::Order { at_least: 20_000, off: part(1_000) }, "“Eid” (10 % off from SAR200.00 on)"),
            (Terms::Delivery { off: part(10_000) }, "“Eid” (delivery: free)"),
            (Terms::Fee { off: Off::Price(0) }, "“Eid” (fee: free)"),
        ] {
            assert_eq!(told(Some(terms), Language::En), expected);
            let arabic = told(Some(terms), Language::Ar);
            assert!(arabic.starts_with("«Eid» (") && !arabic.contains("discount-"), "{arabic}");
        }
        assert_eq!([told(None, Language::En), told(None, Language::Ar)], ["“Eid”", "«Eid»"]);
    }
}
