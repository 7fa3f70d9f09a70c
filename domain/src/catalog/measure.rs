//! What is in a variant, and to which quantity its price is told beside: what article 3 of Directive 98/6/EC calls the
//! unit price.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use crate::{
    invalid::{Check, Invalid, Problem},
    money::Money,
};

/// The most units of a content.
const QUANTITY_MAX: i64 = 1_000_000;

/// So many times the content the reference is at most: a kilogram where a thousandth of a milligram is in it. The price of
/// more says nothing to anybody.
const TIMES_MAX: i128 = 1_000_000_000;

/// In what a content is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Milligrams.
    Milligram,
    /// Grams.
    Gram,
    /// Kilograms.
    Kilogram,
    /// Millilitres.
    Millilitre,
    /// Centilitres.
    Centilitre,
    /// Litres.
    Litre,
    /// Cubic metres.
    CubicMetre,
    /// Millimetres.
    Millimetre,
    /// Centimetres.
    Centimetre,
    /// Metres.
    Metre,
    /// Square centimetres.
    SquareCentimetre,
    /// Square metres.
    SquareMetre,
    /// Pieces.
    Piece,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// How heavy something is.
    Mass,
    /// How much room it takes.
    Volume,
    /// How long it is.
    Length,
    /// How large it is.
    Area,
    /// How many it is.
    Count,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 13] = [
        Self::Milligram,
        Self::Gram,
        Self::Kilogram,
        Self::Millilitre,
        Self::Centilitre,
        Self::Litre,
        Self::CubicMetre,
        Self::Millimetre,
        Self::Centimetre,
        Self::Metre,
        Self::SquareCentimetre,
        Self::SquareMetre,
        Self::Piece,
    ];

    /// What it measures.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Milligram | Self::Gram | Self::Kilogram => Dimension::Mass,
            Self::Millilitre | Self::Centilitre | Self::Litre | Self::CubicMetre => Dimension::Volume,
            Self::Millimetre | Self::Centimetre | Self::Metre => Dimension::Length,
            Self::SquareCentimetre | Self::SquareMetre => Dimension::Area,
            Self::Piece => Dimension::Count,
        }
    }

    /// How many of the smallest unit of its dimension it is.
    const fn of_smallest(self) -> i128 {
        match self {
            Self::Milligram | Self::Millilitre | Self::Millimetre | Self::SquareCentimetre | Self::Piece => 1,
            Self::Centilitre | Self::Centimetre => 10,
            Self::Gram | Self::Litre | Self::Metre => 1_000,
            Self::SquareMetre => 10_000,
            Self::Kilogram | Self::CubicMetre => 1_000_000,
        }
    }
}

impl Dimension {
    /// The unit for which prices are told where nothing else is said: that of article 2 (b) of Directive 98/6/EC.
    const fn usual(self) -> Unit {
        match self {
            Self::Mass => Unit::Kilogram,
            Self::Volume => Unit::Litre,
            Self::Length => Unit::Metre,
            Self::Area => Unit::SquareMetre,
            Self::Count => Unit::Piece,
        }
    }
}

/// So much of something: more than nothing, to the thousandth of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    thousandths: i64,
    unit: Unit,
}

impl Content {
    /// Reads a decimal number of units, such as `0.75`: more than nothing, a million at most, three fraction digits at most.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, Problem> {
        let quantity =
            Decimal::from_str_exact(text.trim()).map_err(|_not_a_number| Problem::InvalidMeasure)?.normalize();
        let is_possible = Decimal::ZERO < quantity && quantity <= QUANTITY_MAX.into() && quantity.scale() <= 3;
        let thousandths = quantity.checked_mul(Decimal::ONE_THOUSAND).filter(|_| is_possible);
        let thousandths = thousandths.and_then(|thousandths| thousandths.to_i64()).ok_or(Problem::InvalidMeasure)?;
        Ok(Self { thousandths, unit })
    }

    /// The number of units.
    pub fn quantity(self) -> Decimal {
        Decimal::new(self.thousandths, 3).normalize()
    }

    /// The unit.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Thousandths of the smallest unit of the dimension: a number of 64 bits, a million times at most.
    fn smallest(self) -> i128 {
        i128::from(self.thousandths).saturating_mul(self.unit.of_smallest())
    }
}

/// What is in a variant, and for how much of it the price is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    content: Content,
    reference: Content,
}

impl Measure {
    /// The price is told for so much of the content, or else for one of the usual unit. Refuses, at `reference`, what
    /// measures something else than the content, or is more than a thousand million times as much.
    pub fn new(content: Content, reference: Option<Content>) -> Result<Self, Invalid> {
        let usual = Content { thousandths: 1_000, unit: content.unit.dimension().usual() };
        let reference = reference.unwrap_or(usual);
        let mut check = Check::default();
        if reference.unit.dimension() != content.unit.dimension() {
            check.wrong("reference", Problem::OtherDimension);
        } else if content.smallest().saturating_mul(TIMES_MAX) < reference.smallest() {
            check.wrong("reference", Problem::ReferenceTooLarge);
        }
        check.done(Some(Self { content, reference }))
    }

    /// What is in it.
    pub const fn content(self) -> Content {
        self.content
    }

    /// For how much the price is told.
    pub const fn reference(self) -> Content {
        self.reference
    }

