//! The price of a cart, from the facts alone.
#![deny(clippy::arithmetic_side_effects)]

use super::{promotion::Promotion, tax::TaxRate};
use crate::{
    cart::quantity::Quantity,
    id::{self, Collection, Id},
    money::{Currency, Money, MoneyError},
    time::Instant,
};

/// What is known of a line before it is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFacts {
    /// The price of one piece, with tax; not negative.
    pub unit: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// The rate of the tax that is in the price.
    pub tax_rate: TaxRate,
    /// The collections that the product is in.
    pub collections: Vec<Id<Collection>>,
}

/// Everything that a price depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The currency of every amount to be summed.
    pub currency: Currency,
    /// What is bought.
    pub lines: Vec<LineFacts>,
    /// The promotions of the shop, running or not, in any order.
    pub promotions: Vec<Promotion>,
    /// The price of delivery, with tax; `None` until a way of delivery is chosen. Not negative.
    pub delivery: Option<Money>,
    /// What the way of payment costs, with tax, such as cash on delivery. Not negative.
    pub fee: Option<Money>,
    /// The rate of the tax that is in the delivery and in the fee.
    pub service_tax_rate: TaxRate,
    /// When.
    pub at: Instant,
}

/// A priced line. `total = subtotal − discount`, and none of the amounts is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    /// The price of one piece, with tax.
    pub unit: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// Unit times quantity.
    pub subtotal: Money,
    /// What is taken off: the line's own discount and its share in that of the order.
    pub discount: Money,
    /// What is left to pay, with tax.
    pub total: Money,
    /// The rate of the tax that is in the total.
    pub tax_rate: TaxRate,
    /// The tax that is in the total, rounded half up.
    pub tax: Money,
}

/// What one promotion took off, on all lines together or on the delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The promotion.
    pub promotion: Id<id::Promotion>,
    /// What it took off; more than nothing.
    pub amount: Money,
}

/// What a cart costs. `total = subtotal − discount + delivery − delivery_discount + fee`; the applied
/// amounts sum to both discounts; and no amount is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The lines, in the order given.
    pub lines: Vec<QuotedLine>,
    /// The promotions that took something off, in the order in which they did.
    pub applied: Vec<Applied>,
    /// The lines before discounts.
    pub subtotal: Money,
    /// What is taken off the lines.
    pub discount: Money,
    /// Delivery before its discount.
    pub delivery: Money,
    /// What is taken off the delivery.
    pub delivery_discount: Money,
    /// What the way of payment costs.
    pub fee: Money,
    /// The tax that is in the total: of the lines, the delivery and the fee, each rounded by itself.
    pub tax: Money,
    /// What is to be paid, with tax.
    pub total: Money,
}

/// Prices a cart.
///
/// Of the promotions that run, in this order:
///
/// 1. Each line takes the one `CollectionPercent` that takes most off it, rounded half up.
/// 2. The order takes the one `OrderPercent` that takes most off what the lines now come to, if they
///    reach its threshold. It is rounded half up once and shared out by largest remainder
///    ([`Money::allocate`]) in proportion to what each line now comes to.
/// 3. The delivery is free if what the lines now come to reaches the threshold of a `FreeDelivery`.
///
/// Of promotions that take off the same, the one with the lower priority number applies, and of
/// those the one with the lower id; the order in which they are given makes no difference.
///
/// The tax is what the discounted amounts contain. Refuses amounts in two currencies and sums that
/// do not fit.
pub fn quote(facts: &Facts) -> Result<Quote, MoneyError> {
    let zero = Money::zero(facts.currency);
    let running = running(facts);
    let mut applied = Vec::new();
    let mut lines = Vec::with_capacity(facts.lines.len());
    for line in &facts.lines {
        let mut quoted = QuotedLine::undiscounted(line, zero)?;
        let own = best(&running, |promotion| promotion.off_line(quoted.subtotal, &line.collections))?;
        if let Some(own) = own {
            quoted.take_off(own.amount)?;
            note(&mut applied, own)?;
        }
        lines.push(quoted);
    }
    if let Some(whole) = discount_order(&running, &mut lines, zero)? {
        note(&mut applied, whole)?;
    }

    let subtotal = Money::sum(facts.currency, lines.iter().map(|line| line.subtotal))?;
    let discount = Money::sum(facts.currency, lines.iter().map(|line| line.discount))?;
    let goods = subtotal.minus(discount)?;
    let delivery = zero.plus(facts.delivery.unwrap_or(zero))?;
    let freed = best(&running, |promotion| Ok(promotion.off_delivery(delivery, goods)))?;
    let delivery_discount = freed.as_ref().map_or(zero, |freed| freed.amount);
    applied.extend(freed);
    let fee = zero.plus(facts.fee.unwrap_or(zero))?;

    let delivered = delivery.minus(delivery_discount)?;
    let mut tax = zero;
    for line in &mut lines {
        line.tax = line.total.tax_included(line.tax_rate.fraction())?;
        tax = tax.plus(line.tax)?;
    }
    for service in [delivered, fee] {
        tax = tax.plus(service.tax_included(facts.service_tax_rate.fraction())?)?;
    }
    let total = goods.plus(delivered)?.plus(fee)?;
    Ok(Quote { lines, applied, subtotal, discount, delivery, delivery_discount, fee, tax, total })
}

