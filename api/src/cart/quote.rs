//! What lines cost somebody at an instant, without a cart.

use std::sync::Arc;

use app::cart::{self, AskPrice, Party, QuoteError, Quoted, QuotedGood};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, SimpleObject};
use domain::{
    cart::quantity::Quantity,
    id::{self, Id},
    identity::{
        country::Country,
        permission::{Proves, proof::ReadPrices},
    },
    invalid::{Check, Invalid},
    pricing::{
        named::{Names, Promotions},
        promotions::code::CouponCode,
        quote::QuotedLine,
    },
    text,
};
use store::Fault;

use super::{
    cart::{AppliedPromotion, PaymentMethod, Totals, applied},
    errors::said,
};
use crate::{
    catalog::{measure::measure_of, query::VariantBy, variant::ProductVariant},
    graphql::{
        directive::requires,
        error::UserError,
        explain::{Explain, Explained},
        input,
        language::{self, Reading},
        money::Money,
        payload::{outcome, told},
        scalar::DateTime,
        shop::{self, Channel},
    },
    pricing::{
        explanation::LinePricing,
        promotions::explanation::{self, DiscountExplanation},
        sums::LineSum,
        taxes::taxation::{self, TaxTotal, Taxation, taxation},
    },
};

/// The most lines of one call.
const LINES_MAX: usize = 100;

/// The longest name of a region.
const REGION_MAX: usize = 60;

/// What is to be priced.
#[derive(InputObject, Clone, Debug)]
pub struct PriceQuoteInput {
    /// What is bought: each variant once, 100 at most.
    pub lines: Vec<PriceQuoteLineInput>,
    /// The channel's code; if left out, that of the request.
    pub channel: Option<String>,
    /// Who buys; if left out, a guest.
    pub buyer: Option<PriceQuoteBuyer>,
    /// ISO 3166-1 alpha-2: to where it is delivered. If left out, the channel's country.
    pub country: Option<String>,
    /// The region of the country, as addresses name it: tax may depend on it.
    pub region: Option<String>,
    /// The city there, in Arabic or English: delivery may depend on it.
    pub city: Option<String>,
    /// The code of the way of delivery, such as `express`; if left out, delivery is not priced.
    pub delivery_method: Option<String>,
    /// How it is paid; if left out, that is not known yet.
    pub payment_method: Option<PaymentMethod>,
    /// Coupons that the buyer has, 10 at most.
    #[graphql(default)]
    pub coupons: Vec<String>,
    /// When, past or to come; if left out, now.
    pub at: Option<DateTime>,
}

/// Units of a variant to price.
#[derive(InputObject, Clone, Debug)]
pub struct PriceQuoteLineInput {
    /// Of what.
    pub variant: VariantBy,
    /// How many units.
    pub quantity: i64,
}

/// Who buys what is priced.
#[derive(OneofObject, Clone, Debug)]
pub enum PriceQuoteBuyer {
    /// A customer.
    Customer(ID),
    /// Somebody who is in these groups, of whom nothing else is known.
    CustomerGroups(Vec<ID>),
    /// Somebody who buys for a company and is in no unit of it, of whom nothing else is known: what was agreed on with the
    /// company goes, promotions for it, and its exemptions from tax. For a company that is suspended, what everybody has.
    Organisation(ID),
    /// The same, in a unit of a company: what goes for the unit and for those above it goes first.
    OrganisationUnit(ID),
}

/// What lines cost, or why they are not priced.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceQuotePayload {
    /// What they cost; none if who buys, where or how is wrong, or if nothing is sold.
    pub quote: Option<PriceQuote>,
    /// What is wrong. Lines that are not sold, or not so many of them, and coupons that are none are left out of the quote
    /// and named here.
    pub user_errors: Vec<UserError>,
}

/// What lines cost somebody at an instant, as a cart of theirs would.
#[derive(Clone, Debug)]
pub struct PriceQuote(Arc<Quoted>);

/// A line that is priced.
#[derive(Clone, Debug)]
pub struct PriceQuoteLine {
    good: QuotedGood,
    quoted: QuotedLine,
}

/// Queries of prices without a cart.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuoteQuery;

