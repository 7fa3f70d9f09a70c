//! What a promotion would change of a cart, or of the last orders of a channel: nothing is written, and nothing is counted.

use std::{
    collections::{BTreeSet, HashMap},
    slice::from_ref,
};

use domain::{
    id::{Account, Cart, CartLine, Id, Order, OrderLine, Promotion, Variant},
    identity::permission::proof::ManagePromotions,
    invalid::Invalid,
    pricing::{
        promotions::{
            self,
            condition::{Buyer, History},
            selector::Item,
            simulate::{Changed, Sums, Trial, sums},
        },
        quote,
    },
    time::Instant,
};
use entity::{cart::cart, channels::channel};
use store::{Fault, Read};
use uuid::Uuid;

use super::{
    ask_taxes_of_any,
    {price::Terms, view::ALIVE},
};
use crate::{
    catalog, channels,
    cx::{Cx, Permit},
    identity,
    orders::{self, Frozen},
    pricing::{
        floors,
        promotions::{Draft, PromotionError, Tried, is_promotion, looks, running_in, tried},
    },
    refusal::Denied,
};

/// What is to be tried, and on what.
#[derive(Clone, Debug)]
pub struct Simulate {
    /// The promotion.
    pub draft: Draft,
    /// The promotion that one that there is not is tried in place of.
    pub replaces: Option<Id<Promotion>>,
    /// On what.
    pub on: On,
    /// At which instant; `None`: carts now, and orders when they were placed.
    pub at: Option<Instant>,
}

/// On what a promotion is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// On a cart.
    Cart(Id<Cart>),
    /// On the last orders of a channel.
    Orders {
        /// Its code; `None`: that of the request.
        channel: Option<String>,
        /// How many.
        last: u32,
    },
}

/// What a promotion would change.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The promotion.
    pub tried: Tried,
    /// Where.
    pub channel: channel::Model,
    /// Of what; of orders the oldest first.
    pub cases: Vec<Case>,
    /// Of all of it.
    pub sums: Sums,
}

/// What a promotion would change of a cart or an order.
#[derive(Clone, Debug)]
pub struct Case {
    /// Of which.
    pub subject: Subject,
    /// At which instant.
    pub at: Instant,
    /// What.
    pub changed: Changed,
}

/// A cart or an order, and its lines in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A cart, and those of its lines that are sold.
    Cart(Id<Cart>, Vec<Id<CartLine>>),
    /// An order, and the lines with which it was placed.
    Order(Id<Order>, Vec<Id<OrderLine>>),
}

impl Subject {
    /// The order, if it is one.
    pub const fn order(&self) -> Option<Id<Order>> {
        match self {
            Self::Cart(..) => None,
            Self::Order(order, _) => Some(*order),
        }
    }
}

