//! What a promotion does: as it is said, and as it is shown.

use async_graphql::{Enum, InputObject, SimpleObject};
use domain::{
    invalid::{Check, Invalid, Problem},
    pricing::promotions::{
        effect::{Effect, Get, Off, Part, Percent, Pick, Spend},
        selector::Selector,
    },
};

use super::{
    rule::{Amounts, one_of, pieces},
    selector::{PromotionSelector, each},
};

/// How much is taken off. Exactly one field is given. Amounts are decimal numbers of the promotion's currency.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionOffInput")]
pub struct PromotionOff {
    /// Percent: more than 0, 100 at most, with two fraction digits at most; rounded half up to the minor unit.
    pub percent: Option<String>,
    /// An amount: of each piece or each set, or of the whole where the whole is meant; what is there at most.
    pub amount: Option<String>,
    /// All beyond this price: of each piece or each set, or of the whole where the whole is meant.
    pub price: Option<String>,
}

/// What a promotion does. Exactly one field is given.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionEffectInput")]
pub struct PromotionEffect {
    /// Something off each piece, seen while browsing. Of several for a variant, the one that takes off most goes.
    pub catalogue: Option<PromotionLines>,
    /// Something off lines of a cart: a part of each line, or something of each piece.
    pub lines: Option<PromotionLines>,
    /// Who buys so many pieces gets so many more for less.
    pub buy_get: Option<PromotionBuyGet>,
    /// Pieces that cost less together. With one part: any so many of a kind.
    pub bundle: Option<PromotionBundle>,
    /// Pieces for nothing once they are in the cart: the cheapest of those that fit. They do not count towards the condition: as
    /// many are given as the rest of the cart earns.
    pub gift: Option<PromotionPart>,
    /// Something off all lines together, by what they come to.
    pub order: Option<PromotionOrder>,
    /// Something off delivery.
    pub delivery: Option<PromotionOff>,
    /// Something off what the way to pay costs, such as cash on delivery.
    pub fee: Option<PromotionOff>,
}

/// Something off things.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionLinesInput")]
pub struct PromotionLines {
    /// Of what.
    #[graphql(default)]
    pub of: PromotionSelector,
    /// How much.
    pub off: PromotionOff,
}

/// Who buys so many pieces gets so many more for less. A piece counts for one set only.
#[derive(InputObject, SimpleObject, Clone, Debug)]
#[graphql(input_name = "PromotionBuyGetInput")]
pub struct PromotionBuyGet {
    /// What must be bought.
    #[graphql(default)]
    pub buy: PromotionSelector,
    /// How many pieces: 1 to 999.
    pub buy_quantity: i64,
    /// What is got for less; if left out, more of what must be bought.
    pub get: Option<PromotionSelector>,
    /// Whether what is got must be the same variant as what is bought; then `get` is left out.
    #[graphql(default)]
    pub same_variant: bool,
    /// How many pieces are got: 1 to 999.
    pub get_quantity: i64,
    /// How much is taken off each of them.
    pub off: PromotionOff,
    /// Which of those that could be got.
    #[graphql(default)]
    pub pick: PromotionPick,
    /// How often at most; if left out, as often as there are pieces.
    pub times: Option<i64>,
}

/// Which pieces of several.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[graphql(remote = "Pick")]
pub enum PromotionPick {
    /// Those that cost least.
    #[default]
    Cheapest,
    /// Those that cost most.
    MostExpensive,
}

/// Pieces that cost less together.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionBundleInput")]
pub struct PromotionBundle {
    /// What makes one bundle; 8 at most.
    pub parts: Vec<PromotionPart>,
    /// How much is taken off each bundle; a price is that of the bundle, and pieces that cost no more by themselves make none.
    pub off: PromotionOff,
    /// How often at most; if left out, as often as there are pieces.
    pub times: Option<i64>,
}

/// So many pieces of something.
#[derive(InputObject, SimpleObject, Clone, Debug)]
#[graphql(input_name = "PromotionPartInput")]
pub struct PromotionPart {
    /// Of what.
    #[graphql(default)]
    pub of: PromotionSelector,
    /// How many: 1 to 999.
    #[graphql(default = 1)]
    pub quantity: i64,
}

