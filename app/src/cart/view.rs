//! A cart as the shopper sees it: priced now, with what the shop had to change.

use std::collections::HashMap;

use domain::{
    cart::quantity::Quantity,
    id::{Collection, Id, Product},
    identity::{address::Address, country::Country},
    money::{Currency, Money},
    payments::method::Method,
    pricing::{
        quote::{self, Facts, LineFacts, Quote},
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

use super::rows;
use crate::{
    catalog,
    channels::{self, Payable},
    fulfilment::delivery::{self, Delivery},
    inventory, pricing,
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
    /// Its place in the quote's lines.
    pub quoted: usize,
}

/// A cart, priced.
#[derive(Clone, Debug)]
pub struct View {
    /// The cart.
    pub cart: cart::Model,
    /// The lines that are sold.
    pub lines: Vec<Line>,
    /// The lines that are not sold any more.
    pub gone: Vec<cart_line::Model>,
    /// What it costs.
    pub quote: Quote,
    /// Where it is delivered to.
    pub address: Option<Address>,
    /// The ways of delivery to the address.
    pub deliveries: Vec<Delivery>,
    /// The way chosen, if it is one of them.
    pub delivery: Option<Delivery>,
    /// The ways to pay.
    pub payables: Vec<Payable>,
    /// The way chosen, if it is one of them.
    pub payment: Option<Payable>,
    /// What the shop had to change.
    pub warnings: Vec<Warning>,
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
    let mut view = priced(read, channel, cart, at).await?;
    // A cart that became an order has nothing left to warn of.
    if view.cart.state == "OPEN" {
        view.warnings = warnings(read, channel, &view).await?;
    }
    Ok(view)
}

/// Prices a cart at an instant, without a warning.
pub async fn priced(read: &Read, channel: &channel::Model, cart: cart::Model, at: Instant) -> Result<View, Fault> {
    let currency = channels::currency(channel)?;
    let rows = rows::lines(read, cart.id).await?;
    let sold = Sold::load(read, channel, &rows, at).await?;
    let address = address(&cart)?;
    let country = match &address {
        Some(address) => address.country,
        None => Country::parse(&channel.country).map_err(|_| Fault::new("a channel without a country"))?,
    };
    let tax_rate = pricing::tax_rate(read, country).await?;
    let deliveries = match &address {
        Some(address) => delivery::deliveries(read, channel.id, currency, address).await?,
        None => Vec::new(),
    };
    let delivery = deliveries.iter().find(|way| Some(way.method.id) == cart.delivery_method_id).cloned();
    let payables = channels::methods(read, channel).await?;
    let chosen = cart.payment_method.as_deref().and_then(Method::parse);
    let payment = payables.iter().find(|way| Some(way.method) == chosen).copied();
    let promotions = pricing::promotions(read, channel).await?.into_iter().map(|named| named.rule).collect();
    let (lines, gone, facts) = sold.facts(rows, currency, tax_rate)?;
    let quote = quote::quote(&Facts {
        currency,
        lines: facts,
        promotions,
        delivery: delivery.as_ref().map(|way| way.price),
        fee: payment.map(|way| way.fee),
        service_tax_rate: tax_rate,
        at,
    })
    .map_err(Fault::new)?;
    let warnings = Vec::new();
    Ok(View { cart, lines, gone, quote, address, deliveries, delivery, payables, payment, warnings })
}

/// What a cart's variants are and cost.
struct Sold {
    variants: HashMap<Id<domain::id::Variant>, variant::Model>,
    products: HashMap<Id<Product>, product::Model>,
    prices: HashMap<Id<domain::id::Variant>, entity::pricing::price::Model>,
    collections: HashMap<Id<Product>, Vec<Id<Collection>>>,
}

impl Sold {
    async fn load(
        read: &Read,
        channel: &channel::Model,
        rows: &[cart_line::Model],
        at: Instant,
    ) -> Result<Self, Fault> {
        let ids: Vec<_> = rows.iter().map(|row| row.variant_id).collect();
        let variants = catalog::load::any_variants(read, &ids).await?;
        let product_ids: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
        let shown = catalog::shown_at(read, channel.id, &product_ids, at).await?;
        let mut products = catalog::load::any_products(read, &product_ids).await?;
        products.retain(|id, _| shown.contains(id));
        let prices = pricing::prices(read, channel, &ids).await?;
        let collections = catalog::load::collections_of(read, &product_ids).await?;
        Ok(Self { variants, products, prices, collections })
    }

    #[expect(clippy::type_complexity, reason = "three lists that are made in one pass")]
    fn facts(
        &self,
        rows: Vec<cart_line::Model>,
        currency: Currency,
        tax_rate: TaxRate,
    ) -> Result<(Vec<Line>, Vec<cart_line::Model>, Vec<LineFacts>), Fault> {
        let (mut lines, mut gone, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let variant = self.variants.get(&row.variant_id);
            let product = variant.and_then(|variant| self.products.get(&variant.product_id));
            let (Some(variant), Some(product), Some(price)) = (variant, product, self.prices.get(&row.variant_id))
            else {
                gone.push(row);
                continue;
            };
            facts.push(LineFacts {
                unit: Money::new(price.amount_minor, currency),
                quantity: Quantity::parse(row.quantity).map_err(|_| Fault::new("a line without a quantity"))?,
                tax_rate,
                collections: self.collections.get(&product.id).cloned().unwrap_or_default(),
            });
            let quoted = lines.len();
            lines.push(Line { row, variant: variant.clone(), product: product.clone(), quoted });
        }
        Ok((lines, gone, facts))
    }
}

async fn warnings(read: &Read, channel: &channel::Model, view: &View) -> Result<Vec<Warning>, Fault> {
    let View { lines, gone, quote, .. } = view;
    let ids: Vec<_> = lines.iter().map(|line| line.row.variant_id).collect();
    let free = inventory::load::free(read, channel.id, &ids).await?;
    let mut warnings: Vec<_> = gone.iter().map(|row| Warning::NotSold { line: row.id }).collect();
    for (line, quoted) in lines.iter().zip(&quote.lines) {
        let was = Money::new(line.row.seen_minor, quote.total.currency);
        if was != quoted.unit {
            warnings.push(Warning::PriceChanged { line: line.row.id, was, now: quoted.unit });
        }
        let available = free.get(&line.row.variant_id).copied().unwrap_or_default();
        if available < line.row.quantity {
            warnings.push(Warning::ShortOfStock { line: line.row.id, available });
        }
    }
    Ok(warnings)
}
