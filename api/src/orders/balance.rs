//! What became of an order's money.

use async_graphql::{Context, SimpleObject};
use domain::{
    id::{Id, Order},
    money::Currency,
    orders::balance::{Paid, balance},
    payments::status::Status,
};
use store::Fault;

use super::{failed, found};
use crate::graphql::{
    loader::{self, CancellationsOf, PaymentOf, ReturnStepsOf, ShipmentStepsOf},
    money::Money,
};

/// What became of an order's money. What was agreed stands in `totals` for ever.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct OrderBalance {
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

/// What became of the money of an order.
pub(super) async fn of_order(
    ctx: &Context<'_>,
    order: Id<Order>,
    currency: Currency,
) -> async_graphql::Result<OrderBalance> {
    let payment = found(ctx, loader::one(ctx, PaymentOf(order)).await?, "an order without a payment")?;
    let cancelled = loader::one(ctx, CancellationsOf(order)).await?.unwrap_or_default();
    let steps = loader::one(ctx, ShipmentStepsOf(order)).await?.unwrap_or_default();
    let sent_back = loader::one(ctx, ReturnStepsOf(order)).await?.unwrap_or_default();
    let paid = Paid {
        status: found(ctx, Status::parse(&payment.status), "a payment of an unknown status")?,
        amount_minor: payment.amount_minor,
        reduced_minor: payment.reduced_minor,
        captured_minor: payment.captured_minor,
        refunded_minor: payment.refunded_minor,
    };
    let cancelled = cancelled.iter().map(|row| row.amount_minor);
    let refused = steps.iter().filter_map(|step| step.amount_minor);
    let returned = refused.chain(sent_back.iter().filter_map(|step| step.amount_minor));
    let balance = balance(currency, cancelled, returned, paid);
    let balance = balance.map_err(|error| failed(ctx, &Fault::new(error)))?;
    Ok(OrderBalance {
        cancelled: Money(balance.cancelled),
        returned: Money(balance.returned),
        refunded: Money(balance.refunded),
        paid: Money(balance.paid),
        due: Money(balance.due),
    })
}
