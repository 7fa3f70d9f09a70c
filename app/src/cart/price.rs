//! What carts cost: many at once, by a constant number of statements.

use std::{collections::HashMap, slice::from_ref};

use domain::{
    cart::quantity::Quantity,
    id::{Account, Cart, CustomerGroup, Id, Product, Variant},
    identity::country::Country,
    money::{Currency, Money},
    organisations::seat::Seat,
    payments::{
        method::Method,
        tender::{Purse, Split, split},
    },
    pricing::{
        list::{Ask, Book, Resolved, Step},
        promotions::{
            Coupon, DiscountCap, Promotion,
            condition::{Buyer, History},
        },
        quote::{self, Facts, LineFacts, Quote, QuotedLine},
        tax::{Source, exemption::Payer, rules::Place},
    },
    time::Instant,
};
use entity::{
    cart::{cart, cart_line},
    catalog::{product, variant},
    channels::channel,
};
use store::{Fault, Read};

use super::{
    rows, tender,
    view::{self, GivenCoupon, Line, View},
};
use crate::{
    catalog::{self, Described},
    channels::{self, Payable},
    fulfilment::delivery::{self, Tariff},
    orders,
    organisations::{self, Party},
    payments::credit::Purses,
    pricing::{
        Books, Span,
        promotions::Offers,
        taxes::{Payers, Taxes, engine},
    },
};

/// What carts of one channel are priced with at an instant.
#[derive(Debug)]
pub struct Terms {
    rows: HashMap<Id<Cart>, Vec<cart_line::Model>>,
    sold: Sold,
    tariff: Tariff,
    payables: Vec<Payable>,
    /// Where a cart without an address is taxed.
    home: Country,
    parties: HashMap<Id<Cart>, Party>,
    purses: Purses,
}

