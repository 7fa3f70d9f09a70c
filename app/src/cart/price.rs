//! What carts cost: many at once, by a constant number of statements.

use std::collections::HashMap;

use domain::{
    cart::quantity::Quantity,
    id::{Account, Cart, CustomerGroup, Id, Product, Variant},
    identity::country::Country,
    money::{Currency, Money},
    payments::method::Method,
    pricing::{
        list::{Ask, Book, Resolved, Step},
        promotions::{
            Coupon,
            condition::{Buyer, History},
            selector::Item,
        },
        quote::{self, Facts, LineFacts, QuotedLine},
        tax::TaxRate,
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
    rows,
    view::{self, GivenCoupon, Line, View},
};
use crate::{
    catalog::{self, Described},
    channels::{self, Payable},
    fulfilment::delivery::{self, Tariff},
    identity, orders,
    pricing::{self, Books, Span, promotions::Offers},
};

/// What carts of one channel are priced with at an instant.
#[derive(Debug)]
pub struct Terms {
    at: Instant,
    currency: Currency,
    /// Where a cart without an address is taxed.
    home: Country,
    rows: HashMap<Id<Cart>, Vec<cart_line::Model>>,
    sold: Sold,
    tax_rates: HashMap<Country, TaxRate>,
    tariff: Tariff,
    payables: Vec<Payable>,
    customers: Customers,
}

impl Terms {
    /// Loads what these carts are priced with.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        carts: &[cart::Model],
        at: Instant,
    ) -> Result<Self, Fault> {
        let ids: Vec<_> = carts.iter().map(|cart| cart.id).collect();
        let rows = rows::lines_of(read, &ids).await?;
        let variants: Vec<_> = rows.values().flatten().map(|row| row.variant_id).collect();
        let home = channels::country(channel)?;
        let mut countries = vec![home];
        for cart in carts {
            countries.extend(view::address(cart)?.map(|address| address.country));
        }
        let customers: Vec<_> = carts.iter().filter_map(|cart| cart.customer_id).collect();
        let coupons = carts.iter().map(rows::coupons).collect::<Result<Vec<_>, _>>()?.concat();
        let offers = Offers::load(read, channel, (&customers, &coupons), at).await?;
        let of_customers = Customers::load(read, channel, &customers, &offers).await?;
        Ok(Self {
            at,
            currency: channels::currency(channel)?,
            home,
            rows,
            sold: Sold::load(read, channel, (&customers, &variants), (offers, at)).await?,
            tax_rates: pricing::tax_rates(read, &countries).await?,
            tariff: delivery::tariff(read, channel.id).await?,
            payables: channels::methods(read, channel).await?,
            customers: of_customers,
        })
    }

    /// Prices one of the carts, without a warning.
    pub fn price(&self, cart: cart::Model) -> Result<View, Fault> {
        let rows = self.rows.get(&cart.id).cloned().unwrap_or_default();
        let address = view::address(&cart)?;
        let country = address.as_ref().map_or(self.home, |address| address.country);
        let tax_rate = *self.tax_rates.get(&country).ok_or_else(|| Fault::new("a cart whose tax was not loaded"))?;
        let deliveries = match &address {
            Some(address) => self.tariff.deliveries(self.currency, address)?,
            None => Vec::new(),
        };
        let delivery = deliveries.iter().find(|way| Some(way.method.id) == cart.delivery_method_id).cloned();
        let payables = self.payables.clone();
        let chosen = cart.payment_method.as_deref().and_then(Method::parse);
        let payment = payables.iter().find(|way| Some(way.method) == chosen).copied();
        let ground = Ground { book: self.sold.books.of(cart.customer_id), country, tax_rate };
        let (lines, gone, facts) = self.sold.facts(rows, &ground)?;
        let given = rows::coupons(&cart)?;
        let (promotions, coupons) = self.sold.offers.of(cart.customer_id, &given);
        let payment_method = payment.map(|way| way.method);
        let quote = quote::quote(&Facts {
            currency: self.currency,
            lines: facts,
            promotions,
            buyer: self.customers.buyer(cart.customer_id, (country, payment_method)),
            coupons: coupons.clone(),
            cap: None,
            delivery: delivery.as_ref().map(|way| way.price),
            fee: payment.map(|way| way.fee),
            service_tax_rate: tax_rate,
            at: self.at,
        })
        .map_err(Fault::new)?;
        let warnings = Vec::new();
        Ok(View {
            cart,
            lines,
            gone,
            quote,
            address,
            deliveries,
            delivery,
            payables,
            payment,
            coupons: given.into_iter().map(|code| held(code, &coupons)).collect(),
            warnings,
            reserved_until: None,
        })
    }
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

/// What units of variants cost a customer now in a channel, delivered to a country, in their order; `None` of what is not
/// sold.
pub async fn goods(
    read: &Read,
    channel: &channel::Model,
    wanted: &[(Id<Variant>, Quantity)],
    (customer, country): (Option<Id<Account>>, Country),
    at: Instant,
) -> Result<Vec<Option<Good>>, Fault> {
    let currency = channels::currency(channel)?;
    let variants: Vec<_> = wanted.iter().map(|(variant, _)| *variant).collect();
    let offers = Offers::load(read, channel, (customer.as_slice(), &[]), at).await?;
    let customers = Customers::load(read, channel, customer.as_slice(), &offers).await?;
    let sold = Sold::load(read, channel, (customer.as_slice(), &variants), (offers, at)).await?;
    let book = sold.books.of(customer);
    let tax_rates = pricing::tax_rates(read, &[country]).await?;
    let tax_rate = *tax_rates.get(&country).ok_or_else(|| Fault::new("a country whose tax was not loaded"))?;
    let promotions = sold.offers.browsing();
    let buyer = customers.buyer(customer, (country, None));
    let mut goods = Vec::with_capacity(wanted.len());
    for (variant, quantity) in wanted {
        let ask = Ask { variant: *variant, quantity: quantity.get(), country, at };
        let Some((variant, product, price)) = sold.find(&book, ask)? else {
            goods.push(None);
            continue;
        };
        let unit = price.amount;
        let item = sold.item(variant);
        let facts = Facts {
            currency,
            lines: vec![LineFacts { item, unit, quantity: *quantity, tax_rate }],
            promotions: promotions.clone(),
            buyer: buyer.clone(),
            coupons: Vec::new(),
            cap: None,
            delivery: None,
            fee: None,
            service_tax_rate: tax_rate,
            at,
        };
        let quoted = quote::quote(&facts).map_err(Fault::new)?.lines.pop();
        let quoted = quoted.ok_or_else(|| Fault::new("a line that was not quoted"))?;
        goods.push(Some(Good { variant: variant.clone(), product: product.clone(), price, quoted }));
    }
    Ok(goods)
}

/// A coupon, and what it is for.
fn held(code: String, coupons: &[Coupon]) -> GivenCoupon {
    let promotion = coupons.iter().find(|coupon| coupon.code == code).map(|coupon| coupon.promotion);
    GivenCoupon { code, promotion }
}

/// What is known of customers, as far as promotions look at it.
#[derive(Debug, Default)]
struct Customers {
    groups: HashMap<Id<Account>, Vec<Id<CustomerGroup>>>,
    histories: HashMap<Id<Account>, History>,
}

impl Customers {
    async fn load(
        read: &Read,
        channel: &channel::Model,
        customers: &[Id<Account>],
        offers: &Offers,
    ) -> Result<Self, Fault> {
        if customers.is_empty() {
            return Ok(Self::default());
        }
        let mut known = Self::default();
        if offers.ask_groups() {
            known.groups = identity::groups::groups_of(read, customers).await?;
        }
        if offers.ask_history() {
            known.histories = orders::histories(read, &channel.currency, customers).await?;
        }
        Ok(known)
    }

    fn buyer(&self, customer: Option<Id<Account>>, (country, payment): (Country, Option<Method>)) -> Buyer {
        let groups = customer.and_then(|customer| self.groups.get(&customer)).cloned().unwrap_or_default();
        let history = customer.and_then(|customer| self.histories.get(&customer)).copied().unwrap_or_default();
        Buyer { customer, groups, history, country, payment }
    }
}

/// Who buys by which lists, and what is taxed how.
struct Ground {
    book: Book,
    country: Country,
    tax_rate: TaxRate,
}

/// What variants are and cost.
#[derive(Debug)]
struct Sold {
    at: Instant,
    variants: HashMap<Id<Variant>, variant::Model>,
    products: HashMap<Id<Product>, product::Model>,
    books: Books,
    described: HashMap<Id<Product>, Described>,
    offers: Offers,
}

/// Lines that are sold, lines that are not any more, and what is known of the former.
type Priced = (Vec<Line>, Vec<cart_line::Model>, Vec<LineFacts>);

impl Sold {
    async fn load(
        read: &Read,
        channel: &channel::Model,
        (customers, ids): (&[Id<Account>], &[Id<Variant>]),
        (offers, at): (Offers, Instant),
    ) -> Result<Self, Fault> {
        let variants = catalog::load::any_variants(read, ids).await?;
        let product_ids: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
        let shown = catalog::shown_at(read, channel.id, &product_ids, at).await?;
        let mut products = catalog::load::any_products(read, &product_ids).await?;
        products.retain(|id, _| shown.contains(id));
        let books = Books::load(read, channel, customers, (ids, Span::At(at))).await?;
        let described = catalog::described(read, &product_ids, offers.looks()).await?;
        Ok(Self { at, variants, products, books, described, offers })
    }

    /// A variant as promotions look at it.
    fn item(&self, variant: &variant::Model) -> Item {
        let Described { categories, collections, attributes } =
            self.described.get(&variant.product_id).cloned().unwrap_or_default();
        Item { variant: variant.id, product: variant.product_id, categories, collections, attributes }
    }

    /// A variant that is sold, its product and its price.
    fn find(&self, book: &Book, ask: Ask) -> Result<Option<(&variant::Model, &product::Model, Resolved)>, Fault> {
        let Some(found) = self.variants.get(&ask.variant) else { return Ok(None) };
        let Some(product) = self.products.get(&found.product_id) else { return Ok(None) };
        Ok(book.price(ask).map_err(Fault::new)?.map(|price| (found, product, price)))
    }

    fn facts(&self, rows: Vec<cart_line::Model>, ground: &Ground) -> Result<Priced, Fault> {
        let (mut lines, mut gone, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let quantity = Quantity::parse(row.quantity).map_err(|_| Fault::new("a line without a quantity"))?;
            let ask = Ask { variant: row.variant_id, quantity: quantity.get(), country: ground.country, at: self.at };
            let Some((variant, product, mut price)) = self.find(&ground.book, ask)? else {
                gone.push(row);
                continue;
            };
            let agreed = row.agreed_minor.map(|minor| Money::new(minor, ground.book.currency));
            price.steps.extend(agreed.map(|amount| Step::Agreed { amount }));
            facts.push(LineFacts {
                item: self.item(variant),
                unit: agreed.unwrap_or(price.amount),
                quantity,
                tax_rate: ground.tax_rate,
            });
            let quoted = lines.len();
            lines.push(Line { row, variant: variant.clone(), product: product.clone(), price, quoted });
        }
        Ok((lines, gone, facts))
    }
}
