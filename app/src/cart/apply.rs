//! Changing a cart: a list of steps, all or nothing.

use std::{
    collections::{HashMap, HashSet},
    slice::from_ref,
};

use domain::{
    cart::quantity::Quantity,
    id::{Cart, CartLine, DeliveryMethod, Id, Variant},
    identity::{address::Address, country::Country},
    invalid::Problem,
    payments::method::Method,
    pricing::{
        list::{Ask, Book},
        quantity_rule::Breach,
    },
    time::Instant,
};
use entity::{
    cart::{cart, cart_line},
    channels::channel,
};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Once, Tx};

use super::{
    CartError, Rejection, Step, Why, Wish, coupon, hold,
    rows::{self, MAX_LINES},
    tender,
};
use crate::{
    catalog, channels,
    cx::{Cx, Shopper},
    fulfilment,
    organisations::Party,
    pricing::{Books, Span},
};

/// Steps to take in a cart.
#[derive(Clone, Debug)]
pub struct Apply {
    /// The cart.
    pub cart: Id<Cart>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The version the caller saw last.
    pub expected_version: Option<i64>,
    /// What makes two calls the same.
    pub once: Option<Once>,
}

/// Takes all steps, or none.
pub async fn apply(cx: &Cx, shopper: Shopper, input: Apply) -> Result<Id<Cart>, CartError> {
    let channel = cx.channel()?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let cart = rows::touch(tx, shopper, input.cart, input.expected_version).await?;
        if cart.channel_id != channel.id {
            return Err(CartError::NotFound);
        }
        let address = super::view::address(&cart)?;
        let party = rows::buy_for(tx, &cart, shopper).await?;
        let ground = Ground { channel, cart: cart.id, party, address, holds: true };
        steps(tx, ground, &input.steps).await?;
        Ok(cart.id)
    })
    .await
}

/// What steps are taken on.
pub(crate) struct Ground<'c> {
    /// Where.
    pub(crate) channel: &'c channel::Model,
    /// Which cart.
    pub(crate) cart: Id<Cart>,
    /// Who buys.
    pub(crate) party: Party,
    /// Where it is delivered to, as far as is known.
    pub(crate) address: Option<Address>,
    /// Whether it holds what is in it where the channel does so: a draft of staff does not.
    pub(crate) holds: bool,
}

/// Takes the steps; fails with all that cannot be done.
pub(crate) async fn steps(tx: &Tx, mut ground: Ground<'_>, steps: &[Step]) -> Result<(), CartError> {
    let mut rejected = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let found = match step {
            Step::LinesAdd(wishes) => add(tx, &ground, index, wishes).await?,
            Step::LinesUpdate(lines) => update(tx, &ground, index, lines).await?,
            Step::LinesRemove(lines) => remove(tx, &ground, index, lines).await?,
            Step::ContactSet(email, phone) => {
                set(tx, &ground, cart::Column::Email, email.as_str()).await?;
                match phone {
                    Some(phone) => set(tx, &ground, cart::Column::Phone, phone.as_str()).await?,
                    None => Vec::new(),
                }
            }
            Step::AddressSet(address) => {
                ground.address = Some(address.as_ref().clone());
                set_address(tx, &ground, index, address).await?
            }
            Step::DeliverySet(method) => set_delivery(tx, &ground, index, *method).await?,
            Step::PaymentSet(method) => set_payment(tx, &ground, index, *method).await?,
            Step::LanguageSet(language) => set(tx, &ground, cart::Column::Language, language.tag()).await?,
            Step::CouponAdd(code) => coupon::add(tx, &ground, index, code).await?,
            Step::CouponRemove(code) => coupon::remove(tx, &ground, index, code).await?,
            Step::GiftCardAdd(code) => tender::add_card(tx, &ground, index, code).await?,
            Step::GiftCardRemove(card) => tender::remove_card(tx, &ground, index, *card).await?,
            Step::StoreCreditSet(wish) => tender::set_store_credit(tx, &ground, index, wish.as_ref()).await?,
        };
        rejected.extend(found);
    }
    if rejected.is_empty() && ground.holds {
        rejected = hold::follow(tx, &ground, steps).await?;
    }
    if rejected.is_empty() { Ok(()) } else { Err(CartError::Rejected(rejected)) }
}