/// Something off all lines together.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionOrderInput")]
pub struct PromotionOrder {
    /// By what the lines come to, rising: the highest that is reached goes; 20 at most. Of two parts, or two amounts, that of the
    /// higher is no less.
    pub tiers: Vec<PromotionTier>,
}

/// Something off from an amount on.
#[derive(InputObject, SimpleObject, Clone, Debug)]
#[graphql(input_name = "PromotionTierInput")]
pub struct PromotionTier {
    /// What the lines come to at least, a decimal number of the promotion's currency; none: anything.
    pub at_least: Option<String>,
    /// How much: a part, or an amount.
    pub off: PromotionOff,
}

impl PromotionOff {
    fn parse(self, amounts: Amounts) -> Result<Off, Invalid> {
        let percent = |text: String| {
            let parsed = Percent::parse(&text).map(Off::Percent);
            parsed.ok_or_else(|| Invalid::at("percent", Problem::InvalidPercent))
        };
        one_of([
            self.percent.map(percent),
            self.amount.map(|text| amounts.parse("amount", &text).map(Off::Amount)),
            self.price.map(|text| amounts.parse("price", &text).map(Off::Price)),
        ])
    }

    fn of(off: Off, amounts: Amounts) -> Self {
        match off {
            Off::Percent(percent) => {
                Self { percent: Some(percent.percent().normalize().to_string()), ..Self::default() }
            }
            Off::Amount(minor) => Self { amount: Some(amounts.show(minor)), ..Self::default() },
            Off::Price(minor) => Self { price: Some(amounts.show(minor)), ..Self::default() },
        }
    }
}

impl PromotionEffect {
    /// Checks every field.
    pub fn parse(self, amounts: Amounts) -> Result<Effect, Invalid> {
        let at = |field: &'static str| move |invalid: Invalid| invalid.under(field);
        let off = |off: PromotionOff| off.parse(amounts);
        one_of([
            self.catalogue.map(|lines| {
                let (of, off) = lines.parse(amounts).map_err(at("catalogue"))?;
                Ok(Effect::Catalogue { of, off })
            }),
            self.lines.map(|lines| {
                let (of, off) = lines.parse(amounts).map_err(at("lines"))?;
                Ok(Effect::Lines { of, off })
            }),
            self.buy_get.map(|buy_get| buy_get.parse(amounts).map_err(at("buyGet"))),
            self.bundle.map(|bundle| bundle.parse(amounts).map_err(at("bundle"))),
            self.gift.map(|gift| {
                let Part { of, quantity } = gift.parse().map_err(at("gift"))?;
                Ok(Effect::Gift { of, quantity })
            }),
            self.order.map(|order| {
                let tiers = each("tiers", order.tiers, |tier| tier.parse(amounts)).map_err(at("order"))?;
                Ok(Effect::Order { tiers })
            }),
            self.delivery.map(|given| off(given).map(|off| Effect::Delivery { off }).map_err(at("delivery"))),
            self.fee.map(|given| off(given).map(|off| Effect::Fee { off }).map_err(at("fee"))),
        ])
    }

