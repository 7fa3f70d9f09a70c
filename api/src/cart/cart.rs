//! Carts.

use std::sync::Arc;

use app::{
    cart::{
        GivenCredit,
        view::{self, View},
    },
    fulfilment::delivery,
};
use async_graphql::{ComplexObject, Context, Enum, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    money::Currency,
    organisations::seat::Seat,
    payments::method,
    pricing::{
        named::{Names, Promotions},
        promotions::Applied,
    },
};
use store::Fault;

use super::{
    address::Address,
    errors::no_gift_card,
    warning::{self, CartWarning},
};
use crate::{
    catalog::{measure::measure_of, variant::ProductVariant},
    graphql::{
        code::ErrorCode,
        language::{self, Language, Reading},
        loader,
        money::Money,
        scalar::DateTime,
    },
    i18n,
    organisations::{organisation::Organisation, unit::OrganisationUnit},
    pricing::{
        explanation::LinePricing,
        promotions::explanation::{self, DiscountExplanation},
        sums::{self, LineSum, SumStep},
        taxes::taxation::{self, TaxTotal, Taxation, taxation},
    },
};

/// What a shopper wants, priced now.
#[derive(Clone, Debug)]
pub struct Cart(pub Arc<View>);

/// Where a cart stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartState {
    /// It can be changed.
    Open,
    /// It became an order.
    Completed,
    /// Its lines went into a customer's cart.
    Merged,
    /// Staff make it for a customer: see `DraftOrder`.
    Draft,
    /// Staff made it, and gave it up.
    Discarded,
}

/// How a customer pays.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "method::Method")]
pub enum PaymentMethod {
    /// Cash to the courier, for a fee.
    CashOnDelivery,
    /// A transfer to the shop's bank account, which staff confirm.
    BankTransfer,
    /// A card, through the gateway.
    Card,
}

/// A way of delivery to the cart's address.
#[derive(Clone, Debug)]
pub struct DeliveryOption(pub delivery::Delivery);

/// A way to pay.
#[derive(Clone, Copy, Debug)]
pub struct PaymentOption(pub app::channels::Payable);

/// A discount that applied.
#[derive(SimpleObject, Clone, Debug)]
pub struct AppliedPromotion {
    /// Its name, in the reader's language.
    pub name: String,
    /// What it takes off.
    pub amount: Money,
    /// The coupon by which it applies; none if it needs none.
    pub coupon: Option<String>,
}

/// What a cart or an order costs. The amounts but the total are with tax where prices include it.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(complex)]
pub struct Totals {
    /// Lines before discounts.
    pub subtotal: Money,
    /// Discounts of lines.
    pub discount: Money,
    /// Delivery before its discount.
    pub delivery: Money,
    /// Discount of delivery.
    pub delivery_discount: Money,
    /// Fee of the way to pay, less what promotions take off it.
    pub payment_fee: Money,
    /// Value added tax that is included in the total.
    pub tax: Money,
    /// Whether prices include tax. Where they do not, it comes on top of them in the total.
    pub prices_include_tax: bool,
    /// What is to be paid, tax included: subtotal − discount + delivery − deliveryDiscount + paymentFee, and the tax where
    /// prices do not include it.
    pub total: Money,
}

#[ComplexObject]
impl Totals {
    /// How the total came about: the lines, what is taken off them, delivery, the fee and the tax with how it is rounded. How
    /// each line's share of it did is in the line's `pricing`, and what promotions took off in that of the whole.
    async fn explanation(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SumStep>> {
        sums::of_all(ctx, self)
    }
}

impl From<&domain::pricing::quote::Quote> for Totals {
    fn from(quote: &domain::pricing::quote::Quote) -> Self {
        Self {
            subtotal: Money(quote.subtotal),
            discount: Money(quote.discount),
            delivery: Money(quote.delivery),
            delivery_discount: Money(quote.delivery_discount),
            payment_fee: Money(quote.fee),
            tax: Money(quote.tax),
            prices_include_tax: quote.basis.includes_tax(),
            total: Money(quote.total),
        }
    }
}

/// A gift card that a cart is to be paid with.
#[derive(Clone, Debug)]
pub struct CartGiftCard(GivenCredit);

/// A gift card that a cart is to be paid with.
#[Object]
impl CartGiftCard {
    /// The gift card's id, to take it out.
    async fn gift_card(&self) -> ID {
        ID(Id::<id::GiftCard>::new(self.0.held.row.id.uuid()).to_string())
    }

    /// The last four characters of its code.
    async fn last_characters(&self) -> &str {
        self.0.held.row.code_end.as_deref().unwrap_or_default()
    }

    /// What is on it.
    async fn balance(&self) -> Money {
        Money(self.0.balance)
    }

    /// What is paid with it.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// Why nothing can be paid with it any more, such as `GIFT_CARD_EXPIRED`: then take it out, or the order is refused. None
    /// if it is good.
    async fn problem(&self) -> Option<ErrorCode> {
        self.0.why_not.map(no_gift_card)
    }
}

/// The store credit that a cart is to be paid with.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct CartStoreCredit {
    /// What there is of it.
    pub balance: Money,
    /// What is paid with it.
    pub amount: Money,
}

