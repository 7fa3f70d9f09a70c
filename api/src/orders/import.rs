//! Orders that come over from another system.

use std::collections::HashSet;

use app::{
    channels,
    cx::Cx,
    orders::{self, Import, ImportError, ImportLine, ImportOrder, Imported},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::{
        email::Email,
        permission::{Proves, proof::ManageOrders},
        phone::Phone,
    },
    invalid::{Check, Invalid, Problem, Wrong},
    language::Language,
    money::{Currency, Money},
    orders::import::{self, Amounts, End, LineAmounts, QUANTITY_MAX},
    pricing::tax::TaxRate,
    text,
    time::Instant,
};
use entity::channels::channel;
use store::Once;

use super::order::Order;
use crate::{
    cart::{address::AddressInput, cart::PaymentMethod},
    graphql::{
        code::ErrorCode,
        directive::{emits, requires},
        error::{self, UserError},
        explain::{Explain, Explained, Said},
        input,
        language::Reading,
        loader,
        payload::{outcome, split, told},
        scalar::DateTime,
    },
};

/// The most orders of one call.
const ORDERS_MAX: usize = 100;

/// The most characters of a number, and of the name of another system or of its ways of delivery.
const NAME_MAX: usize = 60;

/// The most characters of a SKU.
const SKU_MAX: usize = 100;

/// The most characters of a product's name.
const PRODUCT_MAX: usize = 300;

/// The end that an order came to in another system.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "End")]
pub enum OrderImportState {
    /// It arrived, and was paid.
    Delivered,
    /// It was cancelled, and nothing of it was paid.
    Cancelled,
    /// The customer did not take it, and nothing of it was paid.
    Refused,
    /// It arrived, was paid, and all of the money went back.
    Refunded,
}

/// What becomes of the good orders if others are bad.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OrderImportOnFailure {
    /// None is imported.
    #[default]
    RejectAll,
    /// They are imported, and the bad ones are told in `userErrors`.
    SkipFailed,
}

/// Orders to import.
#[derive(InputObject, Clone, Debug)]
pub struct OrderImportInput {
    /// The orders, 100 at most, each of another number in its channel.
    pub orders: Vec<OrderImportOrderInput>,
    /// What the other system is called, at most 60 characters.
    pub source: Option<String>,
    /// What becomes of the good orders if others are bad.
    #[graphql(default)]
    pub on_failure: OrderImportOnFailure,
    /// Any text of yours: the same key with the same input imports once.
    pub idempotency_key: String,
}

/// An order to import, as it was. Amounts are decimal strings in the channel's currency, tax included, and agree to the
/// minor unit.
#[derive(InputObject, Clone, Debug)]
pub struct OrderImportOrderInput {
    /// How the other system named it, at most 60 characters. Of one number in a channel there is one order.
    pub external_number: String,
    /// The code of its channel; the request's if left out.
    pub channel: Option<String>,
    /// When it was placed; not in the future.
    pub placed_at: DateTime,
    /// The end that it came to.
    pub state: OrderImportState,
    /// Who placed it; a guest if left out.
    pub customer: Option<ID>,
    /// Where its news went; the customer's own address if left out. Required without a customer.
    pub email: Option<String>,
    /// Telephone number in international form; that of the address if left out.
    pub phone: Option<String>,
    /// BCP 47 tag of the language it was placed in; the request's if left out.
    pub language: Option<String>,
    /// Where it was delivered to.
    pub shipping_address: AddressInput,
    /// How it was delivered, as the other system named it, at most 60 characters.
    pub delivery_method: Option<String>,
    /// How it was paid.
    pub payment_method: PaymentMethod,
    /// What was bought, 200 lines at most.
    pub lines: Vec<OrderImportLineInput>,
    /// Delivery before its discount; nothing if left out.
    pub delivery: Option<String>,
    /// What was taken off delivery; nothing if left out.
    pub delivery_discount: Option<String>,
    /// Fee of the way to pay; nothing if left out.
    pub payment_fee: Option<String>,
    /// Tax that is included in the total: that of the lines, of delivery and of the fee.
    pub tax: String,
    /// What was to be paid: the totals of the lines + delivery − deliveryDiscount + paymentFee.
    pub total: String,
}

