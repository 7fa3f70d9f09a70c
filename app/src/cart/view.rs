//! A cart as the shopper sees it: priced now, with what the shop had to change.

use std::{collections::HashMap, slice::from_ref};

use domain::{
    cart::draft::DraftState,
    date::Date,
    id::{GiftCard, Id, Promotion, Variant},
    identity::address::Address,
    money::Money,
    payments::tender::Split,
    pricing::{list::Resolved, promotions::Why, quantity_rule::Breach, quote::Quote},
    time::Instant,
};
use entity::{
    cart::{cart, cart_line},
    catalog::{product, variant},
    channels::channel,
};
use store::{Fault, Read};

use super::{price::Terms, tender::GivenCredit};
use crate::{
    channels::Payable,
    fulfilment::delivery::Delivery,
    inventory::{self, Held, load::Promisable},
    organisations::Party,
    payments::credit::NotSpendable,
    pricing::promotions::NoCoupon,
};

/// A line that is sold.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its row.
    pub row: cart_line::Model,
    /// What is wanted.
    pub variant: variant::Model,
    /// Its product.
    pub product: product::Model,
    /// What a unit costs by the lists, and how it came about.
    pub price: Resolved,
    /// Its place in the quote's lines.
    pub quoted: usize,
    /// Why so many pieces are not bought together any more, if they are not.
    pub breach: Option<Breach>,
}

/// A cart, priced.
#[derive(Clone, Debug)]
pub struct View {
    /// The cart.
    pub cart: cart::Model,
    /// Who buys, and for which unit of which company.
    pub party: Party,
    /// The lines that are sold.
    pub lines: Vec<Line>,
    /// The lines that are not sold any more.
    pub gone: Vec<cart_line::Model>,
    /// What it costs.
    pub quote: Quote,
    /// Whether it cannot be ordered, as the channel's tax engine did not say how it is taxed.
    pub is_untaxed: bool,
    /// Where it is delivered to.
    pub address: Option<Address>,
    /// The ways of delivery to the address.
    pub deliveries: Vec<Delivery>,
    /// The way chosen, if it is one of them.
    pub delivery: Option<Delivery>,
    /// The ways to pay.
    pub payables: Vec<Payable>,
    /// The way chosen, if it is one of them, and something is left to be paid by it.
    pub payment: Option<Payable>,
    /// The gift cards and the store credit that it is to be paid with.
    pub credits: Vec<GivenCredit>,
    /// What is paid with them, and what is left.
    pub split: Split,
    /// The codes of coupons that were put in.
    pub coupons: Vec<GivenCoupon>,
    /// What the shop had to change.
    pub warnings: Vec<Warning>,
    /// Until when all that it holds is held; none if it holds nothing.
    pub reserved_until: Option<Instant>,
}

/// The code of a coupon that was put into a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenCoupon {
    /// What is written on it.
    pub code: String,
    /// What it is for, if it is known.
    pub promotion: Option<Id<Promotion>>,
    /// Why it is worth nothing any more, if that is so.
    pub why_not: Option<NoCoupon>,
}

/// Something the shop had to change, or the shopper should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A price changed since the line was put in.
    PriceChanged {
        /// The line.
        line: Id<domain::id::CartLine>,
        /// The price then.
        was: Money,
        /// The price now.
        now: Money,
    },
    /// There is less than is wanted.
    ShortOfStock {
        /// The line.
        line: Id<domain::id::CartLine>,
        /// Units that are free.
        available: i64,
    },
    /// Some of it is not there, and comes later.
    Backordered {
        /// The line.
        line: Id<domain::id::CartLine>,
        /// Units that come later.
        quantity: i64,
        /// Whether they come for the first time.
        is_preorder: bool,
        /// The day on which they come, as far as is known.
        expected_on: Option<Date>,
    },
    /// The channel holds what is in a cart for some time, and some of this line is not held any more: it is there still.
    NotReserved {
        /// The line.
        line: Id<domain::id::CartLine>,
        /// Units that are held.
        reserved: i64,
    },
    /// So many pieces are not bought together any more: the line must be changed before it is ordered.
    Quantity {
        /// The line.
        line: Id<domain::id::CartLine>,
        /// Why.
        breach: Breach,
    },
    /// The channel's tax engine did not say how some of it is taxed: it is an estimate.
    TaxEstimated,
    /// A coupon that was put in is worth nothing any more.
    Coupon {
        /// What is written on it.
        code: String,
        /// Why.
        why: NoCoupon,
    },
    /// Nothing can be paid any more with a gift card that was put in.
    GiftCard {
        /// Which.
        card: Id<GiftCard>,
        /// Why.
        why: NotSpendable,
    },
    /// The line is not sold any more and is left out.
    NotSold {
        /// The line.
        line: Id<domain::id::CartLine>,
    },
}

/// Where a cart is delivered to.
pub fn address(cart: &cart::Model) -> Result<Option<Address>, Fault> {
    cart.address.as_deref().map(|json| serde_json::from_str(json).map_err(Fault::new)).transpose()
}

/// Prices a cart at an instant, and warns of what the shop had to change.
pub async fn view(read: &Read, channel: &channel::Model, cart: cart::Model, at: Instant) -> Result<View, Fault> {
    let view = views(read, channel, vec![cart], at).await?.pop();
    view.ok_or_else(|| Fault::new("a cart that nothing became of"))
}

