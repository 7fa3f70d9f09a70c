//! What lines cost somebody at an instant, without a cart.

use std::{collections::HashSet, slice::from_ref};

use domain::{
    cart::quantity::Quantity,
    id::{Account, CustomerGroup, Id, Organisation, OrganisationUnit},
    identity::{country::Country, permission::proof::ReadPrices},
    invalid::{Invalid, Problem},
    money::Money,
    organisations::seat::Seat,
    payments::method::Method,
    pricing::{
        list::Resolved,
        promotions::code::CouponCode,
        quote::{LineFacts, Quote},
        tax::rules::Place,
    },
    time::Instant,
};
use entity::{
    catalog::{product, variant},
    channels::channel,
};
use store::{Fault, Read};

use super::{
    Bound, Rejection, Why, ask_taxes_of,
    coupon::COUPONS_MAX,
    price::{Asked, Ground, Sale, Sold},
};
use crate::{
    catalog::{Named, Variants},
    channels,
    cx::{Cx, Permit},
    fulfilment::delivery,
    identity, organisations,
    refusal::Denied,
};

/// What is to be priced.
#[derive(Clone, Debug)]
pub struct AskPrice {
    /// What is bought.
    pub lines: Vec<(Named, Quantity)>,
    /// The code of the channel; `None`: that of the request.
    pub channel: Option<String>,
    /// Who buys.
    pub buyer: Party,
    /// To where; `None`: the channel's country.
    pub country: Option<Country>,
    /// The region of the country, as far as tax depends on it.
    pub region: Option<String>,
    /// The city there, as far as delivery depends on it.
    pub city: String,
    /// The code of the way of delivery; `None`: it is not delivered.
    pub delivery: Option<String>,
    /// How it is paid; `None`: that is not known.
    pub payment: Option<Method>,
    /// The coupons that they have.
    pub coupons: Vec<CouponCode>,
    /// When; `None`: now.
    pub at: Option<Instant>,
}

/// Who buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// Nobody who is known.
    Guest,
    /// A customer.
    Customer(Id<Account>),
    /// Somebody who is in these groups, of whom nothing else is known.
    Members(Vec<Id<CustomerGroup>>),
    /// Somebody who buys for a company and is in no unit of it, of whom nothing else is known.
    Organisation(Id<Organisation>),
    /// The same in a unit of a company.
    Unit(Id<OrganisationUnit>),
}

/// Who buys, as far as they are known, and the groups of whoever is no customer.
type Known<'a> = (organisations::Party, &'a [Id<CustomerGroup>]);

/// What lines cost.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// The channel.
    pub channel: channel::Model,
    /// When.
    pub at: Instant,
    /// The lines that are sold then, in the order in which they were asked for: those of the quote.
    pub lines: Vec<QuotedGood>,
    /// What they cost.
    pub quote: Quote,
    /// The lines that are not sold, or not so many of them, and the coupons that are none.
    pub left_out: Vec<Rejection>,
}

/// Units of a variant that is priced.
#[derive(Clone, Debug)]
pub struct QuotedGood {
    /// Its place in what was asked for.
    pub place: usize,
    /// The variant.
    pub variant: variant::Model,
    /// Its product.
    pub product: product::Model,
    /// What each costs by the lists, and how that came about.
    pub price: Resolved,
}

