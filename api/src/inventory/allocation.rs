//! Units of a place that are one channel's.

use app::{
    cx::Cx,
    inventory::{self, AllocationLine, SetAllocations},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageStock},
    invalid::{Check, Invalid},
    inventory::units,
};

use super::{
    input::{Skipping, StockOnFailure, done, level, lines},
    mutation::{StockChangePayload, change},
};
use crate::graphql::{
    directive::{emits, requires},
    error, input,
    language::Reading,
};

/// Units of a stock level that are one channel's.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockAllocation {
    /// The channel's code.
    pub channel: String,
    /// Units that other channels leave, those among them that are promised in this one.
    pub quantity: i64,
    /// Units of the level that are promised in this channel, be it more than `quantity`.
    pub promised: i64,
}

/// Units to make one channel's.
#[derive(InputObject, Clone, Debug)]
pub struct StockAllocationsSetInput {
    /// Which: each level once for each channel, 500 at most.
    pub lines: Vec<StockAllocationsLineInput>,
    /// Any text of yours: the same key with the same input sets once.
    pub idempotency_key: String,
}

/// Units of a stock level to make one channel's.
#[derive(InputObject, Clone, Debug)]
pub struct StockAllocationsLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// The channel's code.
    pub channel: String,
    /// Units that other channels leave, those among them that are promised in this one; 1,000,000 at most, 0: none.
    pub quantity: i64,
}

impl StockAllocationsSetInput {
    /// Checks every field.
    fn parse(self) -> Result<Skipping<SetAllocations>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockAllocationsSet", Some(&self.idempotency_key), &self);
        let read = |check: &mut Check, line, of: StockAllocationsLineInput| {
            let level = level(check, &of.variant, &of.location);
            let quantity = check.field("quantity", units::any(of.quantity));
            let ((variant, location), quantity) = level.zip(quantity)?;
            let key = (variant, location, of.channel.clone());
            Some((key, AllocationLine { line, variant, location, channel: of.channel, quantity }))
        };
        let lines = lines(&mut check, self.lines, StockOnFailure::RejectAll, read);
        done(check, lines, once, |lines, once| SetAllocations { lines, once: Some(once) })
    }
}

/// The mutation that makes units one channel's.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllocationMutation;

/// Whose units are whose.
#[Object]
impl AllocationMutation {
    /// Makes units of stock levels one channel's: as long as it did not promise them, other channels leave them. It is a
    /// standing reserve: what of it is sold and leaves is taken from what else is there. What is promised already stays
    /// promised. All of it or nothing. Refuses with `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.allocation_set".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_allocations_set(
        &self,
        ctx: &Context<'_>,
        input: StockAllocationsSetInput,
    ) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "quantity", input.parse(), async |input| inventory::set_allocations(cx, may, input).await).await
    }
}