/// Why nothing is tried.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// There is no such cart that can become an order.
    #[error("there is no such cart")]
    NoCart,
    /// There is no such promotion to be tried in place of.
    #[error("there is no such promotion to replace")]
    NothingReplaced,
    /// There is no such channel.
    #[error("there is no such channel")]
    NoChannel,
    /// The promotion is for other channels or in another currency.
    #[error("the promotion is not for the channel")]
    NotHere {
        /// Whether it is the channel of a cart.
        is_of_cart: bool,
    },
    /// The promotion is none that could be made.
    #[error(transparent)]
    Promotion(#[from] PromotionError),
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

/// What a promotion that is not saved is called: after all that are, as it would be when it was made now.
const UNSAVED: Id<Promotion> = Id::new(Uuid::max());

/// What a promotion would change of a cart or of orders: a constant number of statements.
///
/// A cart is priced as it is priced, without the promotion and with it. Of orders it is held equal what is frozen with them:
/// lines, quantities, what a piece cost by the lists, delivery, the fee, tax, coupons, the company, the country and the way to
/// pay. Groups, categories, collections, attributes and the rules of all promotions are those of now. Of the promotions that
/// ran at its instant an order has those that were not used up for it then. In place of another means: with that one before,
/// and with this one instead after.
pub async fn simulate(cx: &Cx, _may: Permit<ManagePromotions>, ask: Simulate) -> Result<Simulated, SimulateError> {
    let Simulate { draft, replaces, on, at } = ask;
    if let (On::Cart(cart), None) = (&on, at) {
        let found = cx.read().find::<cart::Entity>().by(*cart).one().await?;
        if let Some(cart) = found {
            ask_taxes_of_any(cx, &cart).await?;
        }
    }
    let read = cx.read();
    if let Some(replaced) = replaces
        && !is_promotion(&read, replaced).await?
    {
        return Err(SimulateError::NothingReplaced);
    }
    // In the place of another it has its turn, its coupons, and what is remembered of it.
    let tried = tried(&read, draft, replaces.unwrap_or(UNSAVED)).await?;
    let trying = (&tried, replaces.is_some());
    let (channel, cases) = match on {
        On::Cart(cart) => {
            let (channel, case) = of_cart(&read, trying, cart, at.unwrap_or(cx.now())).await?;
            (channel, vec![case])
        }
        On::Orders { channel, last } => {
            let channel = match channel {
                Some(code) => channels::by_code(&read, &code).await?.ok_or(SimulateError::NoChannel)?,
                None => cx.channel()?.as_ref().clone(),
            };
            if !tried.goes_in(&channel) {
                return Err(SimulateError::NotHere { is_of_cart: false });
            }
            let cases = of_orders(&read, trying, (&channel, last), at).await?;
            (channel, cases)
        }
    };
    let changes: Vec<_> = cases.iter().map(|case| case.changed.clone()).collect();
    let sums = sums(&changes, channels::currency(&channel)?).map_err(Fault::new)?;
    Ok(Simulated { tried, channel, cases, sums })
}

/// What is tried, and whether it is in place of one that there is, which has the same id.
type Trying<'t> = (&'t Tried, bool);

async fn of_cart(
    read: &Read,
    (tried, is_instead): Trying<'_>,
    cart: Id<Cart>,
    at: Instant,
) -> Result<(channel::Model, Case), SimulateError> {
    let cart = read.find::<cart::Entity>().by(cart).one().await?;
    let cart = cart.filter(|cart| ALIVE.contains(&cart.state.as_str())).ok_or(SimulateError::NoCart)?;
    let channel = channels::by_id(read, cart.channel_id).await?.ok_or_else(|| Fault::new("a cart of no channel"))?;
    if !tried.goes_in(&channel) {
        return Err(SimulateError::NotHere { is_of_cart: true });
    }
    let terms = Terms::load_trying(read, &channel, (from_ref(&cart), Some(&tried.promotion)), at).await?;
    let before = if is_instead {
        Terms::load(read, &channel, from_ref(&cart), at).await?.price(cart.clone())?
    } else {
        terms.price(cart.clone())?
    };
    let id = cart.id;
    let trial = Trial::new(tried.promotion.clone());
    let after = terms.price_with(cart, Some(trial.whole()))?;
    let changed = Changed::between(&before.quote, &after.quote, tried.promotion.id).map_err(Fault::new)?;
    let lines = after.lines.iter().map(|line| line.row.id).collect();
    Ok((channel, Case { subject: Subject::Cart(id, lines), at, changed }))
}

