//! What a promotion would change of a cart, or of the last orders of a channel.

use std::collections::HashMap;

use app::{
    cart::{self, Case, On, Simulate, SimulateError, Simulated, Subject},
    pricing::promotions::Draft,
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, SimpleObject};
use domain::{
    id,
    identity::permission::{
        Proves,
        proof::{ManagePromotions, ReadOrders},
    },
    invalid::{Check, Invalid, Problem},
    pricing::{
        named::Promotions,
        promotions::{
            Refused,
            simulate::{Figures, Sums},
        },
    },
};
use store::Fault;

use crate::{
    graphql::{
        code::ErrorCode,
        directive::requires,
        error::{self, UserError},
        explain::{Explain, Explained, Said, refused},
        input,
        language::{self, Reading},
        loader,
        money::Money,
        payload::outcome,
        scalar::DateTime,
        shop::{self, Channel},
    },
    orders::order::Order,
    pricing::promotions::{
        errors::Places,
        explanation::{DiscountStep, names, steps},
        input::PromotionCreateInput,
    },
};

/// The most orders that a promotion is tried on.
const ORDERS_MAX: u32 = 200;

/// A promotion to try, and on what.
#[derive(InputObject, Clone, Debug)]
pub struct PromotionSimulateInput {
    /// The promotion.
    pub promotion: PromotionSimulateWhich,
    /// The promotion in whose place `promotion.draft` is tried, such as the one that is edited: before is then with that one as
    /// it is, and after with the draft instead, in its turn and by its coupons. Left out with `promotion.id`.
    pub replaces: Option<ID>,
    /// On what it is tried.
    pub on: PromotionSimulateOn,
    /// At which instant, past or to come; if left out, carts are priced now and orders at the instant when they were placed.
    pub at: Option<DateTime>,
}

/// Which promotion is tried.
#[derive(OneofObject, Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "an input is parsed once and dropped")]
pub enum PromotionSimulateWhich {
    /// One that there is: running, planned or over, used up or not.
    Id(ID),
    /// One as `promotionCreate` would make it: nothing is made of it. Its `dryRun` and `idempotencyKey` mean nothing here, and
    /// its code may be that of another.
    Draft(PromotionCreateInput),
}

/// On what a promotion is tried.
#[derive(OneofObject, Clone, Debug)]
pub enum PromotionSimulateOn {
    /// On a cart or a draft that can become an order, of whomever.
    Cart(ID),
    /// On the last orders of a channel.
    Orders(PromotionSimulateOrders),
}

/// Some orders that a promotion is tried on.
#[derive(InputObject, Clone, Debug)]
pub struct PromotionSimulateOrders {
    /// The channel's code; if left out, that of the request.
    pub channel: Option<String>,
    /// How many of those that were placed last and not cancelled: 1 to 200.
    #[graphql(default = 100)]
    pub last: i64,
}

/// What a promotion would change, or why it was not tried.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionSimulatePayload {
    /// What it would change; none if something is wrong.
    pub simulation: Option<PromotionSimulation>,
    /// What is wrong.
    pub user_errors: Vec<UserError>,
}

/// What a promotion would change.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionSimulation {
    /// The channel of the cart or the orders.
    pub channel: Channel,
    /// What it would change of each: of orders the oldest first, 200 at most.
    pub cases: Vec<PromotionSimulationCase>,
    /// What it would change of all of them together.
    pub sums: PromotionSimulationSums,
}

/// What a promotion would change of a cart or an order.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionSimulationCase {
    /// The id of the cart or the order.
    pub id: ID,
    /// The order; none of a cart, or if you may not see orders.
    pub order: Option<Order>,
    /// The instant at which it was priced.
    pub at: DateTime,
    /// What it comes to without the promotion.
    pub before: PromotionSimulationFigures,
    /// What it comes to with it.
    pub after: PromotionSimulationFigures,
    /// How much more is taken off with it by all promotions together; below zero, if less is.
    pub difference: Money,
    /// Whether the promotion takes something off.
    pub is_applied: bool,
    /// What the promotion does, or why it does nothing. The id of one that is not saved is nobody's.
    pub step: DiscountStep,
}

/// What a cart, an order or all orders together come to.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionSimulationFigures {
    /// What all promotions take off: of lines, delivery and the fee of the way to pay, and of prices while browsing.
    pub discount: Money,
    /// What is to be paid, with tax.
    pub total: Money,
}