/// What it would cost.
#[Object]
impl QuoteQuery {
    /// What lines cost somebody at any instant, past or to come: priced as a cart is, with promotions and their
    /// explanation. No cart is made, no stock is held, and nothing is counted.
    ///
    /// Prices, price lists, who buys by which, rates of tax and what the channel shows are those of the instant, and so are
    /// the times at which promotions run. All else is as it is now: the rules of promotions and what is left of them, the
    /// groups of customers and what they ordered, how many pieces are bought together, delivery and fees. Refuses with
    /// `NOT_FOUND`, `VARIANT_NOT_SOLD_HERE`, `DUPLICATE`, `QUANTITY_BELOW_MINIMUM`, `QUANTITY_ABOVE_MAXIMUM`,
    /// `QUANTITY_NOT_A_MULTIPLE`, `DELIVERY_METHOD_UNAVAILABLE`, `PAYMENT_METHOD_UNAVAILABLE`, `COUPON_NOT_FOUND`,
    /// `COUPON_EXPIRED`, `COUPON_USED_UP` or `TOO_MANY_COUPONS`.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn price_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be priced.")] input: PriceQuoteInput,
    ) -> async_graphql::Result<PriceQuotePayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async { cart::quote_prices(cx, cx.permit()?, input.parse()?).await });
        Ok(match done.await? {
            Err(user_errors) => PriceQuotePayload { quote: None, user_errors },
            Ok(quoted) => PriceQuotePayload {
                user_errors: told(cx, quoted.left_out.iter().cloned().map(said)),
                quote: Some(PriceQuote(Arc::new(quoted))),
            },
        })
    }
}

/// What lines cost somebody at an instant, as a cart of theirs would.
#[Object]
impl PriceQuote {
    /// The channel in which they are bought.
    async fn channel(&self, ctx: &Context<'_>) -> async_graphql::Result<Channel> {
        shop::show(ctx, &self.0.channel)
    }

    /// The instant of the prices.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// The lines that are sold, in the order of the input.
    async fn lines(&self) -> Vec<PriceQuoteLine> {
        let lines = self.0.lines.iter().cloned().zip(self.0.quote.lines.iter().cloned());
        lines.map(|(good, quoted)| PriceQuoteLine { good, quoted }).collect()
    }

    /// The discounts that apply.
    async fn promotions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AppliedPromotion>> {
        applied(ctx, &self.0.quote.applied, self.0.quote.total.currency).await
    }

    /// What promotions did to the price, and which did nothing and why. Its lines are the `line` of each line here.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<DiscountExplanation> {
        let quote = &self.0.quote;
        let lines: Vec<_> = self.0.lines.iter().map(|good| ID(good.place.to_string())).collect();
        explanation::show(ctx, (&quote.applied, &quote.refused), (quote.total.currency, &lines), &Promotions::new())
            .await
    }

    /// What of it is taxed how: the nets and the taxes sum to the total.
    async fn taxes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxTotal>> {
        taxation::totals(ctx, self.0.quote.taxes().map_err(Fault::new))
    }

    /// What it costs.
    async fn totals(&self) -> Totals {
        Totals::from(&self.0.quote)
    }
}

/// A line that is priced.
#[Object]
impl PriceQuoteLine {
    /// Its place in the input, from 0.
    async fn line(&self) -> ID {
        ID(self.good.place.to_string())
    }

    /// What is bought.
    async fn variant(&self) -> ProductVariant {
        ProductVariant(self.good.variant.clone())
    }