impl Terms {
    /// Loads what these carts are priced with.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        carts: &[cart::Model],
        at: Instant,
    ) -> Result<Self, Fault> {
        Self::load_trying(read, channel, (carts, None), at).await
    }

    /// The same, to try a promotion on them: without it, if it runs.
    pub(super) async fn load_trying(
        read: &Read,
        channel: &channel::Model,
        (carts, tried): (&[cart::Model], Option<&Promotion>),
        at: Instant,
    ) -> Result<Self, Fault> {
        let ids: Vec<_> = carts.iter().map(|cart| cart.id).collect();
        let rows = rows::lines_of(read, &ids).await?;
        let variants: Vec<_> = rows.values().flatten().map(|row| row.variant_id).collect();
        let home = channels::country(channel)?;
        let mut places = vec![Place::from(home)];
        for cart in carts {
            places.extend(view::address(cart)?.as_ref().map(Place::of));
        }
        let wishes: Vec<_> = carts.iter().map(rows::wish).collect();
        let parties = organisations::parties(read, &wishes).await?;
        let tenders = carts.iter().map(|cart| Ok((cart.customer_id, tender::wishes(cart)?)));
        let tenders = tenders.collect::<Result<Vec<_>, Fault>>()?;
        let coupons = carts.iter().map(rows::coupons).collect::<Result<Vec<_>, _>>()?.concat();
        let (variants, places) = (variants.as_slice(), places.as_slice());
        let asked = Asked { parties: &parties, members: &[], coupons: &coupons, variants, places, tried };
        Ok(Self {
            rows,
            sold: Sold::load(read, channel, asked, at).await?,
            tariff: delivery::tariff(read, channel.id).await?,
            payables: channels::methods(read, channel).await?,
            home,
            parties: carts.iter().map(|cart| cart.id).zip(parties).collect(),
            purses: Purses::load(read, channels::currency(channel)?, &tenders).await?,
        })
    }

    /// Whether the channel's tax engine is to be asked of one of the carts before it is ordered.
    pub(crate) fn is_unanswered(&self, cart: &cart::Model) -> Result<bool, Fault> {
        let Some(address) = view::address(cart)? else { return Ok(false) };
        let party = self.parties.get(&cart.id).ok_or_else(|| Fault::new("a cart whose buyer was not loaded"))?;
        let payer = Payer { customer: party.customer, groups: &[], seat: party.seat.as_ref() };
        let rows = self.rows.get(&cart.id).into_iter().flatten();
        let products: Vec<_> =
            rows.filter_map(|row| self.sold.variants.get(&row.variant_id)).map(|variant| variant.product_id).collect();
        Ok(self.sold.taxes.unanswered(&products, payer, &Place::of(&address)).is_some())
    }

    /// Prices one of the carts, without a warning.
    pub fn price(&self, cart: cart::Model) -> Result<View, Fault> {
        self.price_with(cart, None)
    }

    /// The same with one more promotion.
    pub(super) fn price_with(&self, cart: cart::Model, tried: Option<Promotion>) -> Result<View, Fault> {
        let rows = self.rows.get(&cart.id).cloned().unwrap_or_default();
        let address = view::address(&cart)?;
        let country = address.as_ref().map_or(self.home, |address| address.country);
        let deliveries = match &address {
            Some(address) => self.tariff.deliveries(self.sold.currency, (address.country, address.city()))?,
            None => Vec::new(),
        };
        let delivery = deliveries.iter().find(|way| Some(way.method.id) == cart.delivery_method_id).cloned();
        let payables = self.payables.clone();
        let chosen = cart.payment_method.as_deref().and_then(Method::parse);
        let chosen = payables.iter().find(|way| Some(way.method) == chosen).copied();
        let party = self.parties.get(&cart.id).ok_or_else(|| Fault::new("a cart whose buyer was not loaded"))?;
        let place = address.as_ref().map_or_else(|| country.into(), Place::of);
        let given = rows::coupons(&cart)?;
        let (mut promotions, coupons) = self.sold.offers.of(party, &given);
        promotions.extend(tried);
        let given = given.into_iter().map(|code| held(code, &self.sold.offers)).collect();
        let bill = Bill { party, country, place, delivery: delivery.as_ref().map(|way| way.price) };
        let (wishes, currency, at) = (tender::wishes(&cart)?, self.sold.currency, self.sold.at);
        let purses = self.purses.of((cart.customer_id, &wishes), currency, at)?;
        let ((lines, gone, quote), split, payment) = self.pay((&bill, rows, (promotions, coupons)), &purses, chosen)?;
        let credits = tender::given(&self.purses, (&cart, &wishes), &split.shares, (currency, at))?;
        let (warnings, is_untaxed) = (Vec::new(), self.sold.refuses_estimates && quote.is_estimate());
        Ok(View {
            credits,
            split,
            party: party.clone(),
            cart,
            lines,
            gone,
            quote,
            is_untaxed,
            address,
            deliveries,
            delivery,
            payables,
            payment,
            coupons: given,
            warnings,
            reserved_until: None,
        })
    }
}

/// Whom a cart is priced for, and what does not depend on how it is paid.
#[derive(Debug)]
struct Bill<'b> {
    party: &'b Party,
    country: Country,
    place: Place,
    delivery: Option<Money>,
}

/// Lines with their promotions and coupons, to be priced.
type Unpriced<'b> = (&'b Bill<'b>, Vec<cart_line::Model>, (Vec<Promotion>, Vec<Coupon>));

/// The lines that are sold, those that are not any more, and what they cost.
type Billed = (Vec<Line>, Vec<cart_line::Model>, Quote);