/// What a promotion would change of all that it was tried on.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionSimulationSums {
    /// On how many carts or orders it was tried.
    pub tried: usize,
    /// How many of them would be different, or have something taken off by it.
    pub affected: usize,
    /// What they come to without it: the total is the revenue.
    pub before: PromotionSimulationFigures,
    /// What they come to with it.
    pub after: PromotionSimulationFigures,
    /// The discount that it gives in all: how much more is taken off with it; below zero, if less is.
    pub difference: Money,
    /// The same for each that is affected, rounded half up; none if none is.
    pub average: Option<Money>,
}

/// Queries of what promotions would change.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimulationQuery;

/// What it would change.
#[Object]
impl SimulationQuery {
    /// What a promotion would change of a cart, or of the last orders of a channel: each is priced without it and with it, by
    /// what prices carts. Nothing is made, changed or counted.
    ///
    /// The promotion is tried as if it ran at the instant whenever it runs, and as if whoever buys had a coupon if it needs one;
    /// the hours in its condition count. Of its limits nothing was used before: the orders use them up one after the other,
    /// the oldest first. Without it means as if there was no such promotion, also if it runs.
    ///
    /// A cart is priced like any cart, with its coupons. Of an order is held equal what was kept with it: the lines with which
    /// it was placed, their quantities and prices by the lists, how they are taxed, delivery and fee before discounts, coupons, the
    /// company, the country, and the way to pay. As they are now are: the rules of all promotions, what the channel lets them
    /// take off, the groups of the customer, and the categories, collections and attributes of what was bought. Of other
    /// promotions those are offered that run at the instant of the order; what was used up for it then stays so, and their other
    /// limits are not looked at. What the customer ordered before is what was placed before the first of these orders, and
    /// those of them before this one; nothing of it was cancelled. So the figures without the promotion need not be those of the order.
    ///
    /// Refuses as `promotionCreate` does, below `promotion.draft`, with `QUANTITY_NOT_POSITIVE` or `NUMBER_TOO_LARGE` of
    /// orders, with `NOT_ALLOWED_HERE` if the promotion is for other channels or in another currency, or if one that there is
    /// is tried in place of another, or with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn promotion_simulate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promotion, and on what it is tried.")] input: PromotionSimulateInput,
    ) -> async_graphql::Result<PromotionSimulatePayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async {
            let draft =
                if let PromotionSimulateWhich::Draft(draft) = &input.promotion { Some(&draft.rule) } else { None };
            let places = Places::of(draft);
            let simulated = Box::pin(cart::simulate(cx, cx.permit()?, input.parse()?)).await;
            simulated.map_err(|refused| {
                if let SimulateError::Promotion(refused) = refused {
                    SimulateError::Promotion(places.locate(refused))
                } else {
                    refused
                }
            })
        });
        Ok(match done.await? {
            Err(user_errors) => PromotionSimulatePayload { simulation: None, user_errors },
            Ok(simulated) => {
                PromotionSimulatePayload { simulation: Some(show(ctx, simulated).await?), user_errors: Vec::new() }
            }
        })
    }
}

/// What it would change, as the reader sees it: the names of all promotions and all orders are read at once.
async fn show(ctx: &Context<'_>, simulated: Simulated) -> async_graphql::Result<PromotionSimulation> {
    let Simulated { tried, channel, cases, sums } = simulated;
    let own = tried.promotion.id;
    let winners = cases.iter().filter_map(|case| case.changed.own.as_ref().err()?.winner());
    let mut called = names(ctx, winners.collect(), &Promotions::new()).await?;
    called.insert(own, language::text(ctx, tried.name_ar.as_deref(), tried.name_en.as_deref(), None)?);
    let orders: Vec<_> = cases.iter().filter_map(|case| case.subject.order()).collect();
    let sees = ctx.cx().permit::<ReadOrders>().is_ok();
    let mut orders = if sees { loader::many(ctx, orders).await? } else { HashMap::new() };
    let mut shown = Vec::with_capacity(cases.len());
    for Case { subject, at, changed } in cases {
        let currency = changed.after.total.currency;
        let (id, lines) = match &subject {
            Subject::Cart(cart, lines) => (cart.to_string(), lines.iter().map(|line| ID(line.to_string())).collect()),
            Subject::Order(order, lines) => {
                (order.to_string(), lines.iter().map(|line| ID(line.to_string())).collect::<Vec<_>>())
            }
        };
        let difference = Money(changed.difference().map_err(Fault::new).map_err(|fault| failed(ctx, &fault))?);
        let (applied, refused) = match changed.own {
            Ok(applied) => (vec![applied], Vec::new()),
            Err(why) => (Vec::new(), vec![Refused { promotion: own, coupon: None, why }]),
        };
        let is_applied = !applied.is_empty();
        let step = steps(ctx, &called, (&applied, &refused), (currency, &lines)).pop();
        shown.push(PromotionSimulationCase {
            id: ID(id),
            order: subject.order().and_then(|order| orders.remove(&order)).map(Order),
            at: DateTime(at),
            before: changed.before.into(),
            after: changed.after.into(),
            difference,
            is_applied,
            step: step.ok_or_else(|| failed(ctx, &Fault::new("a promotion that did nothing and was not refused")))?,
        });
    }
    Ok(PromotionSimulation { channel: shop::show(ctx, &channel)?, cases: shown, sums: sums.into() })
}

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}

