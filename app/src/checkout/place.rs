//! What makes orders of carts, in one transaction.

use std::collections::HashMap;

use domain::{
    id::{DeliveryMethod, Id, Order, Variant},
    money::Money,
    payments::{method::Method, tender::Tender},
    pricing::{list::Resolved, promotions::Applied},
    time::Instant,
};
use entity::{
    catalog::{product, variant},
    channels::channel,
};
use store::{Fault, Read, Stamp, Tx};

use super::{CheckoutError, error::Missing, order_token};
use crate::{
    cart::{
        self,
        view::{GivenCoupon, Line, View},
    },
    catalog::{self, load::Selected},
    channels,
    cx::Cx,
    fulfilment::{self, Grounds},
    inventory::{self, Reserve, ReserveLine, Sourced, Unsourced},
    orders,
    payments::{self, credit},
    pricing::promotions::{self, Claims, NoCoupon, Spent},
};

/// What a cart has that can become an order.
struct Ready {
    email: String,
    phone: String,
    /// JSON.
    address: String,
    delivery: Id<DeliveryMethod>,
    /// None if nothing is left to be paid by it.
    method: Option<Method>,
}

/// Checks that nothing is missing; tells all that is.
fn ready(view: &View) -> Result<Ready, CheckoutError> {
    if view.lines.is_empty() && view.gone.is_empty() {
        return Err(CheckoutError::Empty);
    }
    let mut missing: Vec<_> = view.gone.iter().map(|row| Missing::NotSold(row.id)).collect();
    missing.extend(view.lines.iter().filter_map(|line| Some(Missing::Quantity(line.row.id, line.breach?))));
    let wants = |chosen: bool, none, unavailable| if chosen { unavailable } else { none };
    if view.cart.email.is_none() {
        missing.push(Missing::Contact);
    }
    if view.address.is_none() {
        missing.push(Missing::Address);
    }
    if view.delivery.is_none() {
        let chosen = view.cart.delivery_method_id.is_some();
        missing.push(wants(chosen, Missing::Delivery, Missing::DeliveryUnavailable));
    }
    let is_covered = !view.lines.is_empty() && view.split.is_covered();
    if view.payment.is_none() && !is_covered {
        missing.push(wants(view.cart.payment_method.is_some(), Missing::Payment, Missing::PaymentUnavailable));
    }
    match (&view.cart.email, &view.address, &view.delivery) {
        (Some(email), Some(address), Some(delivery)) if missing.is_empty() => {
            let phone = view.cart.phone.clone().unwrap_or_else(|| address.phone.as_str().to_owned());
            let address = serde_json::to_string(address).map_err(Fault::new)?;
            let method = view.payment.map(|way| way.method);
            Ok(Ready { email: email.clone(), phone, address, delivery: delivery.method.id, method })
        }
        _ => Err(CheckoutError::NotReady(missing)),
    }
}

/// Refuses coupons that are none any more: whoever put them in counts on what they take off. What is taken off all the same, by
/// another coupon or without one, is enough. What the cart itself lacks for one, they see in it.
fn coupons(view: &View) -> Result<(), CheckoutError> {
    let is_applied =
        |given: &GivenCoupon| view.quote.applied.iter().any(|applied| Some(applied.promotion) == given.promotion);
    let mut missed = view.coupons.iter().filter(|given| !is_applied(given));
    let bad =
        missed.find_map(|given| Some(CheckoutError::Coupon { code: given.code.clone(), why: view.why_not(given)? }));
    bad.map_or(Ok(()), Err)
}

/// Refuses gift cards that nothing can be paid with any more: whoever put them in counts on what they pay.
fn gift_cards(view: &View) -> Result<(), CheckoutError> {
    let refused = view.credits.iter().find_map(|given| Some((given.held.row.id, given.why_not?)));
    refused.map_or(Ok(()), |(card, why)| Err(CheckoutError::GiftCard { card: Id::new(card.uuid()), why }))
}

/// An order that is about to be written.
pub(crate) struct Planned {
    /// Its id.
    pub(crate) id: Id<Order>,
    by: Stamp,
    view: View,
    ready: Ready,
    lines: Vec<orders::PlaceLine>,
    pay_before: Option<Instant>,
}

/// What the variants in carts are called, apart from their products' names.
pub(crate) type Selection = HashMap<Id<Variant>, Vec<Selected>>;

/// What the variants in these carts are called.
pub(crate) async fn selection(read: &Read, views: &[&View]) -> Result<Selection, Fault> {
    let variants: Vec<_> = views.iter().flat_map(|view| &view.lines).map(|line| line.variant.id).collect();
    catalog::load::selected(read, &variants).await
}