type Found = Result<Vec<Rejection>, Fault>;

/// What things cost whose cart it is, where it goes.
struct Prices {
    book: Book,
    country: Country,
    at: Instant,
}

/// What each of so many pieces costs, minor units, and whether so many are bought together.
type Cost = (i64, Result<(), Breach>);

impl Prices {
    async fn load(tx: &Tx, ground: &Ground<'_>, variants: &[Id<Variant>]) -> Result<Self, Fault> {
        let (channel, at) = (ground.channel, tx.now());
        let books = Books::load(tx, channel, from_ref(&ground.party), (variants, Span::At(at))).await?;
        let home = channels::country(channel)?;
        let country = ground.address.as_ref().map_or(home, |address| address.country);
        Ok(Self { book: books.of(&ground.party), country, at })
    }

    /// What each of so many pieces costs; `None` if it has no price.
    fn of(&self, variant: Id<Variant>, quantity: i64) -> Result<Option<Cost>, Fault> {
        let quantity = u32::try_from(quantity).unwrap_or(u32::MAX);
        let ask = Ask { variant, quantity, country: self.country, at: self.at };
        let found = self.book.price(ask).map_err(Fault::new)?;
        Ok(found.map(|found| (found.amount.minor, found.quantity_rule.check(quantity))))
    }
}

async fn add(tx: &Tx, ground: &Ground<'_>, step: usize, wishes: &[Wish]) -> Found {
    let ids: Vec<_> = wishes.iter().map(|wish| wish.variant).collect();
    let known = catalog::load::any_variants(tx, &ids).await?;
    let products: Vec<_> = known.values().map(|variant| variant.product_id).collect();
    let shown = catalog::shown_at(tx, ground.channel.id, &products, tx.now()).await?;
    let prices = Prices::load(tx, ground, &ids).await?;
    let mut lines: HashMap<_, cart_line::Model> =
        rows::lines(tx, ground.cart).await?.into_iter().map(|line| (line.variant_id, line)).collect();
    let mut rejected = Vec::new();
    for (index, wish) in wishes.iter().enumerate() {
        let reject = |field, why| Rejection::of_item(step, "lines", index, field, why);
        let Some(variant) = known.get(&wish.variant) else {
            rejected.push(reject("variant", Why::NotFound));
            continue;
        };
        let is_shown = shown.contains(&variant.product_id);
        let there = lines.get(&wish.variant).map_or(0, |line| line.quantity);
        let quantity = i64::from(wish.quantity.get());
        let found = prices.of(wish.variant, there.saturating_add(quantity))?.filter(|_| is_shown);
        let Some((price, is_allowed)) = found else {
            rejected.push(reject("variant", Why::NotSoldHere));
            continue;
        };
        if let Err(breach) = is_allowed {
            rejected.push(reject("quantity", Why::Wrong(breach.into())));
            continue;
        }
        if let Some(line) = lines.get_mut(&wish.variant) {
            line.quantity = line.quantity.saturating_add(quantity);
            match Quantity::parse(line.quantity) {
                Ok(_) => {
                    rows::set_quantity(tx, ground.cart, line.id, line.quantity, Some(price)).await?;
                }
                Err(problem) => rejected.push(reject("quantity", Why::Wrong(problem))),
            }
        } else if lines.len() < MAX_LINES {
            let row = rows::line(tx, ground.cart, wish.variant, quantity, price);
            tx.insert(row).await?;
            let inserted = tx.find::<cart_line::Entity>().by(ground.cart).by(wish.variant).one().await?;
            lines.extend(inserted.map(|line| (wish.variant, line)));
        } else {
            rejected.push(Rejection::at(step, &["lines"], Why::TooManyLines(MAX_LINES)));
            break;
        }
    }
    Ok(rejected)
}

