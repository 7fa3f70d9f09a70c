//! What carts cost: many at once, by a constant number of statements.

use std::collections::HashMap;

use domain::{
    cart::quantity::Quantity,
    id::{Cart, Collection, Id, Product, Variant},
    identity::country::Country,
    money::{Currency, Money},
    payments::method::Method,
    pricing::{
        promotion::{Effect, Promotion},
        quote::{self, Facts, LineFacts, QuotedLine},
        tax::TaxRate,
    },
    time::Instant,
};
use entity::{
    cart::{cart, cart_line},
    catalog::{product, variant},
    channels::channel,
    pricing::price,
};
use store::{Fault, Read};

use super::{
    rows,
    view::{self, Line, View},
};
use crate::{
    catalog,
    channels::{self, Payable},
    fulfilment::delivery::{self, Tariff},
    pricing,
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
    promotions: Vec<Promotion>,
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
        let home = Country::parse(&channel.country).map_err(|_| Fault::new("a channel without a country"))?;
        let mut countries = vec![home];
        for cart in carts {
            countries.extend(view::address(cart)?.map(|address| address.country));
        }
        let promotions = pricing::promotions(read, channel).await?;
        Ok(Self {
            at,
            currency: channels::currency(channel)?,
            home,
            rows,
            sold: Sold::load(read, channel, &variants, at).await?,
            tax_rates: pricing::tax_rates(read, &countries).await?,
            tariff: delivery::tariff(read, channel.id).await?,
            payables: channels::methods(read, channel).await?,
            promotions: promotions.into_iter().map(|named| named.rule).collect(),
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
        let (lines, gone, facts) = self.sold.facts(rows, self.currency, tax_rate)?;
        let quote = quote::quote(&Facts {
            currency: self.currency,
            lines: facts,
            promotions: self.promotions.clone(),
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
    /// What they cost, with what is taken off them by themselves: nothing that is taken off a whole cart.
    pub quoted: QuotedLine,
}

/// What units of variants cost now in a channel, delivered to a country, in their order; `None` of what is not sold.
pub async fn goods(
    read: &Read,
    channel: &channel::Model,
    wanted: &[(Id<Variant>, Quantity)],
    country: Country,
    at: Instant,
) -> Result<Vec<Option<Good>>, Fault> {
    let currency = channels::currency(channel)?;
    let variants: Vec<_> = wanted.iter().map(|(variant, _)| *variant).collect();
    let sold = Sold::load(read, channel, &variants, at).await?;
    let tax_rates = pricing::tax_rates(read, &[country]).await?;
    let tax_rate = *tax_rates.get(&country).ok_or_else(|| Fault::new("a country whose tax was not loaded"))?;
    let promotions = pricing::promotions(read, channel).await?.into_iter().map(|named| named.rule);
    let promotions: Vec<_> =
        promotions.filter(|rule| matches!(rule.effect, Effect::CollectionPercent { .. })).collect();
    let mut goods = Vec::with_capacity(wanted.len());
    for (variant, quantity) in wanted {
        let Some((variant, product, price)) = sold.find(*variant) else {
            goods.push(None);
            continue;
        };
        let unit = Money::new(price.amount_minor, currency);
        let collections = sold.collections.get(&product.id).cloned().unwrap_or_default();
        let facts = Facts {
            currency,
            lines: vec![LineFacts { unit, quantity: *quantity, tax_rate, collections }],
            promotions: promotions.clone(),
            delivery: None,
            fee: None,
            service_tax_rate: tax_rate,
            at,
        };
        let quoted = quote::quote(&facts).map_err(Fault::new)?.lines.pop();
        let quoted = quoted.ok_or_else(|| Fault::new("a line that was not quoted"))?;
        goods.push(Some(Good { variant: variant.clone(), product: product.clone(), quoted }));
    }
    Ok(goods)
}

/// What variants are and cost.
#[derive(Debug)]
struct Sold {
    variants: HashMap<Id<Variant>, variant::Model>,
    products: HashMap<Id<Product>, product::Model>,
    prices: HashMap<Id<Variant>, price::Model>,
    collections: HashMap<Id<Product>, Vec<Id<Collection>>>,
}

impl Sold {
    async fn load(read: &Read, channel: &channel::Model, ids: &[Id<Variant>], at: Instant) -> Result<Self, Fault> {
        let variants = catalog::load::any_variants(read, ids).await?;
        let product_ids: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
        let shown = catalog::shown_at(read, channel.id, &product_ids, at).await?;
        let mut products = catalog::load::any_products(read, &product_ids).await?;
        products.retain(|id, _| shown.contains(id));
        let prices = pricing::prices(read, channel, ids).await?;
        let collections = catalog::load::collections_of(read, &product_ids).await?;
        Ok(Self { variants, products, prices, collections })
    }

    /// A variant that is sold, its product and its price.
    fn find(&self, variant: Id<Variant>) -> Option<(&variant::Model, &product::Model, &price::Model)> {
        let found = self.variants.get(&variant)?;
        Some((found, self.products.get(&found.product_id)?, self.prices.get(&variant)?))
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
            let Some((variant, product, price)) = self.find(row.variant_id) else {
                gone.push(row);
                continue;
            };
            facts.push(LineFacts {
                unit: Money::new(row.agreed_minor.unwrap_or(price.amount_minor), currency),
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
