//! Clients who buy and staff who work, until the server is dead.

use std::collections::BTreeMap;

use rand::{RngExt, rngs::StdRng};

use super::{
    book::{Book, Entry, Fate, Move, Step},
    take::take,
};
use crate::torture::{
    caller::Unanswered,
    shopping::{Shopping, Wish},
    site::Door,
};

/// The cards that buyers have; half of the buyers have none.
const CARDS: [&str; 4] = ["tok_approved", "tok_approved", "tok_challenge", "tok_insufficient_funds"];

/// What staff do, one after the other.
const WAY: [Move; 4] = [Move::Confirm, Move::Allocate, Move::Ship, Move::Deliver];

/// Buys again and again, and has staff work on it, until there is no answer.
pub(super) async fn buy(door: &Door<'_>, book: &Book, shopping: &Shopping, client: &str, mut rng: StdRng) {
    for n in 1.. {
        let wish = wish(format!("{client}-{n}"), shopping, &mut rng);
        if order(door, book, shopping, (wish, &mut rng)).await.is_err() {
            return;
        }
    }
}

fn wish(key: String, shopping: &Shopping, rng: &mut StdRng) -> Wish {
    let skus = shopping.skus();
    let mut lines = BTreeMap::new();
    for _ in 0..rng.random_range(1..=3) {
        lines.insert(skus[rng.random_range(0..skus.len())].clone(), rng.random_range(1..=3));
    }
    let card = rng.random_bool(0.5).then(|| CARDS[rng.random_range(0..CARDS.len())]);
    Wish { key, lines, card }
}

/// One order, from the cart to wherever it goes.
async fn order(
    door: &Door<'_>,
    book: &Book,
    shopping: &Shopping,
    (wish, rng): (Wish, &mut StdRng),
) -> Result<(), Unanswered> {
    let (key, cart) = (wish.key.clone(), shopping.prepare(&door.guest(), &wish).await?);
    book.entries().insert(key.clone(), Entry { wish, cart, fate: Fate::Unknown, asked: None });
    door.say_busy();
    take(door, book, &key, Step::Complete).await?;
    let entry = book.entry(&key);
    let Some(placed) = entry.placed() else { return Ok(()) };
    match placed.states {
        ["PLACED"] => work(door, book, &key, rng).await,
        ["AWAITING_PAYMENT"] if placed.challenge.is_some() && rng.random_bool(0.7) => {
            take(door, book, &key, Step::Approve).await
        }
        ["AWAITING_PAYMENT"] if placed.challenge.is_none() && rng.random_bool(0.5) => {
            take(door, book, &key, Step::Pay).await?;
            work(door, book, &key, rng).await
        }
        ["AWAITING_PAYMENT"] if rng.random_bool(0.3) => take(door, book, &key, Step::Move(Move::Cancel)).await,
        _ => Ok(()),
    }
}

/// Staff bring an order some way, and cancel some that have not left.
async fn work(door: &Door<'_>, book: &Book, key: &str, rng: &mut StdRng) -> Result<(), Unanswered> {
    let n_moves = rng.random_range(0..=WAY.len());
    for step in &WAY[..n_moves] {
        take(door, book, key, Step::Move(*step)).await?;
    }
    if !WAY[..n_moves].contains(&Move::Ship) && rng.random_bool(0.4) {
        take(door, book, key, Step::Move(Move::Cancel)).await?;
    }
    Ok(())
}