/// A line of an order to import, as it was.
#[derive(InputObject, Clone, Debug)]
pub struct OrderImportLineInput {
    /// Stock keeping unit, at most 100 characters: of a variant that the shop has, or what the channel calls one (see
    /// `externalSkusSet`), or of none.
    pub sku: String,
    /// Arabic name of the product, at most 300 characters. One of the names is required.
    pub name_ar: Option<String>,
    /// English name of the product, at most 300 characters.
    pub name_en: Option<String>,
    /// Units: 1 to 1,000,000.
    pub quantity: u32,
    /// Price of a unit.
    pub unit_price: String,
    /// What was taken off the line; nothing if left out.
    pub discount: Option<String>,
    /// Unit price × quantity − discount.
    pub total: String,
    /// Tax that is included in the total.
    pub tax: String,
    /// The rate of the tax in percent, such as `15`, with two fraction digits at most.
    pub tax_rate_percent: String,
}

/// What became of orders to import.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderImportPayload {
    /// The orders that are here now, in the order of the input.
    pub results: Vec<ImportedOrder>,
    /// What is wrong, by order. With `REJECT_ALL` none was imported; with `SKIP_FAILED` these orders were left out.
    pub user_errors: Vec<UserError>,
}

/// An order that is here now.
#[derive(SimpleObject, Clone, Debug)]
pub struct ImportedOrder {
    /// Its place in the input, from 0.
    pub index: i32,
    /// Whether it was not here before. What was is as it was.
    pub is_new: bool,
    /// The order.
    pub order: Order,
}

/// Where an order came from that was placed elsewhere.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderOrigin {
    /// How the other system named it.
    pub external_number: String,
    /// What the other system is called.
    pub source: Option<String>,
    /// When it was imported.
    pub imported_at: DateTime,
}

/// Mutations by which orders come over.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportMutation;

/// Orders of another system.
#[Object]
impl ImportMutation {
    /// Imports orders that were placed in another system, with the end that they came to there. No stock moves, nobody is
    /// asked for money or gets any back, and `order.imported` is the only event. They are numbered by channel and external
    /// number (`web-sa/1234`) and take no number of the channel's own series. Refuses with `NOT_THE_SUM` and the `sum`
    /// where amounts do not agree, `IN_THE_FUTURE`, `DUPLICATE`, `NOT_FOUND` at `customer`, and what any wrong field
    /// gives, by order.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.imported".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_import(
        &self,
        ctx: &Context<'_>,
        input: OrderImportInput,
    ) -> async_graphql::Result<OrderImportPayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        let channels = channels::all(&cx.read()).await.map_err(|fault| super::failed(ctx, &fault))?;
        let (done, skipped) = match input.parse(cx, &channels) {
            Ok((input, skipped)) => (Box::pin(orders::import(cx, may, input)).await, skipped),
            Err(invalid) => (Err(invalid.into()), Vec::new()),
        };
        let (done, mut user_errors) = split(outcome(cx, async { done }).await?);
        let Imported { done, of_nobody } = done.unwrap_or_default();
        user_errors.extend(told(cx, skipped.into_iter().map(Said::from)));
        user_errors.extend(told(cx, of_nobody.into_iter().map(nobody)));
        let found = loader::many(ctx, done.iter().map(|one| one.order).collect()).await?;
        let shown = |one: &orders::ImportDone| {
            let order = Order(found.get(&one.order)?.clone());
            Some(ImportedOrder { index: i32::try_from(one.index).unwrap_or(i32::MAX), is_new: one.is_new, order })
        };
        Ok(OrderImportPayload { results: done.iter().filter_map(shown).collect(), user_errors })
    }
}