impl Terms {
    /// What a cart costs, what of it is paid with which purse, and the way to pay the rest. Where purses pay for all of it, or
    /// it costs nothing, nobody is asked for a fee to pay, and no way to pay is rewarded.
    fn pay(
        &self,
        (bill, rows, offers): Unpriced<'_>,
        purses: &[Purse],
        chosen: Option<Payable>,
    ) -> Result<(Billed, Split, Option<Payable>), Fault> {
        if !purses.is_empty() {
            let billed = self.bill((bill, rows.clone(), offers.clone()), None)?;
            let split = split(billed.2.total, purses).map_err(Fault::new)?;
            if split.is_covered() {
                return Ok((billed, split, None));
            }
        }
        let spare = chosen.filter(|_| purses.is_empty() && !rows.is_empty()).map(|_| (rows.clone(), offers.clone()));
        let billed = self.bill((bill, rows, offers), chosen)?;
        if let Some((rows, offers)) = spare
            && is_fee_alone(&billed.2)?
        {
            let free = self.bill((bill, rows, offers), None)?;
            let split = split(free.2.total, purses).map_err(Fault::new)?;
            if split.is_covered() && !free.0.is_empty() {
                return Ok((free, split, None));
            }
        }
        let split = split(billed.2.total, purses).map_err(Fault::new)?;
        // What is taken off because of the way to pay may leave nothing to be paid by it: then it stays taken off.
        let payment = chosen.filter(|_| billed.0.is_empty() || !split.is_covered());
        Ok((billed, split, payment))
    }

    fn bill(&self, (bill, rows, offers): Unpriced<'_>, payment: Option<Payable>) -> Result<Billed, Fault> {
        let buyer = self.sold.buyer(bill.party, (bill.country, payment.map(|way| way.method)));
        let ground = self.sold.ground(buyer, bill.party.seat.as_ref(), bill.place.clone());
        let (lines, gone, facts) = self.sold.facts(rows, &ground)?;
        let quote = self.sold.quote(facts, offers, &ground, (bill.delivery, payment.map(|way| way.fee)))?;
        Ok((lines, gone, quote))
    }
}

/// Whether nothing is to be paid but the fee of the way to pay.
fn is_fee_alone(quote: &Quote) -> Result<bool, Fault> {
    let fee = if quote.basis.includes_tax() { Ok(quote.fee) } else { quote.fee.plus(quote.fee_tax) };
    Ok(quote.total == fee.map_err(Fault::new)?)
}

/// Units of a variant, at today's price.
#[derive(Clone, Debug)]
pub struct Good {
    /// The variant.
    pub variant: variant::Model,
    /// Its product.
    pub product: product::Model,
    /// What each costs by the lists, and how that came about.
    pub price: Resolved,
    /// What they cost, with what is taken off them by themselves: nothing that is taken off a whole cart.
    pub quoted: QuotedLine,
}

/// What units of variants cost somebody now in a channel, delivered to a place, in their order; `None` of what is not
/// sold.
pub async fn goods(
    read: &Read,
    channel: &channel::Model,
    wanted: &[(Id<Variant>, Quantity)],
    (party, place): (&Party, Place),
    at: Instant,
) -> Result<Vec<Option<Good>>, Fault> {
    let variants: Vec<_> = wanted.iter().map(|(variant, _)| *variant).collect();
    let asked = Asked {
        parties: from_ref(party),
        members: &[],
        coupons: &[],
        variants: &variants,
        places: from_ref(&place),
        tried: None,
    };
    let sold = Sold::load(read, channel, asked, at).await?;
    let ground = sold.ground(sold.buyer(party, (place.country(), None)), party.seat.as_ref(), place);
    let promotions = sold.offers.browsing();
    let mut goods = Vec::with_capacity(wanted.len());
    for (variant, quantity) in wanted {
        let Some(Sale { variant, product, price, facts }) = sold.sale((*variant, *quantity), None, &ground)? else {
            goods.push(None);
            continue;
        };
        let quoted = sold.quote(vec![facts], (promotions.clone(), Vec::new()), &ground, (None, None))?.lines.pop();
        let quoted = quoted.ok_or_else(|| Fault::new("a line that was not quoted"))?;
        goods.push(Some(Good { variant: variant.clone(), product: product.clone(), price, quoted }));
    }
    Ok(goods)
}

