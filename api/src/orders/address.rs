//! Where orders go that shall go elsewhere than was said when they were placed.

use app::{cx::Cx, orders};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    identity::{
        address,
        permission::{Proves, proof::ManageOrders},
    },
    invalid::{Check, Invalid},
};
use entity::orders::order_address;
use store::Fault;

use super::{
    failed,
    input::which,
    mutation::{OrderPayload, payload},
};
use crate::{
    cart::address::{Address, AddressInput},
    graphql::{
        directive::{emits, requires},
        language::Reading,
        payload::outcome,
        scalar::DateTime,
    },
};

/// That an order goes elsewhere. Never changed or removed.
#[derive(Clone, Debug)]
pub struct OrderAddressChange(pub order_address::Model);

/// That an order goes elsewhere. Never changed or removed.
#[Object]
impl OrderAddressChange {
    /// Where it went from then on.
    async fn address(&self, ctx: &Context<'_>) -> async_graphql::Result<Address> {
        read(ctx, &self.0.address)
    }

    /// Why, in the words of staff.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who said so: an account's id.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// An address as it is stored.
pub(super) fn read(ctx: &Context<'_>, json: &str) -> async_graphql::Result<Address> {
    let address = serde_json::from_str::<address::Address>(json);
    Ok(address.map_err(|error| failed(ctx, &Fault::new(error)))?.into())
}

/// An address for an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderShippingAddressSetInput {
    /// The order.
    pub order: ID,
    /// Where it shall go, in the same country.
    pub address: AddressInput,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: String,
}

impl OrderShippingAddressSetInput {
    /// Checks the order, the address and the key.
    fn parse(self) -> Result<orders::SetAddress, Invalid> {
        let which = which("orderShippingAddressSet", &self.order, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let Self { address, reason, expected_version, .. } = self;
        let address = check.nested("address", address.parse());
        let ((order, once), address) = check.done(which.zip(address))?;
        Ok(orders::SetAddress { order, address, reason, expected_version, once })
    }
}

/// The mutation that sends orders elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct AddressMutation;

/// Where orders go.
#[Object]
impl AddressMutation {
    /// Sends what has not left of an order elsewhere in the same country. What was agreed on stays what it costs, and the
    /// places that it ships from stay, too: `orderReSource` has it ship from nearer ones. A hold (`ADDRESS`) stays until it
    /// is released.
    ///
    /// Refuses with `ORDER_ADDRESS_FIXED` if all of it has left or it ended, `ORDER_ADDRESS_COUNTRY_CHANGED`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.address_changed".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_shipping_address_set(
        &self,
        ctx: &Context<'_>,
        input: OrderShippingAddressSetInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::set_address(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}