async fn update(tx: &Tx, ground: &Ground<'_>, step: usize, lines: &[(Id<CartLine>, Quantity)]) -> Found {
    let mut rejected = Vec::new();
    let mut seen = HashSet::new();
    let current: HashMap<_, _> = rows::lines(tx, ground.cart).await?.into_iter().map(|row| (row.id, row)).collect();
    let variants: Vec<_> = current.values().map(|row| row.variant_id).collect();
    let prices = Prices::load(tx, ground, &variants).await?;
    for (index, (line, quantity)) in lines.iter().enumerate() {
        let found = match current.get(line) {
            Some(row) => prices.of(row.variant_id, quantity.get().into())?,
            None => None,
        };
        if let Some((_, Err(breach))) = found {
            rejected.push(Rejection::of_item(step, "lines", index, "quantity", Why::Wrong(breach.into())));
            continue;
        }
        let price = found.map(|(price, _)| price);
        if !seen.insert(*line) {
            rejected.push(Rejection::of_item(step, "lines", index, "line", Why::Wrong(Problem::Duplicate)));
        } else if !rows::set_quantity(tx, ground.cart, *line, i64::from(quantity.get()), price).await? {
            rejected.push(Rejection::of_item(step, "lines", index, "line", Why::NotFound));
        }
    }
    Ok(rejected)
}

async fn remove(tx: &Tx, ground: &Ground<'_>, step: usize, lines: &[Id<CartLine>]) -> Found {
    let mut rejected = Vec::new();
    let mut seen = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        let reject = |why| Rejection::at(step, &["lines", &index.to_string()], why);
        if !seen.insert(*line) {
            rejected.push(reject(Why::Wrong(Problem::Duplicate)));
        } else if tx.delete::<cart_line::Entity>().by(ground.cart).by(*line).run().await? == 0 {
            rejected.push(reject(Why::NotFound));
        }
    }
    Ok(rejected)
}

async fn set_address(tx: &Tx, ground: &Ground<'_>, step: usize, address: &Address) -> Found {
    if !fulfilment::delivery::serves(tx, ground.channel.id, address.country).await? {
        let why = Why::Wrong(Problem::UnsupportedCountry);
        return Ok(vec![Rejection::at(step, &["address", "country"], why)]);
    }
    set(tx, ground, cart::Column::Address, &serde_json::to_string(address).map_err(Fault::new)?).await
}

async fn set_delivery(tx: &Tx, ground: &Ground<'_>, step: usize, method: Id<DeliveryMethod>) -> Found {
    let reject = |why| Ok(vec![Rejection::at(step, &["deliveryMethod"], why)]);
    let Some(address) = &ground.address else { return reject(Why::AddressRequired) };
    let currency = channels::currency(ground.channel)?;
    let ways = fulfilment::delivery::tariff(tx, ground.channel.id)
        .await?
        .deliveries(currency, (address.country, address.city()))?;
    if !ways.iter().any(|way| way.method.id == method) {
        return reject(Why::DeliveryUnavailable);
    }
    set(tx, ground, cart::Column::DeliveryMethodId, Expr::val(method)).await
}

async fn set_payment(tx: &Tx, ground: &Ground<'_>, step: usize, method: Method) -> Found {
    if !channels::methods(tx, ground.channel).await?.iter().any(|way| way.method == method) {
        return Ok(vec![Rejection::at(step, &["paymentMethod"], Why::PaymentUnavailable)]);
    }
    set(tx, ground, cart::Column::PaymentMethod, method.code()).await
}

async fn set(tx: &Tx, ground: &Ground<'_>, column: cart::Column, value: impl Into<Expr>) -> Found {
    tx.update::<cart::Entity>().filter(cart::Column::Id.eq(ground.cart)).set(column, value).run().await?;
    Ok(Vec::new())
}