/// Why nothing is priced.
#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    /// Who buys, where or how is wrong, or nothing is sold.
    #[error("it cannot be priced")]
    Rejected(Vec<Rejection>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What lines cost somebody at any instant, as a cart of theirs would: a constant number of statements.
///
/// Prices, lists, who buys by which, rates of tax and what is shown are those of the instant, and so are the times at which
/// promotions run. All else is as it is now: the rules of promotions and what is left of them, groups of customers and what
/// these ordered, how many pieces are bought together, delivery and fees.
pub async fn quote_prices(cx: &Cx, _may: Permit<ReadPrices>, ask: AskPrice) -> Result<Quoted, QuoteError> {
    let read = cx.read();
    let at = ask.at.unwrap_or(cx.now());
    let mut wrong = Vec::new();
    let channel = match &ask.channel {
        None => Some(cx.channel()?.as_ref().clone()),
        Some(code) => channels::by_code(&read, code).await?,
    };
    if channel.is_none() {
        wrong.push(Rejection::at(0, &["channel"], Why::NotFound));
    }
    let known = match known(&read, &ask.buyer).await? {
        Ok(known) => Some(known),
        Err(strangers) => {
            wrong.extend(strangers);
            None
        }
    };
    let Some((channel, (party, members))) = channel.zip(known) else { return Err(QuoteError::Rejected(wrong)) };

    let country = ask.country.map_or_else(|| channels::country(&channel), Ok)?;
    let (delivery, fee) = services(&read, &channel, (&ask, country), &mut wrong).await?;
    let named = Variants::load(&read, ask.lines.iter().map(|(named, _)| named)).await?;
    let mut place = Place::new(country, ask.region.as_deref());
    drop(read);
    // Of another instant than now no engine says anything.
    if ask.at.is_none() {
        place = place.settled(&ask.city);
        let bound = Bound { variants: named.ids().collect(), party: party.clone(), place: place.clone() };
        ask_taxes_of(cx, &channel, vec![bound]).await?;
    }
    let read = cx.read();
    let codes: Vec<_> = ask.coupons.iter().map(|code| code.as_str().to_owned()).collect();
    let variants: Vec<_> = named.ids().collect();
    let asked = Asked {
        parties: from_ref(&party),
        members,
        coupons: &codes,
        variants: &variants,
        places: from_ref(&place),
        tried: None,
    };
    let sold = Sold::load(&read, &channel, asked, at).await?;
    let mut buyer = sold.buyer(&party, (country, ask.payment));
    buyer.groups.extend(members);
    let ground = sold.ground(buyer, party.seat.as_ref(), place);

    let mut left_out = Vec::new();
    let (lines, facts) = priced(&sold, (&ask, &named), &ground, (&mut wrong, &mut left_out))?;
    if COUPONS_MAX < codes.len() {
        wrong.push(Rejection::at(0, &["coupons"], Why::TooManyCoupons(COUPONS_MAX)));
    }
    let good = coupons(&sold, codes, at, &mut left_out);
    if lines.is_empty() || !wrong.is_empty() {
        wrong.extend(left_out);
        return Err(QuoteError::Rejected(wrong));
    }
    let quote = sold.quote(facts, sold.offers.of(&party, &good), &ground, (delivery, fee))?;
    Ok(Quoted { channel, at, lines, quote, left_out })
}

/// The lines that are sold, each with what the quote has to know of it.
fn priced(
    sold: &Sold,
    (ask, named): (&AskPrice, &Variants),
    ground: &Ground,
    (wrong, left_out): (&mut Vec<Rejection>, &mut Vec<Rejection>),
) -> Result<(Vec<QuotedGood>, Vec<LineFacts>), Fault> {
    let (mut lines, mut facts, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (place, (name, quantity)) in ask.lines.iter().enumerate() {
        let not = |why| Rejection::of_item(0, "lines", place, "variant", why);
        let Some(variant) = named.of(name).map(|row| row.id) else {
            left_out.push(not(Why::NotFound));
            continue;
        };
        if !seen.insert(variant) {
            // A cart has one line of each.
            wrong.push(not(Why::Wrong(Problem::Duplicate)));
            continue;
        }
        let Some(sale) = sold.sale((variant, *quantity), None, ground)? else {
            left_out.push(not(Why::NotSoldHere));
            continue;
        };
        let Sale { variant, product, price, facts: of_line } = sale;
        if let Err(breach) = price.quantity_rule.check(quantity.get()) {
            left_out.push(Rejection::of_item(0, "lines", place, "quantity", Why::Wrong(breach.into())));
            continue;
        }
        lines.push(QuotedGood { place, variant: variant.clone(), product: product.clone(), price });
        facts.push(of_line);
    }
    Ok((lines, facts))
}

/// The coupons that are good at an instant.
fn coupons(sold: &Sold, codes: Vec<String>, at: Instant, left_out: &mut Vec<Rejection>) -> Vec<String> {
    let mut good = Vec::with_capacity(codes.len());
    for (index, code) in codes.into_iter().enumerate() {
        match sold.offers.check(&code, at) {
            Ok(()) => good.push(code),
            Err(why) => left_out.push(Rejection::at(0, &["coupons", &index.to_string()], Why::NoCoupon(why))),
        }
    }
    good
}

/// Who buys, or whoever there is not.
async fn known<'a>(read: &Read, buyer: &'a Party) -> Result<Result<Known<'a>, Vec<Rejection>>, Fault> {
    let guest = organisations::Party::GUEST;
    match buyer {
        Party::Guest => Ok(Ok((guest, &[]))),
        Party::Customer(customer) if identity::customer(read, *customer).await?.is_some() => {
            Ok(Ok((organisations::Party { customer: Some(*customer), ..guest }, &[])))
        }
        Party::Customer(_) => Ok(Err(vec![stranger("customer")])),
        Party::Members(groups) => {
            let there = identity::groups::groups_by_id(read, groups).await?;
            let missing = groups.iter().enumerate().filter(|(_, group)| !there.contains_key(group));
            let at = |index: usize| Rejection::at(0, &["buyer", "customerGroups", &index.to_string()], Why::NotFound);
            let missing: Vec<_> = missing.map(|(index, _)| at(index)).collect();
            Ok(if missing.is_empty() { Ok((guest, groups.as_slice())) } else { Err(missing) })
        }
        Party::Organisation(organisation) => {
            let seat = organisations::seat_in(read, *organisation, None).await?;
            Ok(seat.map(buying_for).ok_or_else(|| vec![stranger("organisation")]))
        }
        Party::Unit(unit) => {
            let seat = match organisations::company_of(read, *unit).await? {
                Some(company) => organisations::seat_in(read, company, Some(*unit)).await?,
                None => None,
            };
            Ok(seat.map(buying_for).ok_or_else(|| vec![stranger("organisationUnit")]))
        }
    }
}