/// A coupon, what it is for, and what is wrong with it.
fn held(code: String, offers: &Offers) -> GivenCoupon {
    GivenCoupon { promotion: offers.promotion_of(&code), why_not: offers.why_not(&code), code }
}

/// All that prices are asked for at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Who buys.
    pub(super) parties: &'a [Party],
    /// The groups of whoever else buys.
    pub(super) members: &'a [Id<CustomerGroup>],
    /// The codes of coupons that somebody has.
    pub(super) coupons: &'a [String],
    /// What is bought.
    pub(super) variants: &'a [Id<Variant>],
    /// To where.
    pub(super) places: &'a [Place],
    /// A promotion that is tried: it is not offered.
    pub(super) tried: Option<&'a Promotion>,
}

/// Who buys by which lists, and to where.
#[derive(Debug)]
pub(super) struct Ground {
    book: Book,
    buyer: Buyer,
    seat: Option<Seat>,
    place: Place,
}

impl Ground {
    /// Who buys, as far as tax asks.
    fn payer(&self) -> Payer<'_> {
        Payer { customer: self.buyer.customer, groups: &self.buyer.groups, seat: self.seat.as_ref() }
    }
}

/// What is known of variants that are sold in a channel at an instant, and of those who buy.
#[derive(Debug)]
pub(super) struct Sold {
    at: Instant,
    /// The currency of all amounts.
    pub(super) currency: Currency,
    variants: HashMap<Id<Variant>, variant::Model>,
    products: HashMap<Id<Product>, product::Model>,
    books: Books,
    described: HashMap<Id<Product>, Described>,
    /// What is taken off, for whom.
    pub(super) offers: Offers,
    histories: HashMap<Id<Account>, History>,
    taxes: Taxes,
    /// How much promotions may take off.
    cap: Option<DiscountCap>,
    /// Whether nothing is sold that is taxed by an estimate.
    refuses_estimates: bool,
}

/// Units of a variant that is sold.
#[derive(Debug)]
pub(super) struct Sale<'s> {
    /// The variant.
    pub(super) variant: &'s variant::Model,
    /// Its product.
    pub(super) product: &'s product::Model,
    /// What each costs by the lists, and how that came about.
    pub(super) price: Resolved,
    /// What the quote has to know of them.
    pub(super) facts: LineFacts,
}

/// Lines that are sold, lines that are not any more, and what is known of the former.
type Priced = (Vec<Line>, Vec<cart_line::Model>, Vec<LineFacts>);

impl Sold {
    /// Loads all that is asked for: a constant number of statements.
    pub(super) async fn load(
        read: &Read,
        channel: &channel::Model,
        asked: Asked<'_>,
        at: Instant,
    ) -> Result<Self, Fault> {
        let Asked { parties, members, coupons, variants, places, tried } = asked;
        let customers: Vec<_> = parties.iter().filter_map(|party| party.customer).collect();
        let offers = Offers::load(read, channel, (parties, coupons), at).await?;
        let offers = tried.into_iter().fold(offers, Offers::trying);
        let histories = if offers.ask_history() && !customers.is_empty() {
            orders::histories(read, &channel.currency, &customers).await?
        } else {
            HashMap::new()
        };
        let books = Books::load_for(read, channel, (parties, members), (variants, Span::At(at))).await?;
        let variants = catalog::load::any_variants(read, variants).await?;
        let product_ids: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
        let shown = catalog::shown_at(read, channel.id, &product_ids, at).await?;
        let mut products = catalog::load::any_products(read, &product_ids).await?;
        products.retain(|id, _| shown.contains(id));
        let described = catalog::described(read, &product_ids, offers.looks()).await?;
        let organisations = parties.iter().filter_map(Party::organisation).collect();
        let payers = Payers { customers, groups: books.all_groups(members), organisations };
        let taxes = Taxes::load(read, channel, payers, (&product_ids, places), at).await?;
        let (currency, cap) = (channels::currency(channel)?, channels::discount_cap(channel)?);
        let refuses_estimates = engine::refuses(channel, Source::Estimate);
        Ok(Self {
            at,
            currency,
            variants,
            products,
            books,
            described,
            offers,
            histories,
            taxes,
            cap,
            refuses_estimates,
        })
    }