/// A line of a cart.
#[derive(Clone, Debug)]
pub struct CartLine {
    view: Arc<View>,
    line: view::Line,
}

/// A cart.
#[Object]
impl Cart {
    /// Its id. A guest's cart is open to whoever knows it.
    pub async fn id(&self) -> ID {
        ID(self.0.cart.id.to_string())
    }

    /// Grows with every change: pass it as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.cart.version
    }

    /// Where it stands.
    async fn state(&self) -> CartState {
        match self.0.cart.state.as_str() {
            "COMPLETED" => CartState::Completed,
            "MERGED" => CartState::Merged,
            "DRAFT" => CartState::Draft,
            "DISCARDED" => CartState::Discarded,
            _ => CartState::Open,
        }
    }

    /// The company that it is bought for; none: for the customer, or the guest. Who changes a cart of theirs with the header
    /// `Qafila-Organisation` buys it for that company, who changes it without buys it for themselves. Who may not buy for a
    /// company any more has a cart for themselves. A draft is for whom staff say, and becomes no order if that is a company which
    /// nobody buys for any more.
    async fn organisation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Organisation>> {
        match self.0.party.organisation() {
            Some(id) => Ok(loader::one(ctx, id).await?.map(Organisation)),
            None => Ok(None),
        }
    }

    /// The unit of the company; none: the company itself.
    async fn organisation_unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<OrganisationUnit>> {
        match self.0.party.seat.as_ref().and_then(Seat::unit) {
            Some(id) => Ok(loader::one(ctx, id).await?.map(OrganisationUnit)),
            None => Ok(None),
        }
    }

    /// The language of its order.
    async fn language(&self) -> Option<Language> {
        domain::language::Language::parse(&self.0.cart.language).map(Language::from)
    }

    /// Where news of the order goes.
    async fn email(&self) -> Option<&str> {
        self.0.cart.email.as_deref()
    }

    /// Telephone number for news of the order, E.164.
    async fn phone(&self) -> Option<&str> {
        self.0.cart.phone.as_deref()
    }

    /// Its lines that the channel sells, in the order in which they were put in.
    async fn lines(&self) -> Vec<CartLine> {
        let line = |line: &view::Line| CartLine { view: Arc::clone(&self.0), line: line.clone() };
        self.0.lines.iter().map(line).collect()
    }

    /// Units in it.
    async fn total_quantity(&self) -> i64 {
        self.0.lines.iter().map(|line| line.row.quantity).sum()
    }

    /// Where it is delivered to.
    async fn shipping_address(&self) -> Option<Address> {
        self.0.address.clone().map(Address::from)
    }

    /// The ways of delivery to its address, with their prices; none without an address.
    async fn delivery_options(&self) -> Vec<DeliveryOption> {
        self.0.deliveries.iter().cloned().map(DeliveryOption).collect()
    }

    /// The way of delivery chosen.
    async fn delivery_method(&self) -> Option<DeliveryOption> {
        self.0.delivery.clone().map(DeliveryOption)
    }

    /// The ways to pay.
    async fn payment_options(&self) -> Vec<PaymentOption> {
        self.0.payables.iter().copied().map(PaymentOption).collect()
    }

    /// The way to pay chosen, for what is `due`; none as well if nothing is.
    async fn payment_method(&self) -> Option<PaymentOption> {
        self.0.payment.map(PaymentOption)
    }

    /// The discounts that apply.
    async fn promotions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AppliedPromotion>> {
        applied(ctx, &self.0.quote.applied, self.0.quote.total.currency).await
    }

    /// The coupons that were put in, as they were typed but in capital letters.
    async fn coupons(&self) -> Vec<String> {
        self.0.coupons.iter().map(|coupon| coupon.code.clone()).collect()
    }

    /// The gift cards that it is to be paid with, in this order.
    async fn gift_cards(&self) -> Vec<CartGiftCard> {
        let cards = self.0.credits.iter().filter(|given| given.held.row.code_hash.is_some());
        cards.cloned().map(CartGiftCard).collect()
    }

    /// The store credit that it is to be paid with, after gift cards; none if that was not said, and if there is none.
    async fn store_credit(&self) -> Option<CartStoreCredit> {
        let given = self.0.credits.iter().find(|given| given.held.row.code_hash.is_none())?;
        Some(CartStoreCredit { balance: Money(given.balance), amount: Money(given.amount) })
    }

    /// What of the total is left to be paid by the payment method, after gift cards and store credit.
    async fn due(&self) -> Money {
        Money(self.0.split.rest)
    }

    /// What promotions did to the price, and which did nothing and why.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<DiscountExplanation> {
        let quote = &self.0.quote;
        let lines: Vec<_> = self.0.lines.iter().map(|line| ID(line.row.id.to_string())).collect();
        explanation::show(ctx, (&quote.applied, &quote.refused), (quote.total.currency, &lines), &Promotions::new())
            .await
    }

    /// What it costs.
    async fn totals(&self) -> Totals {
        Totals::from(&self.0.quote)
    }

    /// What of it is taxed how: the nets and the taxes sum to the total.
    async fn taxes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxTotal>> {
        taxation::totals(ctx, self.0.quote.taxes().map_err(Fault::new))
    }

    /// What the shop had to change, and what the shopper should know. Not errors.
    async fn warnings(&self, ctx: &Context<'_>) -> Vec<CartWarning> {
        self.0.warnings.iter().map(|one| warning::show(ctx.cx().language(), one)).collect()
    }

    /// Until when all that it holds of the stock is held for it; none if it holds nothing. Only some channels hold stock
    /// before the order: `Channel.cartReservationMinutes`.
    async fn reserved_until(&self) -> Option<DateTime> {
        self.0.reserved_until.map(DateTime)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.cart.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.cart.updated_at)
    }
}