/// Prices carts of one channel at an instant, in their order, and warns of what the shop had to change: a constant number
/// of statements.
pub(crate) async fn views(
    read: &Read,
    channel: &channel::Model,
    carts: Vec<cart::Model>,
    at: Instant,
) -> Result<Vec<View>, Fault> {
    let terms = Terms::load(read, channel, &carts, at).await?;
    let mut views = carts.into_iter().map(|cart| terms.price(cart)).collect::<Result<Vec<_>, _>>()?;
    // A cart that became an order has nothing left to warn of.
    let mut alive: Vec<_> = views.iter_mut().filter(|view| ALIVE.contains(&view.cart.state.as_str())).collect();
    if alive.is_empty() {
        return Ok(views);
    }
    let ids: Vec<_> = alive.iter().flat_map(|view| &view.lines).map(|line| line.row.variant_id).collect();
    let promisable = inventory::load::promisable(read, channel, &ids, Date::of(at)).await?;
    let carts: Vec<_> = alive.iter().map(|view| view.cart.id).collect();
    let mut held = inventory::held_for_carts(read, &carts).await?;
    for view in &mut alive {
        let held = held.remove(&view.cart.id).unwrap_or_default();
        // A draft holds nothing.
        let is_to_be_held = view.cart.state == "OPEN" && channel.cart_hold_minutes.is_some();
        view.warnings = warnings(view, &promisable, &held, is_to_be_held);
        view.reserved_until = held.until;
    }
    Ok(views)
}

/// What carts are that can become an order.
pub(super) const ALIVE: [&str; 2] = ["OPEN", DraftState::Open.of_cart()];

/// Prices a cart at an instant, without a warning.
pub async fn priced(read: &Read, channel: &channel::Model, cart: cart::Model, at: Instant) -> Result<View, Fault> {
    Terms::load(read, channel, from_ref(&cart), at).await?.price(cart)
}

impl View {
    /// Why a coupon is worth nothing any more, by itself or with its promotion; `None`: what the cart lacks for it, its shopper
    /// sees in it.
    pub fn why_not(&self, given: &GivenCoupon) -> Option<NoCoupon> {
        let refused = || self.quote.refused.iter().find(|refused| Some(refused.promotion) == given.promotion);
        let by_promotion = || match refused()?.why {
            Why::NotYet | Why::Over => Some(NoCoupon::Over),
            Why::UsedUp | Why::UsedUpByCustomer | Why::UsedUpByOrganisation | Why::BudgetSpent => {
                Some(NoCoupon::UsedUp)
            }
            Why::SignIn
            | Why::Unmet(_)
            | Why::NothingToTake
            | Why::CheapAlready
            | Why::GiftNotInCart
            | Why::NoDelivery
            | Why::BetterInGroup { .. }
            | Why::Exclusive { .. }
            | Why::BetterTogether { .. }
            | Why::Capped
            | Why::AtFloor => None,
        };
        given.why_not.or_else(by_promotion)
    }
}

fn warnings(
    view: &View,
    promisable: &HashMap<Id<Variant>, Promisable>,
    held: &Held,
    is_to_be_held: bool,
) -> Vec<Warning> {
    let View { lines, gone, quote, .. } = view;
    let mut warnings: Vec<_> = gone.iter().map(|row| Warning::NotSold { line: row.id }).collect();
    let worthless = view.coupons.iter().filter_map(|given| Some((given.code.clone(), view.why_not(given)?)));
    warnings.extend(worthless.map(|(code, why)| Warning::Coupon { code, why }));
    let unspendable = view.credits.iter().filter_map(|given| Some((given.held.row.id, given.why_not?)));
    warnings.extend(unspendable.map(|(card, why)| Warning::GiftCard { card: Id::new(card.uuid()), why }));
    // Until there is an address, nobody is asked.
    if view.address.is_some() && quote.is_estimate() {
        warnings.push(Warning::TaxEstimated);
    }
    for line in lines {
        let was = Money::new(line.row.seen_minor, quote.total.currency);
        // What was agreed on with staff is nobody's surprise, and whom tax is asked of is no change of the price.
        let now = line.price.amount;
        if was != now && line.row.agreed_minor.is_none() {
            warnings.push(Warning::PriceChanged { line: line.row.id, was, now });
        }
        if let Some(breach) = line.breach {
            warnings.push(Warning::Quantity { line: line.row.id, breach });
        }
        let there = promisable.get(&line.row.variant_id).copied().unwrap_or_default();
        let reserved = held.units.get(&line.row.variant_id).copied().unwrap_or_default();
        let on_shelf = there.on_shelf.max(0).saturating_add(reserved);
        let missing = line.row.quantity.saturating_sub(on_shelf).max(0);
        let is_held = line.row.quantity <= reserved;
        let line = line.row.id;
        if there.beyond < missing {
            let available = on_shelf.saturating_add(there.beyond);
            warnings.push(Warning::ShortOfStock { line, available });
        } else if 0 < missing {
            let (is_preorder, expected_on) = (there.is_preorder, there.expected_on);
            warnings.push(Warning::Backordered { line, quantity: missing, is_preorder, expected_on });
        } else if is_to_be_held && !is_held {
            warnings.push(Warning::NotReserved { line, reserved });
        }
    }
    warnings
}