impl QuotedLine {
    fn undiscounted(line: &LineFacts, zero: Money) -> Result<Self, MoneyError> {
        let subtotal = zero.plus(line.unit.times(line.quantity.get())?)?;
        let LineFacts { unit, quantity, tax_rate, .. } = *line;
        Ok(Self { unit, quantity, subtotal, discount: zero, total: subtotal, tax_rate, tax: zero })
    }

    fn take_off(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.discount = self.discount.plus(amount)?;
        self.total = self.total.minus(amount)?;
        Ok(())
    }
}

/// The promotions that run, in the order in which equals apply.
fn running(facts: &Facts) -> Vec<&Promotion> {
    let mut running: Vec<_> = facts.promotions.iter().filter(|promotion| promotion.runs_at(facts.at)).collect();
    running.sort_by_key(|promotion| (promotion.priority, promotion.id));
    running
}

/// The promotion that takes most off, the first of equals; none if none takes anything off.
fn best(
    running: &[&Promotion],
    off: impl Fn(&Promotion) -> Result<Money, MoneyError>,
) -> Result<Option<Applied>, MoneyError> {
    let mut best: Option<Applied> = None;
    for promotion in running {
        let amount = off(promotion)?;
        if best.as_ref().map_or(0, |best| best.amount.minor) < amount.minor {
            best = Some(Applied { promotion: promotion.id, amount });
        }
    }
    Ok(best)
}

/// Takes the best discount on the order off its lines. No share exceeds what its line comes to: a
/// share is at most one minor unit above its exact part, and only where that is not whole.
fn discount_order(
    running: &[&Promotion],
    lines: &mut [QuotedLine],
    zero: Money,
) -> Result<Option<Applied>, MoneyError> {
    let discounted = Money::sum(zero.currency, lines.iter().map(|line| line.total))?;
    let whole = best(running, |promotion| promotion.off_order(discounted))?;
    if let Some(whole) = &whole {
        let weights: Vec<_> = lines.iter().map(|line| line.total.minor).collect();
        for (line, share) in lines.iter_mut().zip(whole.amount.allocate(&weights)?) {
            line.take_off(share)?;
        }
    }
    Ok(whole)
}