    /// Its product's name, in the reader's language.
    async fn product_name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let product = &self.good.product;
        language::text(ctx, product.name_ar.as_deref(), product.name_en.as_deref(), None)
    }

    /// Units.
    async fn quantity(&self) -> u32 {
        self.quoted.quantity.get()
    }

    /// Price of a unit; with tax where prices include it.
    async fn unit_price(&self) -> Money {
        Money(self.quoted.unit)
    }

    /// A former, higher price of a unit.
    async fn compare_at_price(&self) -> Option<Money> {
        self.good.price.compare_at.map(Money)
    }

    /// How the price of a unit came about.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<LinePricing> {
        let measure = measure_of(ctx, &self.good.variant)?;
        let (steps, names) = (self.good.price.steps.clone(), Names::default());
        Ok(LinePricing { steps, names, sum: Some(LineSum::from(&self.quoted)), measure })
    }

    /// Unit price times quantity.
    async fn subtotal(&self) -> Money {
        Money(self.quoted.subtotal)
    }

    /// Its share of the discounts.
    async fn discount(&self) -> Money {
        Money(self.quoted.discount)
    }

    /// Subtotal less discount, tax included.
    async fn total(&self) -> Money {
        Money(self.quoted.total)
    }

    /// Value added tax that is included in the total.
    async fn tax(&self) -> Money {
        Money(self.quoted.tax)
    }

    /// How it is taxed.
    async fn taxation(&self, ctx: &Context<'_>) -> Taxation {
        taxation(ctx.cx().language(), &self.quoted.charged)
    }

    /// The rate of tax in percent, such as `15`.
    async fn tax_rate_percent(&self) -> String {
        crate::orders::percent(self.quoted.charged.treatment.rate().bps())
    }
}

impl PriceQuoteInput {
    fn parse(self) -> Result<AskPrice, Invalid> {
        let mut check = Check::default();
        let mut lines = Vec::with_capacity(self.lines.len());
        let given = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        for (index, line) in given.into_iter().enumerate() {
            let mut of_line = Check::default();
            let variant = of_line.field("variant", line.variant.parse());
            let quantity = of_line.field("quantity", Quantity::parse(line.quantity));
            let parsed = of_line.done(variant.zip(quantity)).map_err(|invalid| invalid.under(&index.to_string()));
            lines.extend(check.nested("lines", parsed));
        }
        let buyer = match self.buyer {
            None => Some(Party::Guest),
            Some(buyer) => check.nested("buyer", buyer.parse()),
        };
        let country = check.field("country", self.country.as_deref().map(Country::parse).transpose());
        let mut coupons = Vec::with_capacity(self.coupons.len());
        for (index, code) in self.coupons.iter().enumerate().take(LINES_MAX) {
            let parsed = CouponCode::parse(code).map_err(|problem| Invalid::here(problem).under(&index.to_string()));
            coupons.extend(check.nested("coupons", parsed));
        }
        let (channel, delivery, payment) = (self.channel, self.delivery_method, self.payment_method.map(Into::into));
        let region = check.field("region", self.region.map(|region| text::line(&region, REGION_MAX)).transpose());
        let (city, at) = (self.city.unwrap_or_default(), self.at.map(|at| at.0));
        check.done(buyer.zip(country).zip(region).map(|((buyer, country), region)| AskPrice {
            lines,
            channel,
            buyer,
            country,
            region,
            city,
            delivery,
            payment,
            coupons,
            at,
        }))
    }
}

impl PriceQuoteBuyer {
    fn parse(self) -> Result<Party, Invalid> {
        let groups = match self {
            Self::Customer(id) => {
                let customer = input::id(&id).map_err(|problem| Invalid::at("customer", problem));
                return customer.map(Party::Customer);
            }
            Self::Organisation(id) => {
                let company = input::id(&id).map_err(|problem| Invalid::at("organisation", problem));
                return company.map(Party::Organisation);
            }
            Self::OrganisationUnit(id) => {
                let unit = input::id(&id).map_err(|problem| Invalid::at("organisationUnit", problem));
                return unit.map(Party::Unit);
            }
            Self::CustomerGroups(groups) => groups,
        };
        let mut check = Check::default();
        let given = check.field("customerGroups", input::items(groups)).unwrap_or_default();
        let mut groups: Vec<Id<id::CustomerGroup>> = Vec::with_capacity(given.len());
        for (index, group) in given.iter().enumerate() {
            let parsed = input::id(group).map_err(|problem| Invalid::here(problem).under(&index.to_string()));
            groups.extend(check.nested("customerGroups", parsed));
        }
        check.done(Some(Party::Members(groups)))
    }
}

impl Explain for QuoteError {
    fn explain(self) -> Explained {
        match self {
            Self::Rejected(rejected) => Explained::Refused(rejected.into_iter().map(said).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