    /// As it is shown.
    pub fn of(effect: &Effect, amounts: Amounts) -> Self {
        let blank = Self::default();
        let off = |off: &Off| PromotionOff::of(*off, amounts);
        let lines = |of, taken: &Off| Some(PromotionLines { of: PromotionSelector::from(of), off: off(taken) });
        match effect {
            Effect::Catalogue { of, off } => Self { catalogue: lines(of, off), ..blank },
            Effect::Lines { of, off } => Self { lines: lines(of, off), ..blank },
            Effect::BuyGet { buy, buy_quantity, get, get_quantity, off: taken, pick, times } => {
                let shown = PromotionBuyGet {
                    buy: buy.into(),
                    buy_quantity: (*buy_quantity).into(),
                    get: match get {
                        Get::Other(other) => Some(other.into()),
                        Get::SameVariant | Get::Same => None,
                    },
                    same_variant: *get == Get::SameVariant,
                    get_quantity: (*get_quantity).into(),
                    off: off(taken),
                    pick: (*pick).into(),
                    times: times.map(Into::into),
                };
                Self { buy_get: Some(shown), ..blank }
            }
            Effect::Bundle { parts, off: taken, times } => {
                let parts =
                    parts.iter().map(|part| PromotionPart { of: (&part.of).into(), quantity: part.quantity.into() });
                let bundle = PromotionBundle { parts: parts.collect(), off: off(taken), times: times.map(Into::into) };
                Self { bundle: Some(bundle), ..blank }
            }
            Effect::Gift { of, quantity } => {
                Self { gift: Some(PromotionPart { of: of.into(), quantity: (*quantity).into() }), ..blank }
            }
            Effect::Order { tiers } => {
                let tier = |tier: &Spend| PromotionTier {
                    at_least: Some(amounts.show(tier.at_least)).filter(|_| 0 < tier.at_least),
                    off: off(&tier.off),
                };
                Self { order: Some(PromotionOrder { tiers: tiers.iter().map(tier).collect() }), ..blank }
            }
            Effect::Delivery { off: taken } => Self { delivery: Some(off(taken)), ..blank },
            Effect::Fee { off: taken } => Self { fee: Some(off(taken)), ..blank },
        }
    }
}

impl PromotionLines {
    fn parse(self, amounts: Amounts) -> Result<(Selector, Off), Invalid> {
        let mut check = Check::default();
        let of = check.nested("of", self.of.parse());
        let off = check.nested("off", self.off.parse(amounts));
        check.done(of.zip(off))
    }
}

impl PromotionBuyGet {
    fn parse(self, amounts: Amounts) -> Result<Effect, Invalid> {
        let mut check = Check::default();
        let buy = check.nested("buy", self.buy.parse());
        let off = check.nested("off", self.off.parse(amounts));
        let get = match self.get {
            Some(_) if self.same_variant => {
                check.wrong("get", Problem::NotAllowedHere);
                None
            }
            Some(other) => check.nested("get", other.parse()).map(Get::Other),
            None if self.same_variant => Some(Get::SameVariant),
            None => Some(Get::Same),
        };
        let buy_quantity = check.field("buyQuantity", pieces(self.buy_quantity));
        let get_quantity = check.field("getQuantity", pieces(self.get_quantity));
        let times = check.field("times", self.times.map(pieces).transpose());
        let pick = Pick::from(self.pick);
        let built = buy.zip(off).zip(get).zip(buy_quantity.zip(get_quantity).zip(times));
        check.done(built.map(|(((buy, off), get), ((buy_quantity, get_quantity), times))| Effect::BuyGet {
            buy,
            buy_quantity,
            get,
            get_quantity,
            off,
            pick,
            times,
        }))
    }
}

impl PromotionBundle {
    fn parse(self, amounts: Amounts) -> Result<Effect, Invalid> {
        let mut check = Check::default();
        let parts = each("parts", self.parts, PromotionPart::parse);
        let parts = check.here(parts);
        let off = check.nested("off", self.off.parse(amounts));
        let times = check.field("times", self.times.map(pieces).transpose());
        check.done(parts.zip(off).zip(times).map(|((parts, off), times)| Effect::Bundle { parts, off, times }))
    }
}

impl PromotionPart {
    fn parse(self) -> Result<Part, Invalid> {
        let mut check = Check::default();
        let of = check.nested("of", self.of.parse());
        let quantity = check.field("quantity", pieces(self.quantity));
        check.done(of.zip(quantity).map(|(of, quantity)| Part { of, quantity }))
    }
}

impl PromotionTier {
    fn parse(self, amounts: Amounts) -> Result<Spend, Invalid> {
        let mut check = Check::default();
        let at_least = self.at_least.map_or(Ok(0), |text| amounts.parse("atLeast", &text));
        let at_least = check.here(at_least);
        let off = check.nested("off", self.off.parse(amounts));
        check.done(at_least.zip(off).map(|(at_least, off)| Spend { at_least, off }))
    }
}