fn nobody(index: usize) -> Said {
    let path = ["orders", &index.to_string(), "customer"].map(str::to_owned);
    Said::code(ErrorCode::NotFound).path(path.to_vec())
}

impl Explain for ImportError {
    fn explain(self) -> Explained {
        match self {
            Self::OfNobody(of) => Explained::Refused(of.into_iter().map(nobody).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl OrderImportInput {
    /// Checks every field of every order, and says what is wrong with those that are to be skipped.
    fn parse(self, cx: &Cx, channels: &[channel::Model]) -> Result<(Import, Vec<Wrong>), Invalid> {
        let mut check = Check::default();
        let once: Option<Once> = input::once(&mut check, "orderImport", Some(&self.idempotency_key), &self);
        let source = optional(&mut check, "source", self.source.as_deref(), NAME_MAX);
        let skips_failed = self.on_failure == OrderImportOnFailure::SkipFailed;
        let asked = check.field("orders", input::at_most(self.orders, ORDERS_MAX)).unwrap_or_default();
        let (mut seen, mut orders, mut wrong) = (HashSet::new(), Vec::new(), Vec::new());
        for (index, order) in asked.into_iter().enumerate() {
            let mut of_order = Check::default();
            let parsed = order.parse(&mut of_order, cx, channels).map(|order| {
                if !seen.insert((order.channel.0, order.external_number.clone())) {
                    of_order.wrong("externalNumber", Problem::Duplicate);
                }
                ImportOrder { index, ..order }
            });
            match of_order.done(parsed) {
                Ok(order) => orders.push(order),
                Err(invalid) => wrong.extend(invalid.under(&index.to_string()).under("orders").wrong),
            }
        }
        if !skips_failed && !wrong.is_empty() {
            check.here::<()>(Err(Invalid { wrong: std::mem::take(&mut wrong) }));
        }
        let (source, once) = check.done(source.zip(once))?;
        Ok((Import { orders, source, skips_failed, once }, wrong))
    }
}

impl OrderImportOrderInput {
    fn parse(self, check: &mut Check, cx: &Cx, channels: &[channel::Model]) -> Option<ImportOrder> {
        let channel = match &self.channel {
            None => cx.channel().ok().map(AsRef::as_ref),
            Some(code) => {
                let found = channels.iter().find(|row| row.code == *code);
                check.field("channel", found.ok_or(Problem::InvalidChannel))
            }
        };
        let number = check.field("externalNumber", text::line(&self.external_number, NAME_MAX));
        let placed_at = check.field("placedAt", past(self.placed_at.0, cx.now()));
        let customer = self.customer.map(|id| check.field("customer", input::id(&id)));
        let email = self.email.map(|email| check.field("email", Email::parse(&email)));
        if customer.is_none() && email.is_none() {
            check.wrong("email", Problem::Required);
        }
        let phone = self.phone.map(|phone| check.field("phone", Phone::parse(&phone)));
        let language = match &self.language {
            None => Some(cx.language()),
            Some(tag) => check.field("language", Language::parse(tag).ok_or(Problem::UnsupportedLanguage)),
        };
        let address = check.nested("shippingAddress", self.shipping_address.parse());
        let delivery_name = optional(check, "deliveryMethod", self.delivery_method.as_deref(), NAME_MAX);
        let channel = channel?;
        let currency = channels::currency(channel).ok()?;
        let money = |check: &mut Check, field: &str, text: Option<&str>| amount(check, field, text, currency);
        let delivery = money(check, "delivery", self.delivery.as_deref());
        let delivery_discount = money(check, "deliveryDiscount", self.delivery_discount.as_deref());
        let fee = money(check, "paymentFee", self.payment_fee.as_deref());
        let tax = money(check, "tax", Some(&self.tax));
        let total = money(check, "total", Some(&self.total));
        let (lines, of_lines) = lines(check, self.lines, currency)?.into_iter().unzip();
        let amounts = Amounts {
            lines: of_lines,
            delivery: delivery?,
            delivery_discount: delivery_discount?,
            fee: fee?,
            tax: tax?,
            total: total?,
        };
        let sums = check.here(import::add_up(&amounts, currency))?;
        Some(ImportOrder {
            index: 0,
            channel: (channel.id, channel.code.clone()),
            external_number: number?,
            placed_at: placed_at?,
            end: self.state.into(),
            customer: customer.flatten(),
            email: email.flatten(),
            phone: phone.flatten(),
            language: language?,
            address: address?,
            delivery_name: delivery_name?,
            method: self.payment_method.into(),
            currency,
            lines,
            amounts,
            sums,
        })
    }
}

fn past(at: Instant, now: Instant) -> Result<Instant, Problem> {
    if at <= now { Ok(at) } else { Err(Problem::InTheFuture) }
}

/// A text that may be left out: the outer `None` is one that is wrong.
#[expect(clippy::option_option, reason = "what is wrong is not what is left out")]
fn optional(check: &mut Check, field: &str, said: Option<&str>, max: usize) -> Option<Option<String>> {
    match said {
        None => Some(None),
        Some(said) => check.field(field, text::line(said, max)).map(Some),
    }
}

/// An amount in minor units, zero if it is left out.
fn amount(check: &mut Check, field: &str, said: Option<&str>, currency: Currency) -> Option<i64> {
    let Some(said) = said else { return Some(0) };
    check.field(field, Money::said(said, currency)).map(|money| money.minor)
}

fn lines(
    check: &mut Check,
    lines: Vec<OrderImportLineInput>,
    currency: Currency,
) -> Option<Vec<(ImportLine, LineAmounts)>> {
    let lines = check.field("lines", input::items(lines))?;
    let n_lines = lines.len();
    let mut parsed = Vec::with_capacity(n_lines);
    for (index, line) in lines.into_iter().enumerate() {
        let line = line.parse(currency).map_err(|invalid| invalid.under(&index.to_string()));
        parsed.extend(check.nested("lines", line));
    }
    (parsed.len() == n_lines).then_some(parsed)
}

impl OrderImportLineInput {
    fn parse(self, currency: Currency) -> Result<(ImportLine, LineAmounts), Invalid> {
        let mut check = Check::default();
        let sku = check.field("sku", text::line(&self.sku, SKU_MAX));
        let name_ar = optional(&mut check, "nameAr", self.name_ar.as_deref(), PRODUCT_MAX);
        let name_en = optional(&mut check, "nameEn", self.name_en.as_deref(), PRODUCT_MAX);
        if self.name_ar.is_none() && self.name_en.is_none() {
            check.wrong("nameAr", Problem::Required);
        }
        let quantity = check.field(
            "quantity",
            match self.quantity {
                0 => Err(Problem::QuantityNotPositive),
                n if QUANTITY_MAX < n => Err(Problem::QuantityTooLarge { max: QUANTITY_MAX }),
                n => Ok(n),
            },
        );
        let rate = TaxRate::parse_percent(&self.tax_rate_percent).and_then(|rate| i32::try_from(rate.bps()).ok());
        let rate = check.field("taxRatePercent", rate.ok_or(Problem::InvalidRate));
        let unit = amount(&mut check, "unitPrice", Some(&self.unit_price), currency);
        let discount = amount(&mut check, "discount", self.discount.as_deref(), currency);
        let total = amount(&mut check, "total", Some(&self.total), currency);
        let tax = amount(&mut check, "tax", Some(&self.tax), currency);
        let line = sku
            .zip(rate)
            .zip(name_ar.zip(name_en))
            .map(|((sku, tax_rate_bps), (name_ar, name_en))| ImportLine { sku, name_ar, name_en, tax_rate_bps });
        let amounts = quantity
            .zip(unit.zip(discount))
            .zip(total.zip(tax))
            .map(|((quantity, (unit, discount)), (total, tax))| LineAmounts { quantity, unit, discount, total, tax });
        check.done(line.zip(amounts))
    }
}