/// Who buys for a company, of whom nothing else is known.
const fn buying_for<'a>(seat: Option<Seat>) -> Known<'a> {
    (organisations::Party { customer: None, seat }, &[])
}

/// That there is no such buyer.
fn stranger(field: &str) -> Rejection {
    Rejection::at(0, &["buyer", field], Why::NotFound)
}

/// What delivery costs and the way to pay, if they can be had.
async fn services(
    read: &Read,
    channel: &channel::Model,
    (ask, country): (&AskPrice, Country),
    wrong: &mut Vec<Rejection>,
) -> Result<(Option<Money>, Option<Money>), Fault> {
    let mut delivery = None;
    if let Some(code) = &ask.delivery {
        let tariff = delivery::tariff(read, channel.id).await?;
        let ways = tariff.deliveries(channels::currency(channel)?, (country, &ask.city))?;
        delivery = ways.iter().find(|way| way.method.code == *code).map(|way| way.price);
        if delivery.is_none() {
            wrong.push(Rejection::at(0, &["deliveryMethod"], Why::DeliveryUnavailable));
        }
    }
    let mut fee = None;
    if let Some(method) = ask.payment {
        let ways = channels::methods(read, channel).await?;
        fee = ways.iter().find(|way| way.method == method).map(|way| way.fee);
        if fee.is_none() {
            wrong.push(Rejection::at(0, &["paymentMethod"], Why::PaymentUnavailable));
        }
    }
    Ok((delivery, fee))
}
