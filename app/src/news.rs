//! What changed, and who wants to hear of it.

use std::{collections::BTreeSet, sync::Arc};

use domain::id::{Account, Cart, Id, Kind, Order, Ticket, Variant};
use store::{Fault, Recorded, Scope};
use tokio::sync::OnceCell;

use crate::{
    cx::{App, Cx},
    orders,
};

/// Something that changed in a tenant.
#[derive(Debug)]
pub struct News {
    /// Whose it is.
    pub scope: Scope,
    /// What changed.
    pub what: What,
    owner: OnceCell<Option<Id<Account>>>,
    variants: OnceCell<Vec<Id<Variant>>>,
}

/// What changed.
#[derive(Clone, Debug)]
pub enum What {
    /// What an event of the feed tells.
    Happened(Recorded),
    /// A cart.
    Cart(Id<Cart>),
    /// A ticket, which was decided.
    Ticket(Id<Ticket>),
}

/// What somebody wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Every order of the shop.
    Orders,
    /// The orders of a customer.
    OrdersOf(Id<Account>),
    /// One order.
    Order(Id<Order>),
    /// The stock of these variants; of every one if none are named.
    Stock(Option<BTreeSet<Id<Variant>>>),
    /// One cart.
    Cart(Id<Cart>),
    /// One ticket.
    Ticket(Id<Ticket>),
}

/// Events of orders with which units are promised, given back, leave or return; their lines say of which variants.
const MOVE_STOCK: [&str; 8] = [
    "order.placed",
    "order.cancelled",
    "order.expired",
    "order.allocated",
    "order.shipped",
    "order.shipped_in_part",
    "order.refused",
    "order.shipment_returned",
];

impl News {
    /// What changed in a tenant.
    pub fn new(scope: Scope, what: What) -> Self {
        Self { scope, what, owner: OnceCell::new(), variants: OnceCell::new() }
    }

    /// The event, if one tells it.
    pub fn event(&self) -> Option<&Recorded> {
        match &self.what {
            What::Happened(event) => Some(event),
            What::Cart(_) | What::Ticket(_) => None,
        }
    }

    /// The order that it is about.
    pub fn order(&self) -> Option<Id<Order>> {
        let event = self.event()?;
        (event.aggregate_kind == Order::PREFIX).then(|| Id::new(event.aggregate_id))
    }

    /// The variants whose stock it changed. What is not in the event is looked up once, whoever asks.
    pub async fn variants(&self, app: &Arc<App>) -> Result<&[Id<Variant>], Fault> {
        let found = self.variants.get_or_try_init(async || {
            let Some(event) = self.event() else { return Ok(Vec::new()) };
            match self.order() {
                Some(order) if MOVE_STOCK.contains(&event.name.as_str()) => {
                    let cx = Cx::of_system(Arc::clone(app), self.scope, event.id.to_string());
                    let lines = orders::load::lines(&cx, &[order]).await?.remove(&order).unwrap_or_default();
                    let variants: BTreeSet<_> = lines.iter().map(|line| line.variant_id).collect();
                    Ok(variants.into_iter().collect())
                }
                Some(_) => Ok(Vec::new()),
                None => {
                    let payload: serde_json::Value = serde_json::from_str(&event.payload).map_err(Fault::new)?;
                    let variant = payload.get("variant").and_then(|id| id.as_str()?.parse().ok());
                    Ok(variant.into_iter().collect())
                }
            }
        });
        found.await.map(Vec::as_slice)
    }

    /// The customer whose order it is about. Looked up once, whoever asks.
    async fn owner(&self, app: &Arc<App>) -> Result<Option<Id<Account>>, Fault> {
        let found = self.owner.get_or_try_init(async || {
            let Some(order) = self.order() else { return Ok(None) };
            let cx = Cx::of_system(Arc::clone(app), self.scope, order.to_string());
            Ok(orders::load::orders(&cx, &[order]).await?.remove(&order).and_then(|order| order.customer_id))
        });
        found.await.copied()
    }
}

impl Interest {
    /// Whether it is an interest in what events of the feed tell.
    pub(crate) const fn is_in_feed(&self) -> bool {
        match self {
            Self::Orders | Self::OrdersOf(_) | Self::Order(_) | Self::Stock(_) => true,
            Self::Cart(_) | Self::Ticket(_) => false,
        }
    }

    /// Whether the news are of interest.
    pub async fn wants(&self, app: &Arc<App>, news: &News) -> Result<bool, Fault> {
        match (self, &news.what) {
            (Self::Orders, What::Happened(_)) => Ok(news.order().is_some()),
            (Self::Order(order), What::Happened(_)) => Ok(news.order() == Some(*order)),
            (Self::OrdersOf(customer), What::Happened(_)) => {
                Ok(news.order().is_some() && news.owner(app).await? == Some(*customer))
            }
            (Self::Stock(wanted), What::Happened(_)) => {
                let variants = news.variants(app).await?;
                Ok(match wanted {
                    Some(wanted) => variants.iter().any(|variant| wanted.contains(variant)),
                    None => !variants.is_empty(),
                })
            }
            (Self::Cart(wanted), What::Cart(cart)) => Ok(wanted == cart),
            (Self::Ticket(wanted), What::Ticket(ticket)) => Ok(wanted == ticket),
            (_, What::Happened(_) | What::Cart(_) | What::Ticket(_)) => Ok(false),
        }
    }
}
