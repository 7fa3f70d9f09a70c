//! What became of an order's money.

use async_graphql::{ComplexObject, Context, SimpleObject};
use domain::{
    id::{Id, Order},
    money::{self, Currency},
    orders::balance::{Paid, balance},
    payments::status::Status,
};
use entity::payments::payment;
use store::Fault;

use super::{failed, found};
use crate::graphql::{
    loader::{self, CancellationsOf, EditsOf, PaymentsOf, ReturnStepsOf, ShipmentStepsOf},
    money::Money,
};

/// What became of an order's money. What was agreed stands in `totals` for ever.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(complex)]
pub struct OrderBalance {
    #[graphql(skip)]
    order: (Id<Order>, Currency),
    /// What was cancelled before it left.
    pub cancelled: Money,
    /// What the customer did not take, or sent back.
    pub returned: Money,
    /// What went back, or is on its way back.
    pub refunded: Money,
    /// What the shop got.
    pub paid: Money,
    /// What is still to be paid, whether the gateway holds it for the shop or not.
    pub due: Money,
}

/// What became of an order's money. What was agreed stands in `totals` for ever.
#[ComplexObject]
impl OrderBalance {
    /// What came in with edits after it was placed, at its price then.
    async fn added(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        let (order, currency) = self.order;
        let edits = loader::one(ctx, EditsOf(order)).await?.unwrap_or_default();
        let added = edits.iter().map(|row| money::Money::new(row.added_minor, currency));
        let sum = money::Money::sum(currency, added);
        sum.map(Money).map_err(|error| failed(ctx, &Fault::new(error)))
    }
}

/// What became of the money of an order.
pub(super) async fn of_order(
    ctx: &Context<'_>,
    order: Id<Order>,
    currency: Currency,
) -> async_graphql::Result<OrderBalance> {
    let payments = loader::one(ctx, PaymentsOf(order)).await?.unwrap_or_default();
    let cancelled = loader::one(ctx, CancellationsOf(order)).await?.unwrap_or_default();
    let steps = loader::one(ctx, ShipmentStepsOf(order)).await?.unwrap_or_default();
    let sent_back = loader::one(ctx, ReturnStepsOf(order)).await?.unwrap_or_default();
    let paid = |payment: &payment::Model| {
        Ok(Paid {
            status: found(ctx, Status::parse(&payment.status), "a payment of an unknown status")?,
            amount_minor: payment.amount_minor,
            reduced_minor: payment.reduced_minor,
            captured_minor: payment.captured_minor,
            refunded_minor: payment.refunded_minor,
        })
    };
    let paid = payments.iter().map(paid).collect::<async_graphql::Result<Vec<_>>>()?;
    let cancelled = cancelled.iter().map(|row| row.amount_minor);
    let refused = steps.iter().filter_map(|step| step.amount_minor);
    let returned = refused.chain(sent_back.iter().filter_map(|step| step.amount_minor));
    let balance = balance(currency, cancelled, returned, &paid);
    let balance = balance.map_err(|error| failed(ctx, &Fault::new(error)))?;
    Ok(OrderBalance {
        order: (order, currency),
        cancelled: Money(balance.cancelled),
        returned: Money(balance.returned),
        refunded: Money(balance.refunded),
        paid: Money(balance.paid),
        due: Money(balance.due),
    })
}