async fn of_orders(
    read: &Read,
    (tried, is_instead): Trying<'_>,
    (channel, last): (&channel::Model, u32),
    at: Option<Instant>,
) -> Result<Vec<Case>, Fault> {
    let orders = orders::last_of(read, channel, last.into()).await?;
    let (Some(first), Some(latest)) = (orders.first(), orders.last()) else { return Ok(Vec::new()) };
    let span = at.map_or((first.order.placed_at, latest.order.placed_at), |at| (at, at));
    let named: BTreeSet<_> = orders.iter().flat_map(Frozen::coupons).map(|coupon| coupon.promotion).collect();
    let all = running_in(read, channel, span, &named.into_iter().collect::<Vec<_>>()).await?;
    let others: Vec<_> = all.iter().filter(|one| one.id != tried.promotion.id).cloned().collect();
    let without = if is_instead { &all } else { &others };
    let cap = channels::discount_cap(channel)?;
    let items = items(read, &orders, all.iter().chain([&tried.promotion])).await?;
    let variants: BTreeSet<_> = orders.iter().flat_map(|order| &order.lines).map(|line| line.variant_id).collect();
    let variants: Vec<_> = variants.into_iter().collect();
    let floors = floors(read, channels::currency(channel)?, &variants).await?;
    let mut buyers = Buyers::load(read, &orders, all.iter().chain([&tried.promotion])).await?;

    let mut trial = Trial::new(tried.promotion.clone());
    let mut cases = Vec::with_capacity(orders.len());
    for frozen in &orders {
        let at = at.unwrap_or(frozen.order.placed_at);
        let buyer = buyers.next(frozen)?;
        let facts = |promotions: &[_]| frozen.facts((&items, &floors), (promotions, cap), (buyer.clone(), at));
        let before = quote::quote(&facts(without)?).map_err(Fault::new)?;
        let mut facts = facts(&others)?;
        facts.promotions.push(trial.of(&buyer));
        let after = quote::quote(&facts).map_err(Fault::new)?;
        let changed = Changed::between(&before, &after, tried.promotion.id).map_err(Fault::new)?;
        if let Ok(applied) = &changed.own {
            trial.used(&buyer, applied.amount);
        }
        let lines = frozen.lines.iter().map(|line| line.id).collect();
        cases.push(Case { subject: Subject::Order(frozen.order.id, lines), at, changed });
        // Others are served in between.
        tokio::task::yield_now().await;
    }
    Ok(cases)
}

/// What was bought, as promotions look at it now.
async fn items<'p>(
    read: &Read,
    orders: &[Frozen],
    promotions: impl Iterator<Item = &'p promotions::Promotion> + Clone,
) -> Result<HashMap<Id<Variant>, Item>, Fault> {
    let variants: BTreeSet<_> = orders.iter().flat_map(|order| &order.lines).map(|line| line.variant_id).collect();
    let variants = catalog::load::any_variants(read, &variants.into_iter().collect::<Vec<_>>()).await?;
    let products: BTreeSet<_> = variants.values().map(|variant| variant.product_id).collect();
    let products: Vec<_> = products.into_iter().collect();
    let described = catalog::described(read, &products, looks(promotions)).await?;
    let item = |variant: &entity::catalog::variant::Model| {
        (variant.id, described.get(&variant.product_id).cloned().unwrap_or_default().item(variant))
    };
    Ok(variants.values().map(item).collect())
}

/// Who placed orders, one after the other.
struct Buyers {
    groups: HashMap<Id<Account>, Vec<Id<domain::id::CustomerGroup>>>,
    histories: HashMap<Id<Account>, History>,
}

impl Buyers {
    async fn load<'p>(
        read: &Read,
        orders: &[Frozen],
        mut promotions: impl Iterator<Item = &'p promotions::Promotion>,
    ) -> Result<Self, Fault> {
        let customers: BTreeSet<_> = orders.iter().filter_map(Frozen::customer).collect();
        let customers: Vec<_> = customers.into_iter().collect();
        let (Some(first), false) = (orders.first(), customers.is_empty()) else {
            return Ok(Self { groups: HashMap::new(), histories: HashMap::new() });
        };
        let groups = identity::groups::groups_of(read, &customers).await?;
        let histories = if promotions.any(|one| one.rule.condition.asks_history()) {
            orders::histories_before(read, &first.order.currency, &customers, first.order.placed_at).await?
        } else {
            HashMap::new()
        };
        Ok(Self { groups, histories })
    }

    /// Who placed the next order: of what they ordered before, the orders that came here before are part.
    fn next(&mut self, frozen: &Frozen) -> Result<Buyer, Fault> {
        let customer = frozen.customer();
        let groups = customer.and_then(|customer| self.groups.get(&customer)).cloned().unwrap_or_default();
        let mut history = History::default();
        if let Some(customer) = customer {
            let there = self.histories.entry(customer).or_default();
            history = *there;
            there.orders = there.orders.saturating_add(1);
            there.spent = there.spent.saturating_add(frozen.order.total_minor);
        }
        let (organisation, country, payment) = (frozen.organisation(), frozen.country()?, frozen.payment());
        Ok(Buyer { customer, groups, organisation, history, country, payment })
    }
}