impl From<Figures> for PromotionSimulationFigures {
    fn from(of: Figures) -> Self {
        Self { discount: Money(of.discount), total: Money(of.total) }
    }
}

impl From<Sums> for PromotionSimulationSums {
    fn from(of: Sums) -> Self {
        Self {
            tried: of.tried,
            affected: of.affected,
            before: of.before.into(),
            after: of.after.into(),
            difference: Money(of.difference),
            average: of.average.map(Money),
        }
    }
}

impl PromotionSimulateInput {
    fn parse(self) -> Result<Simulate, Invalid> {
        let mut check = Check::default();
        let replaces = match (&self.replaces, &self.promotion) {
            (Some(_), PromotionSimulateWhich::Id(_)) => Err(Problem::NotAllowedHere),
            (Some(id), PromotionSimulateWhich::Draft(_)) => input::id(id).map(Some),
            (None, _) => Ok(None),
        };
        let replaces = check.field("replaces", replaces);
        let draft = check.nested("promotion", self.promotion.parse());
        let on = check.nested("on", self.on.parse());
        let at = self.at.map(|at| at.0);
        let built = draft.zip(on).zip(replaces);
        check.done(built.map(|((draft, on), replaces)| Simulate { draft, replaces, on, at }))
    }
}

impl PromotionSimulateWhich {
    fn parse(self) -> Result<Draft, Invalid> {
        let mut check = Check::default();
        let draft = match self {
            Self::Id(id) => check.field("id", input::id::<id::Promotion>(&id)).map(Draft::Saved),
            Self::Draft(draft) => check.nested("draft", draft.parse()).map(|draft| Draft::New(Box::new(draft))),
        };
        check.done(draft)
    }
}

impl PromotionSimulateOn {
    fn parse(self) -> Result<On, Invalid> {
        let mut check = Check::default();
        let on = match self {
            Self::Cart(id) => check.field("cart", input::id(&id)).map(On::Cart),
            Self::Orders(PromotionSimulateOrders { channel, last }) => {
                let mut inside = Check::default();
                let last = match u32::try_from(last) {
                    Ok(last) if (1..=ORDERS_MAX).contains(&last) => Ok(last),
                    Ok(0) | Err(_) if last <= 0 => Err(Problem::QuantityNotPositive),
                    Ok(_) | Err(_) => Err(Problem::NumberTooLarge { max: ORDERS_MAX }),
                };
                let last = inside.field("last", last);
                check.nested("orders", inside.done(last.map(|last| On::Orders { channel, last })))
            }
        };
        check.done(on)
    }
}

impl Explain for SimulateError {
    fn explain(self) -> Explained {
        match self {
            Self::NoCart => refused(Said::code(ErrorCode::NotFound).at("on").at("cart")),
            Self::NothingReplaced => refused(Said::code(ErrorCode::NotFound).at("replaces")),
            Self::NoChannel => refused(Said::code(ErrorCode::NotFound).at("on").at("orders").at("channel")),
            Self::NotHere { is_of_cart: true } => refused(Said::code(ErrorCode::NotAllowedHere).at("on").at("cart")),
            Self::NotHere { is_of_cart: false } => {
                refused(Said::code(ErrorCode::NotAllowedHere).at("on").at("orders").at("channel"))
            }
            Self::Promotion(error) => inside(error.explain()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// What is wrong with the promotion, where it stands in the input.
fn inside(explained: Explained) -> Explained {
    let under = |said: Said| {
        // One that there is not is named by its id.
        let place: &[&str] = if said.path == ["promotion"] { &["promotion", "id"] } else { &["promotion", "draft"] };
        let rest = if said.path == ["promotion"] { Vec::new() } else { said.path.clone() };
        said.path(place.iter().map(|part| (*part).to_owned()).chain(rest).collect())
    };
    match explained {
        Explained::Refused(said) => Explained::Refused(said.into_iter().map(under).collect()),
        Explained::Denied(_) | Explained::Fault(_) => explained,
    }
}