/// Plans the order that a cart becomes, for whoever completes it. Writes nothing.
pub(crate) fn plan(cx: &Cx, tx: &Tx, by: Stamp, view: View, selection: &Selection) -> Result<Planned, CheckoutError> {
    let ready = ready(&view)?;
    coupons(&view)?;
    gift_cards(&view)?;
    if view.is_untaxed {
        return Err(CheckoutError::TaxUnavailable);
    }
    let lines = lines(tx, &view, selection);
    let pay_before = match ready.method {
        None | Some(Method::CashOnDelivery) => None,
        Some(Method::BankTransfer) => Some(tx.now().plus(cx.app().settings.transfer_window)),
        Some(Method::Card) => Some(tx.now().plus(cx.app().settings.payment_window)),
    };
    Ok(Planned { id: tx.new_id(), by, view, ready, lines, pay_before })
}

/// Writes orders of one channel: reservations, numbers, orders, payments, events, the carts. Of each order all of it,
/// or nothing and why: stock is given in the order in which they stand.
pub(crate) async fn place(
    cx: &Cx,
    tx: &Tx,
    channel: &channel::Model,
    planned: Vec<Planned>,
) -> Result<Vec<Result<Id<Order>, CheckoutError>>, Fault> {
    let grounds = fulfilment::grounds(tx, channel.id).await?;
    // Promotions and then balances before stock, in all that locks them.
    let mut used = use_promotions(tx, &planned).await?;
    hold_credit(tx, &planned, &mut used).await?;
    let going = || planned.iter().zip(&used).filter(|(_, used)| used.is_ok()).map(|(plan, _)| plan);
    let wanted = going().map(|plan| plan.wanted(&grounds)).collect();
    // In a box: what it awaits is deep, and so is what awaits it.
    let promised = Box::pin(inventory::reserve(tx, wanted, channel, grounds.ground())).await?;
    let n_placed = promised.iter().filter(|promised| promised.is_ok()).count();
    let mut numbers = channels::next_numbers(tx, channel.id, n_placed).await?.into_iter();
    let (mut outcomes, mut orders, mut opened, mut carts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut decisions = Vec::new();
    let mut promised = promised.into_iter();
    for (plan, used) in planned.into_iter().zip(used) {
        let is_counted = match used {
            Ok(is_counted) => is_counted,
            Err(refused) => {
                outcomes.push(Err(refused));
                continue;
            }
        };
        match promised.next().ok_or_else(|| Fault::new("a reservation that nothing became of"))? {
            Ok(sourced) => decisions.extend(sourced.into_iter().map(|of| plan.decision(of))),
            Err(refused) => {
                if is_counted {
                    promotions::undo(tx, plan.id).await?;
                }
                outcomes.push(Err(plan.refused(refused)));
                continue;
            }
        }
        let number = numbers.next().ok_or_else(|| Fault::new("an order without a number"))?;
        opened.push(plan.open());
        carts.push((plan.view.cart.id, plan.id));
        outcomes.push(Ok(plan.id));
        orders.push(plan.order(cx, channel, number));
    }
    orders::place(tx, &orders).await?;
    Box::pin(fulfilment::decided(tx, decisions)).await?;
    payments::open(tx, &opened).await?;
    cart::complete(tx, &carts).await?;
    Ok(outcomes)
}

/// Whether an order used promotions that are counted, or why it is not placed.
type Used = Result<bool, CheckoutError>;

/// Holds the gift cards and the store credit that orders are to be paid with. An order for which there is too little gives
/// back what it used of promotions.
async fn hold_credit(tx: &Tx, planned: &[Planned], used: &mut [Used]) -> Result<(), Fault> {
    let going = planned.iter().zip(used.iter()).filter(|(_, used)| used.is_ok()).map(|(plan, _)| plan);
    let shares: Vec<_> = going.map(|plan| (plan.id, plan.view.split.shares.as_slice())).collect();
    let short = credit::hold(tx, &shares).await?;
    for (plan, used) in planned.iter().zip(used) {
        if short.contains(&plan.id) {
            if let Ok(true) = used {
                promotions::undo(tx, plan.id).await?;
            }
            *used = Err(CheckoutError::BalanceChanged);
        }
    }
    Ok(())
}

/// Uses what the orders take of promotions that are counted. Says of each whether something was, or what is spent.
async fn use_promotions(tx: &Tx, planned: &[Planned]) -> Result<Vec<Used>, Fault> {
    let applied: Vec<_> = planned.iter().map(|plan| plan.applied().to_vec()).collect();
    let mut used = Vec::with_capacity(planned.len());
    for (plan, claims) in planned.iter().zip(Claims::of(tx, &applied).await?) {
        let taken = claims.take(tx, (plan.id, plan.total().currency), &plan.view.party).await?;
        used.push(taken.map(|()| !claims.are_none()).map_err(CheckoutError::from));
    }
    Ok(used)
}

impl From<Spent> for CheckoutError {
    fn from(Spent { coupon }: Spent) -> Self {
        coupon.map_or(Self::PromotionUsedUp, |code| Self::Coupon { code, why: NoCoupon::UsedUp })
    }
}

impl Planned {
    /// What promotions take off it.
    pub(crate) fn applied(&self) -> &[Applied] {
        &self.view.quote.applied
    }

    /// How it is paid.
    pub(crate) const fn method(&self) -> Option<Method> {
        self.ready.method
    }

    /// What is left to be paid by it.
    pub(crate) const fn due(&self) -> Money {
        self.view.split.rest
    }

    /// Whether gift cards or store credit pay for some of it.
    pub(crate) const fn takes_credit(&self) -> bool {
        !self.view.split.shares.is_empty()
    }

    /// Its payments.
    fn open(&self) -> payments::Open {
        let (method, split) = (self.ready.method, self.view.split.clone());
        payments::Open { reference: self.id, method, split, by: self.by.clone() }
    }

    /// What its first payment is paid with.
    fn tender(&self) -> Tender {
        let credit = self.view.split.shares.first().map(|share| Tender::Credit(share.kind));
        self.ready.method.map(Tender::Method).or(credit).unwrap_or(Tender::Nothing)
    }

    /// What is to be paid.
    pub(crate) const fn total(&self) -> Money {
        self.view.quote.total
    }

    /// What it needs of stock.
    fn wanted(&self, grounds: &Grounds) -> Reserve {
        let line = |(line, placed): (&Line, &orders::PlaceLine)| ReserveLine {
            line: placed.id,
            variant: line.variant.id,
            quantity: line.row.quantity,
        };
        Reserve {
            order: self.id,
            cart: Some(self.view.cart.id),
            lines: self.view.lines.iter().zip(&self.lines).map(line).collect(),
            reach: grounds.to(self.view.address.as_ref()),
            hold_until: self.pay_before,
            actor: self.by.actor,
        }
    }

    fn order(self, cx: &Cx, channel: &channel::Model, number: String) -> orders::Place {
        let tender = self.tender();
        let Self { id, by, view, ready, lines, pay_before } = self;
        orders::Place {
            id,
            by,
            number,
            token: order_token(cx, id),
            channel: channel.id,
            channel_code: channel.code.clone(),
            cart: view.cart.id,
            customer: view.cart.customer_id,
            seat: view.party.seat,
            email: ready.email,
            phone: ready.phone,
            language: view.cart.language,
            quote: view.quote,
            tender,
            delivery: ready.delivery,
            address: ready.address,
            pay_before,
            lines,
        }
    }

    /// That a line ships from a place.
    fn decision(&self, of: Sourced) -> fulfilment::Decision {
        fulfilment::Decision {
            order: self.id,
            line: of.line,
            location: of.location,
            quantity: of.quantity,
            reason: of.reason,
            instead_of: None,
            actor: self.by.actor,
        }
    }

    /// Tells a shortage of variants as one of the cart's lines.
    fn refused(&self, refused: Unsourced) -> CheckoutError {
        let short = match refused {
            Unsourced::Short(short) => short,
            Unsourced::NoSinglePlace => return CheckoutError::NoSinglePlace,
        };
        let line = |variant| self.view.lines.iter().find(|line| line.variant.id == variant).map(|line| line.row.id);
        CheckoutError::OutOfStock(
            short.iter().filter_map(|short| Some((line(short.variant)?, short.available))).collect(),
        )
    }
}

/// The order's lines, with what they are called frozen.
fn lines(tx: &Tx, view: &View, selection: &Selection) -> Vec<orders::PlaceLine> {
    let line = |line: &Line| order_line(tx, (&line.variant, &line.product), selection, (line.quoted, &line.price));
    view.lines.iter().map(line).collect()
}

/// A line of an order, with what it is called frozen.
pub(crate) fn order_line(
    tx: &Tx,
    (variant, product): (&variant::Model, &product::Model),
    selection: &Selection,
    (quoted, price): (usize, &Resolved),
) -> orders::PlaceLine {
    let selected = selection.get(&variant.id).map(Vec::as_slice).unwrap_or_default();
    let options = |name: fn(&Selected) -> Option<&str>| {
        let names: Vec<_> = selected.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| names.join(" / "))
    };
    orders::PlaceLine {
        id: tx.new_id(),
        variant: variant.id,
        sku: variant.sku.clone(),
        name_ar: product.name_ar.clone(),
        name_en: product.name_en.clone(),
        options_ar: options(|one| one.value.name_ar.as_deref()),
        options_en: options(|one| one.value.name_en.as_deref()),
        quoted,
        price_steps: Some(price.steps.clone()),
        names: None,
        measure: variant.measure.clone(),
    }
}