    /// A customer, or a guest, as promotions look at them.
    pub(super) fn buyer(&self, party: &Party, (country, payment): (Country, Option<Method>)) -> Buyer {
        let (customer, organisation) = (party.customer, party.organisation());
        let groups = self.books.groups(customer).to_vec();
        let history = customer.and_then(|customer| self.histories.get(&customer)).copied().unwrap_or_default();
        Buyer { customer, groups, organisation, history, country, payment }
    }

    /// By which lists somebody buys, to have it delivered to a place.
    pub(super) fn ground(&self, buyer: Buyer, seat: Option<&Seat>, place: Place) -> Ground {
        Ground { book: self.books.of_members(&buyer.groups, seat), buyer, seat: seat.cloned(), place }
    }

    /// Units of a variant, at the price of a unit that was agreed on, if any was; `None` if it is not sold.
    pub(super) fn sale(
        &self,
        (variant, quantity): (Id<Variant>, Quantity),
        agreed: Option<Money>,
        ground: &Ground,
    ) -> Result<Option<Sale<'_>>, Fault> {
        let Some(variant) = self.variants.get(&variant) else { return Ok(None) };
        let Some(product) = self.products.get(&variant.product_id) else { return Ok(None) };
        let ask = Ask { variant: variant.id, quantity: quantity.get(), country: ground.buyer.country, at: self.at };
        let Some(mut price) = ground.book.price(ask).map_err(Fault::new)? else { return Ok(None) };
        let unit = agreed.unwrap_or(price.amount);
        price.steps.extend(agreed.map(|amount| Step::Agreed { amount }));
        let item = self.described.get(&product.id).cloned().unwrap_or_default().item(variant);
        let tax = self.taxes.of_product(product.id, ground.payer(), &ground.place);
        price.steps.extend(Step::untaxed(unit, &tax, self.taxes.basis()).map_err(Fault::new)?);
        let facts = LineFacts { item, unit, floor: price.floor, quantity, tax };
        Ok(Some(Sale { variant, product, price, facts }))
    }

    /// What lines cost with the promotions that are offered, with these coupons, the price of delivery and the fee of the way
    /// to pay.
    pub(super) fn quote(
        &self,
        lines: Vec<LineFacts>,
        (promotions, coupons): (Vec<Promotion>, Vec<Coupon>),
        ground: &Ground,
        (delivery, fee): (Option<Money>, Option<Money>),
    ) -> Result<Quote, Fault> {
        quote::quote(&Facts {
            currency: self.currency,
            lines,
            promotions,
            buyer: ground.buyer.clone(),
            coupons,
            cap: self.cap,
            delivery,
            fee,
            service_tax: self.taxes.of_services(ground.payer(), &ground.place),
            basis: self.taxes.basis(),
            at: self.at,
        })
        .map_err(Fault::new)
    }

    fn facts(&self, rows: Vec<cart_line::Model>, ground: &Ground) -> Result<Priced, Fault> {
        let (mut lines, mut gone, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let quantity = Quantity::parse(row.quantity).map_err(|_| Fault::new("a line without a quantity"))?;
            let agreed = row.agreed_minor.map(|minor| Money::new(minor, self.currency));
            let Some(Sale { variant, product, price, facts }) =
                self.sale((row.variant_id, quantity), agreed, ground)?
            else {
                gone.push(row);
                continue;
            };
            all.push(facts);
            let quoted = lines.len();
            let breach = price.quantity_rule.check(quantity.get()).err();
            lines.push(Line { row, variant: variant.clone(), product: product.clone(), price, quoted, breach });
        }
        Ok((lines, gone, all))
    }
}