/// A line of a cart.
#[Object]
impl CartLine {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.line.row.id.to_string())
    }

    /// What is wanted.
    async fn variant(&self) -> ProductVariant {
        ProductVariant(self.line.variant.clone())
    }

    /// Its product's name, in the reader's language.
    async fn product_name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let product = &self.line.product;
        language::text(ctx, product.name_ar.as_deref(), product.name_en.as_deref(), None)
    }

    /// Units.
    async fn quantity(&self) -> i64 {
        self.line.row.quantity
    }

    /// Price of a unit; with tax where prices include it.
    async fn unit_price(&self) -> Option<Money> {
        self.quoted().map(|quoted| Money(quoted.unit))
    }

    /// How the price of a unit came about.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<LinePricing> {
        let measure = measure_of(ctx, &self.line.variant)?;
        let (steps, sum) = (self.line.price.steps.clone(), self.quoted().map(LineSum::from));
        Ok(LinePricing { steps, names: Names::default(), sum, measure })
    }

    /// Unit price times quantity.
    async fn subtotal(&self) -> Option<Money> {
        self.quoted().map(|quoted| Money(quoted.subtotal))
    }

    /// Its share of the discounts.
    async fn discount(&self) -> Option<Money> {
        self.quoted().map(|quoted| Money(quoted.discount))
    }

    /// Subtotal less discount, tax included.
    async fn total(&self) -> Option<Money> {
        self.quoted().map(|quoted| Money(quoted.total))
    }

    /// Value added tax that is included in the total.
    async fn tax(&self) -> Option<Money> {
        self.quoted().map(|quoted| Money(quoted.tax))
    }

    /// How it is taxed.
    async fn taxation(&self, ctx: &Context<'_>) -> Option<Taxation> {
        self.quoted().map(|quoted| taxation(ctx.cx().language(), &quoted.charged))
    }

    /// The rate of tax in percent, such as `15`.
    async fn tax_rate_percent(&self) -> Option<String> {
        self.quoted().map(|quoted| crate::orders::percent(quoted.charged.treatment.rate().bps()))
    }
}

impl CartLine {
    fn quoted(&self) -> Option<&domain::pricing::quote::QuotedLine> {
        self.view.quote.lines.get(self.line.quoted)
    }
}

/// A way of delivery to the cart's address.
#[Object]
impl DeliveryOption {
    /// Its id: pass it to `cartDeliveryMethodSet`.
    pub async fn id(&self) -> ID {
        ID(self.0.method.id.to_string())
    }

    /// Its name in imports, such as `express`.
    async fn code(&self) -> &str {
        &self.0.method.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.method.name_ar.as_deref(), self.0.method.name_en.as_deref(), None)
    }

    /// What it costs, tax and surcharge included.
    async fn price(&self) -> Money {
        Money(self.0.price)
    }

    /// How much of the price is for a remote area.
    async fn remote_area_surcharge(&self) -> Money {
        Money(self.0.surcharge)
    }

    /// Earliest arrival, in days.
    async fn days_min(&self) -> i32 {
        self.0.days_min
    }

    /// Latest arrival, in days.
    async fn days_max(&self) -> i32 {
        self.0.days_max
    }
}

/// A way to pay.
#[Object]
impl PaymentOption {
    /// Which.
    async fn method(&self) -> PaymentMethod {
        self.0.method.into()
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> String {
        method_name(ctx, self.0.method)
    }

    /// What it costs, tax included.
    async fn fee(&self) -> Money {
        Money(self.0.fee)
    }
}

/// Discounts in the order in which they apply, in the reader's language.
pub async fn applied(
    ctx: &Context<'_>,
    applied: &[Applied],
    currency: Currency,
) -> async_graphql::Result<Vec<AppliedPromotion>> {
    let names = loader::many(ctx, applied.iter().map(|one| one.promotion).collect()).await?;
    let show = |one: &Applied| {
        let row = names.get(&one.promotion)?;
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None).ok()?;
        let amount = Money(domain::money::Money::new(one.amount, currency));
        Some(AppliedPromotion { name, amount, coupon: one.coupon.clone() })
    };
    Ok(applied.iter().filter_map(show).collect())
}

/// The name of a way to pay, in the reader's language.
pub fn method_name(ctx: &Context<'_>, method: method::Method) -> String {
    let key = format!("payment-method-{}", method.code().to_lowercase().replace('_', "-"));
    i18n::message(ctx.cx().language(), &key, &[])
}
