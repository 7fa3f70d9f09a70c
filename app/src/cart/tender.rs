//! Gift cards and store credit in carts.

use domain::{
    id::{Cart, GiftCard, Id},
    invalid::Problem,
    money::{Currency, Money},
    payments::{
        credit::{CreditKind, code::GiftCardCode},
        tender::{Share, StoreCreditWish, Wishes},
    },
    time::Instant,
};
use entity::cart::cart;
use sea_orm::{ColumnTrait, QueryFilter};
use store::{Fault, Tx};

use super::{Rejection, Why, apply::Ground};
use crate::{
    channels,
    payments::credit::{Held, NotSpendable, Purses, load},
};

/// The most gift cards of a cart.
const GIFT_CARDS_MAX: usize = 10;

/// A gift card or store credit that a cart is to be paid with.
#[derive(Clone, Debug)]
pub struct GivenCredit {
    /// What it is, with what is on it.
    pub held: Held,
    /// What can be spent of it.
    pub balance: Money,
    /// What is paid with it.
    pub amount: Money,
    /// Why nothing can be paid with it, if so.
    pub why_not: Option<NotSpendable>,
}

/// What a cart is to be paid with before anything else.
pub(super) fn wishes(cart: &cart::Model) -> Result<Wishes, Fault> {
    serde_json::from_str(&cart.tenders).map_err(Fault::new)
}

/// What a cart is to be paid with, with what is paid with each. One whose currency is not the cart's is of none.
pub(super) fn given(
    purses: &Purses,
    (cart, wishes): (&cart::Model, &Wishes),
    shares: &[Share],
    (currency, at): (Currency, Instant),
) -> Result<Vec<GivenCredit>, Fault> {
    let cards = wishes.gift_cards.iter().filter_map(|id| purses.card(*id));
    let store_credit = wishes.store_credit.and_then(|_| purses.store_credit(cart.customer_id));
    let given = |held: &Held| {
        let share = shares.iter().find(|share| share.credit == held.row.id);
        Ok(GivenCredit {
            balance: held.balance(at)?,
            amount: share.map_or(Money::zero(currency), |share| share.amount),
            // That there is no store credit is nothing wrong: then all of it is paid otherwise.
            why_not: held.check(currency, at).err().filter(|_| held.row.kind == CreditKind::GiftCard.code()),
            held: held.clone(),
        })
    };
    cards.chain(store_credit).map(given).collect()
}

/// Puts a gift card in. One that nothing can be paid with is rejected.
pub(super) async fn add_card(
    tx: &Tx,
    ground: &Ground<'_>,
    step: usize,
    code: &GiftCardCode,
) -> Result<Vec<Rejection>, Fault> {
    let reject = |why| Ok(vec![Rejection::at(step, &["code"], why)]);
    let Some(card) = load::by_code(tx, code).await? else { return reject(Why::NoGiftCard(NotSpendable::Unknown)) };
    if let Err(why) = card.check(channels::currency(ground.channel)?, tx.now()) {
        return reject(Why::NoGiftCard(why));
    }
    let mut wishes = there(tx, ground.cart).await?;
    let id: Id<GiftCard> = Id::new(card.row.id.uuid());
    if wishes.gift_cards.contains(&id) {
        return Ok(Vec::new());
    }
    if GIFT_CARDS_MAX <= wishes.gift_cards.len() {
        return reject(Why::TooManyGiftCards(GIFT_CARDS_MAX));
    }
    wishes.gift_cards.push(id);
    keep(tx, ground.cart, &wishes).await?;
    Ok(Vec::new())
}

/// Takes a gift card out.
pub(super) async fn remove_card(
    tx: &Tx,
    ground: &Ground<'_>,
    step: usize,
    card: Id<GiftCard>,
) -> Result<Vec<Rejection>, Fault> {
    let mut wishes = there(tx, ground.cart).await?;
    if !wishes.gift_cards.contains(&card) {
        return Ok(vec![Rejection::at(step, &["giftCard"], Why::NotFound)]);
    }
    wishes.gift_cards.retain(|other| *other != card);
    keep(tx, ground.cart, &wishes).await?;
    Ok(Vec::new())
}

/// Says how much is to be paid with the customer's store credit: as much as there is, or at most so much; none of it. A guest
/// has none.
pub(super) async fn set_store_credit(
    tx: &Tx,
    ground: &Ground<'_>,
    step: usize,
    wanted: Option<&Option<String>>,
) -> Result<Vec<Rejection>, Fault> {
    let reject = |field, why| Ok(vec![Rejection::at(step, &[field], why)]);
    if wanted.is_some() && ground.party.customer.is_none() {
        return reject("use", Why::CustomerRequired);
    }
    let currency = channels::currency(ground.channel)?;
    let wish = match wanted {
        None => None,
        Some(None) => Some(StoreCreditWish::All),
        Some(Some(max)) => match Money::parse(max, currency).filter(|max| 0 < max.minor) {
            Some(max) => Some(StoreCreditWish::UpTo(max.minor)),
            None => return reject("maxAmount", Why::Wrong(Problem::InvalidAmount)),
        },
    };
    let wishes = Wishes { store_credit: wish, ..there(tx, ground.cart).await? };
    keep(tx, ground.cart, &wishes).await?;
    Ok(Vec::new())
}

/// Puts the gift cards of a cart into another, as far as there is room.
pub(super) async fn hand_over(tx: &Tx, from: Id<Cart>, into: Id<Cart>) -> Result<(), Fault> {
    let more = there(tx, from).await?.gift_cards;
    if more.is_empty() {
        return Ok(());
    }
    let mut wishes = there(tx, into).await?;
    let new: Vec<_> = more.into_iter().filter(|card| !wishes.gift_cards.contains(card)).collect();
    wishes.gift_cards.extend(new);
    wishes.gift_cards.truncate(GIFT_CARDS_MAX);
    keep(tx, into, &wishes).await
}

/// What is wished in a cart that is locked: an earlier step may have changed it.
async fn there(tx: &Tx, id: Id<Cart>) -> Result<Wishes, Fault> {
    let cart = tx.find::<cart::Entity>().filter(cart::Column::Id.eq(id)).one().await?;
    cart.as_ref().map_or_else(|| Ok(Wishes::default()), wishes)
}

async fn keep(tx: &Tx, id: Id<Cart>, wishes: &Wishes) -> Result<(), Fault> {
    let json = serde_json::to_string(wishes).map_err(Fault::new)?;
    tx.update::<cart::Entity>().filter(cart::Column::Id.eq(id)).set(cart::Column::Tenders, json).run().await.map(drop)
}