    /// What the reference costs where the content costs this, rounded half up to the minor unit; `None` if that is more than
    /// an amount can be.
    pub fn unit_price(self, price: Money) -> Option<Money> {
        let (content, reference) = (self.content.smallest(), self.reference.smallest());
        let exact = i128::from(price.minor).checked_mul(reference)?.checked_mul(2)?;
        let minor = exact.checked_add(content)?.checked_div_euclid(content.checked_mul(2)?)?;
        i64::try_from(minor).ok().map(|minor| Money { minor, ..price })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::RoundingStrategy;

    use super::*;
    use crate::money::Currency;

    fn of(quantity: &str, unit: Unit) -> Content {
        Content::parse(quantity, unit).unwrap()
    }

    fn price(minor: i64, content: Content, reference: Option<Content>) -> i64 {
        let measure = Measure::new(content, reference).unwrap();
        measure.unit_price(Money::new(minor, Currency::SAR)).unwrap().minor
    }

    #[test]
    fn the_price_is_told_for_the_reference_and_rounded_half_up() {
        // 11.50 for 250 g.
        assert_eq!(price(1_150, of("250", Unit::Gram), None), 4_600);
        assert_eq!(price(1_150, of("250", Unit::Gram), Some(of("100", Unit::Gram))), 460);
        assert_eq!(price(599, of("0.75", Unit::Litre), None), 799, "7.98666…");
        assert_eq!(price(599, of("75", Unit::Centilitre), Some(of("100", Unit::Millilitre))), 80);
        assert_eq!(price(1, of("2", Unit::Piece), None), 1, "half up");
        assert_eq!(price(1, of("3", Unit::Piece), None), 0);
        assert_eq!(price(4_995, of("2.5", Unit::SquareMetre), None), 1_998);
        assert_eq!(price(900, of("12", Unit::Piece), None), 75);
    }

    #[test]
    fn what_is_told_for_something_else_is_refused() {
        let refused = Measure::new(of("1", Unit::Litre), Some(of("1", Unit::Kilogram))).unwrap_err();
        assert_eq!(refused, Invalid::at("reference", Problem::OtherDimension));
        for one in Unit::ALL {
            for other in Unit::ALL {
                let fits = Measure::new(of("1", one), Some(of("1", other))).is_ok();
                assert_eq!(fits, one.dimension() == other.dimension(), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_content_is_more_than_nothing_and_not_too_exact() {
        let parse = |text| Content::parse(text, Unit::Gram).map(|content| content.quantity().to_string());
        assert_eq!(
            ["0.001", "1000000", "2.50"].map(parse),
            ["0.001", "1000000", "2.5"].map(|text| Ok(text.to_owned()))
        );
        for wrong in ["0", "-1", "0.0005", "1000000.001", "", "x", "1e3"] {
            assert_eq!(parse(wrong), Err(Problem::InvalidMeasure), "{wrong}");
        }
    }

    #[test]
    fn what_says_nothing_is_refused_and_what_no_amount_can_be_is_not_told() {
        let speck = of("0.001", Unit::Milligram);
        for reference in [of("1000000", Unit::Kilogram), of("1.001", Unit::Kilogram)] {
            let refused = Measure::new(speck, Some(reference)).unwrap_err();
            assert_eq!(refused, Invalid::at("reference", Problem::ReferenceTooLarge));
        }
        let measure = Measure::new(speck, None).unwrap();
        assert_eq!(measure.unit_price(Money::new(28_900, Currency::SAR)).unwrap().minor, 28_900_000_000_000);
        assert_eq!(measure.unit_price(Money::new(i64::MAX, Currency::SAR)), None);
        assert_eq!(measure.unit_price(Money::zero(Currency::SAR)), Some(Money::zero(Currency::SAR)));
        // As one may be kept from the time before it was refused.
        let kept = Measure { content: speck, reference: of("1000000", Unit::Kilogram) };
        assert_eq!(kept.unit_price(Money::new(28_900, Currency::SAR)), None);
    }

    fn any_measure() -> impl Strategy<Value = Measure> {
        let units = (0..Unit::ALL.len(), 0..Unit::ALL.len());
        (units, 1_i64..5_000_000, 1_i64..5_000_000).prop_filter_map("of one dimension", |((one, other), n, m)| {
            let content = Content { thousandths: n, unit: Unit::ALL[one] };
            Measure::new(content, Some(Content { thousandths: m, unit: Unit::ALL[other] })).ok()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn it_is_the_exact_price_rounded_once(measure in any_measure(), minor in 0_i64..1_000_000) {
            let base = |content: Content| content.quantity() * Decimal::from(content.unit.of_smallest());
            let exact = Decimal::from(minor) * base(measure.reference) / base(measure.content);
            let told = measure.unit_price(Money::new(minor, Currency::SAR)).unwrap().minor;
            let off = Decimal::from(told) - exact;
            // As exact as 28 digits are.
            let half = Decimal::new(5, 1) + Decimal::new(1, 9);
            prop_assert!(off.abs() <= half, "{told} for {exact}");
            prop_assert_eq!(exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) >= Decimal::ZERO, 0 <= told);
        }

        #[test]
        fn for_as_much_as_is_in_it_it_is_the_price(measure in any_measure(), minor in 0_i64..1_000_000_000) {
            let whole = Measure { reference: measure.content, ..measure };
            prop_assert_eq!(whole.unit_price(Money::new(minor, Currency::KWD)), Some(Money::new(minor, Currency::KWD)));
        }

        #[test]
        fn what_costs_more_does_not_cost_less_for_the_reference(measure in any_measure(), low in 0_i64..1_000_000, more in 0_i64..1_000_000) {
            let of = |minor| measure.unit_price(Money::new(minor, Currency::SAR)).unwrap().minor;
            prop_assert!(of(low) <= of(low + more));
        }

        #[test]
        fn what_is_kept_is_read_as_it_was(measure in any_measure()) {
            let kept = serde_json::to_string(&measure).unwrap();
            prop_assert_eq!(serde_json::from_str::<Measure>(&kept).unwrap(), measure);
        }
    }
}