/// Notes what a promotion took off, together with what it took off earlier lines.
fn note(applied: &mut Vec<Applied>, new: Applied) -> Result<(), MoneyError> {
    match applied.iter_mut().find(|earlier| earlier.promotion == new.promotion) {
        Some(earlier) => earlier.amount = earlier.amount.plus(new.amount)?,
        None => applied.push(new),
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "in a test an overflow is a failure")]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use uuid::Uuid;

    use super::*;
    use crate::pricing::promotion::Effect;

    const VAT: TaxRate = TaxRate::from_bps(1500);

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn collection(n: u128) -> Id<Collection> {
        Id::new(Uuid::from_u128(n))
    }

    fn line(unit: i64, n: i64, collections: &[u128]) -> LineFacts {
        let collections = collections.iter().copied().map(collection).collect();
        LineFacts { unit: sar(unit), quantity: Quantity::parse(n).unwrap(), tax_rate: VAT, collections }
    }

    fn promotion(n: u128, priority: i32, effect: Effect) -> Promotion {
        Promotion { id: Id::new(Uuid::from_u128(n)), priority, effect, starts_at: None, ends_at: None }
    }

    fn off_collection(n: u128, percent: i64) -> Effect {
        Effect::CollectionPercent { collection: collection(n), percent: Decimal::from(percent) }
    }

    fn off_order(percent: i64, over: i64) -> Effect {
        Effect::OrderPercent { percent: Decimal::from(percent), over: sar(over) }
    }

    fn facts(lines: Vec<LineFacts>, promotions: Vec<Promotion>) -> Facts {
        Facts {
            currency: Currency::SAR,
            lines,
            promotions,
            delivery: Some(sar(2_300)),
            fee: Some(sar(1_150)),
            service_tax_rate: VAT,
            at: Instant::from_millis(1_000),
        }
    }

    fn applied(quote: &Quote) -> Vec<(u128, i64)> {
        quote.applied.iter().map(|applied| (applied.promotion.uuid().as_u128(), applied.amount.minor)).collect()
    }

    #[test]
    fn a_cart_without_promotions_costs_its_lines_its_delivery_and_its_fee() {
        let quote = quote(&facts(vec![line(11_500, 2, &[]), line(100, 3, &[])], vec![])).unwrap();
        assert_eq!((quote.subtotal, quote.discount, quote.total), (sar(23_300), sar(0), sar(26_750)));
        let taxes: Vec<_> = quote.lines.iter().map(|line| line.tax.minor).collect();
        assert_eq!((taxes, quote.tax), (vec![3_000, 39], sar(3_000 + 39 + 300 + 150)));
    }

    #[test]
    fn an_empty_cart_costs_nothing() {
        let nothing = Facts { delivery: None, fee: None, ..facts(vec![], vec![promotion(1, 0, off_order(50, 0))]) };
        let quote = quote(&nothing).unwrap();
        assert_eq!((quote.total, quote.tax, quote.applied), (sar(0), sar(0), vec![]));
    }

    #[test]
    fn a_line_takes_only_the_best_discount_of_its_collections() {
        let promotions = vec![
            promotion(1, 0, off_collection(1, 10)),
            promotion(2, 9, off_collection(2, 20)),
            promotion(3, 0, off_collection(3, 90)),
        ];
        let lines = vec![line(1_000, 1, &[1, 2]), line(2_000, 1, &[1]), line(3_000, 1, &[2]), line(4_000, 1, &[])];
        let quote = quote(&facts(lines, promotions)).unwrap();
        let discounts: Vec<_> = quote.lines.iter().map(|line| line.discount.minor).collect();
        assert_eq!(discounts, [200, 200, 600, 0]);
        assert_eq!(applied(&quote), [(2, 800), (1, 200)]);
    }

    #[test]
    fn of_equal_discounts_the_lower_priority_number_applies_and_then_the_lower_id() {
        let of = |promotions| applied(&quote(&facts(vec![line(1_000, 1, &[1])], promotions)).unwrap());
        let ten = || off_collection(1, 10);
        assert_eq!(of(vec![promotion(1, 2, ten()), promotion(2, 1, ten())]), [(2, 100)]);
        assert_eq!(of(vec![promotion(2, 1, ten()), promotion(1, 1, ten())]), [(1, 100)]);
    }

    #[test]
    fn the_discount_of_the_order_is_on_discounted_lines_and_shared_by_them() {
        let promotions = vec![
            promotion(1, 0, off_collection(1, 50)),
            promotion(2, 0, off_order(10, 400)),
            promotion(3, 0, off_order(90, 401)),
        ];
        let quote = quote(&facts(vec![line(200, 1, &[1]), line(100, 3, &[])], promotions)).unwrap();
        let discounts: Vec<_> = quote.lines.iter().map(|line| line.discount.minor).collect();
        assert_eq!(discounts, [100 + 10, 30]);
        assert_eq!((quote.total, applied(&quote)), (sar(360 + 3_450), vec![(1, 100), (2, 40)]));
    }

    #[test]
    fn delivery_is_free_by_what_is_left_of_the_lines() {
        let free = |over| promotion(3, 0, Effect::FreeDelivery { over: sar(over) });
        let of = |over| {
            quote(&facts(vec![line(1_000, 1, &[])], vec![promotion(1, 0, off_order(10, 0)), free(over)])).unwrap()
        };
        assert_eq!((of(900).delivery, of(900).delivery_discount), (sar(2_300), sar(2_300)));
        assert_eq!((of(900).total, of(900).tax), (sar(900 + 1_150), sar(117 + 150)));
        assert_eq!((of(901).delivery_discount, of(901).applied.len()), (sar(0), 1));
    }

    #[test]
    fn a_promotion_that_does_not_run_takes_nothing_off() {
        let over = Promotion { ends_at: Some(Instant::from_millis(1_000)), ..promotion(1, 0, off_order(50, 0)) };
        assert_eq!(applied(&quote(&facts(vec![line(1_000, 1, &[])], vec![over])).unwrap()), []);
    }

    #[test]
    fn what_does_not_add_up_is_refused() {
        let dinars = LineFacts { unit: Money::new(1, Currency::KWD), ..line(1, 1, &[]) };
        assert_eq!(quote(&facts(vec![dinars], vec![])), Err(MoneyError::MixedCurrencies));
        let delivery = Some(Money::new(1, Currency::KWD));
        assert_eq!(quote(&Facts { delivery, ..facts(vec![], vec![]) }), Err(MoneyError::MixedCurrencies));
        assert_eq!(quote(&facts(vec![line(i64::MAX, 2, &[])], vec![])), Err(MoneyError::Overflow));
    }

    fn any_line() -> impl Strategy<Value = LineFacts> {
        let rate = prop_oneof![Just(0_u32), Just(500), Just(1500), 0_u32..20_000];
        (0_i64..1_000_000, 1_i64..=999, rate, prop::collection::vec(0_u128..4, 0..3)).prop_map(
            |(unit, n, bps, collections)| LineFacts { tax_rate: TaxRate::from_bps(bps), ..line(unit, n, &collections) },
        )
    }

    fn any_effect() -> impl Strategy<Value = Effect> {
        let percent =
            || prop_oneof![Just(0), Just(10_000), 0_i64..=10_000].prop_map(|percent| Decimal::new(percent, 2));
        let over = || prop_oneof![Just(0), 0_i64..100_000_000].prop_map(sar);
        prop_oneof![
            (0_u128..4, percent())
                .prop_map(|(n, percent)| Effect::CollectionPercent { collection: collection(n), percent }),
            (percent(), over()).prop_map(|(percent, over)| Effect::OrderPercent { percent, over }),
            over().prop_map(|over| Effect::FreeDelivery { over }),
        ]
    }

    fn any_facts() -> impl Strategy<Value = Facts> {
        let promotions = prop::collection::vec((0_i32..3, any_effect()), 0..8).prop_map(|all| {
            (1..).zip(all).map(|(n, (priority, effect))| promotion(n, priority, effect)).collect::<Vec<_>>()
        });
        let price = || prop::option::of((0_i64..10_000).prop_map(sar));
        (prop::collection::vec(any_line(), 0..8), promotions, price(), price())
            .prop_map(|(lines, promotions, delivery, fee)| Facts { delivery, fee, ..facts(lines, promotions) })
    }

    fn shuffled_facts() -> impl Strategy<Value = (Facts, Vec<Promotion>)> {
        any_facts().prop_flat_map(|facts| {
            let shuffled = Just(facts.promotions.clone()).prop_shuffle();
            (Just(facts), shuffled)
        })
    }

    proptest! {
        #[test]
        fn a_quote_closes_and_is_never_negative(facts in any_facts()) {
            let quote = quote(&facts).unwrap();
            let sum = |part: fn(&QuotedLine) -> Money| quote.lines.iter().map(|line| part(line).minor).sum::<i64>();
            prop_assert_eq!(sum(|line| line.subtotal), quote.subtotal.minor);
            prop_assert_eq!(sum(|line| line.discount), quote.discount.minor);
            let services = quote.delivery.minor - quote.delivery_discount.minor + quote.fee.minor;
            prop_assert_eq!(sum(|line| line.total) + services, quote.total.minor);
            prop_assert_eq!(quote.subtotal.minor - quote.discount.minor + services, quote.total.minor);
            let applied: i64 = quote.applied.iter().map(|applied| applied.amount.minor).sum();
            prop_assert_eq!(applied, quote.discount.minor + quote.delivery_discount.minor);
            prop_assert!(quote.applied.iter().all(|applied| 0 < applied.amount.minor));
            prop_assert!(0 <= quote.tax.minor && quote.tax.minor <= quote.total.minor);
            prop_assert!(quote.delivery_discount.minor <= quote.delivery.minor);
            for line in &quote.lines {
                prop_assert_eq!(line.subtotal.minor - line.discount.minor, line.total.minor);
                prop_assert!(0 <= line.discount.minor && 0 <= line.tax.minor && line.tax.minor <= line.total.minor);
            }
        }

        #[test]
        fn the_order_of_the_promotions_makes_no_difference((facts, promotions) in shuffled_facts()) {
            let expected = quote(&facts);
            prop_assert_eq!(quote(&Facts { promotions, ..facts.clone() }), expected.clone());
            prop_assert_eq!(quote(&facts), expected);
        }

        #[test]
        fn all_off_is_exactly_zero(mut facts in any_facts()) {
            facts.promotions.push(promotion(99, 0, off_order(100, 0)));
            let quote = quote(&facts).unwrap();
            prop_assert_eq!(quote.discount, quote.subtotal);
            prop_assert!(quote.lines.iter().all(|line| line.total == sar(0) && line.tax == sar(0)));
        }
    }
}
