//! The inputs of promises beyond the shelf, and of what suppliers are to deliver.

use app::inventory::{CancelSupply, CreateSupply, ReceiveSupply, SellingLine, SetPromise, SetSelling, UpdateSupply};
use async_graphql::{ID, InputObject};
use domain::{
    invalid::{Check, Invalid, Problem},
    inventory::{
        supply::PROMISE_DAYS_MAX,
        units::{self, UNITS_MAX},
    },
    text,
};

use super::{
    input::{REFERENCE_MAX, StockOnFailure, lines},
    supply::SellingPolicy,
};
use crate::graphql::{input, scalar::Date};

/// Variants to sell beyond their stock, or not any more.
#[derive(InputObject, Clone, Debug)]
pub struct VariantSellingSetInput {
    /// How: each variant once, 500 at most.
    pub lines: Vec<VariantSellingLineInput>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets once.
    pub idempotency_key: String,
}

/// How a variant is to be sold beyond its stock.
#[derive(InputObject, Clone, Debug)]
pub struct VariantSellingLineInput {
    /// The variant.
    pub variant: ID,
    /// Whether it is.
    pub policy: SellingPolicy,
    /// Units that orders may wait for at once, in all channels together; 1,000,000 at most. Goes for nothing with
    /// `DENY`.
    pub limit: i64,
    /// The day that buyers are told. If left out, the day of the supply that will be theirs, if there is one.
    pub expected_at: Option<Date>,
}

/// How far ahead a channel is to promise.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelPromiseSetInput {
    /// The channel's code.
    pub channel: String,
    /// What suppliers are to deliver in so many days can be promised today; 365 at most, 0: only what is there.
    pub promise_days: i64,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// Goods that a supplier is to deliver.
#[derive(InputObject, Clone, Debug)]
pub struct InboundSupplyCreateInput {
    /// Of what.
    pub variant: ID,
    /// Where to.
    pub location: ID,
    /// Units, above zero; 1,000,000 at most.
    pub quantity: i64,
    /// The day on which they are to come.
    pub expected_at: Date,
    /// The supplier's paper, such as the number of a purchase order; at most 200 characters.
    pub reference: Option<String>,
    /// Any text of yours: the same key with the same input writes it down once.
    pub idempotency_key: String,
}

/// What changes of a supply. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct InboundSupplyUpdateInput {
    /// The supply.
    pub supply: ID,
    /// Units in all, those that came among them: more than came; 1,000,000 at most.
    pub quantity: Option<i64>,
    /// The day on which they are to come.
    pub expected_at: Option<Date>,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: String,
}

/// Goods of a supply that came.
#[derive(InputObject, Clone, Debug)]
pub struct InboundSupplyReceiveInput {
    /// The supply.
    pub supply: ID,
    /// Units that came, also more than were announced; 1,000,000 at most. 0 only with `close`.
    pub quantity: i64,
    /// Whether nothing more will come, although less came than was announced.
    #[graphql(default)]
    pub close: bool,
    /// Any text of yours: the same key with the same input receives once.
    pub idempotency_key: String,
}

/// A supply that will not come.
#[derive(InputObject, Clone, Debug)]
pub struct InboundSupplyCancelInput {
    /// The supply.
    pub supply: ID,
    /// Any text of yours: the same key with the same input cancels once.
    pub idempotency_key: String,
}

impl VariantSellingSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetSelling, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "variantSellingSet", Some(&self.idempotency_key), &self);
        let read = |check: &mut Check, line, of: VariantSellingLineInput| {
            let variant = check.field("variant", input::id(&of.variant));
            let limit = check.field("limit", units::any(of.limit));
            let (variant, limit) = variant.zip(limit)?;
            let (policy, expected_on) = (of.policy.into(), of.expected_at.map(|date| date.0));
            Some((variant, SellingLine { line, variant, policy, limit, expected_on }))
        };
        let is_dry_run = self.dry_run;
        let lines = lines(&mut check, self.lines, StockOnFailure::RejectAll, read);
        let built = lines.zip(once).map(|((lines, _), once)| SetSelling { lines, is_dry_run, once: Some(once) });
        check.done(built)
    }
}

impl ChannelPromiseSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetPromise, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelPromiseSet", self.idempotency_key.as_deref(), &self);
        let days = check.field("promiseDays", days(self.promise_days));
        let is_dry_run = self.dry_run;
        let channel = self.channel;
        check.done(days.map(|promise_days| SetPromise { channel, promise_days, is_dry_run, once }))
    }
}

fn days(n: i64) -> Result<i64, Problem> {
    if n < 0 {
        return Err(Problem::QuantityNegative);
    }
    if n <= PROMISE_DAYS_MAX {
        return Ok(n);
    }
    Err(Problem::QuantityTooLarge { max: u32::try_from(PROMISE_DAYS_MAX).unwrap_or(UNITS_MAX) })
}

impl InboundSupplyCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateSupply, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "inboundSupplyCreate", Some(&self.idempotency_key), &self);
        let variant = check.field("variant", input::id(&self.variant));
        let location = check.field("location", input::id(&self.location));
        let quantity = check.field("quantity", units::some(self.quantity));
        let paper = self.reference.as_deref().map(|text| text::line(text, REFERENCE_MAX)).transpose();
        let paper = check.field("reference", paper);
        let expected_on = self.expected_at.0;
        let built = variant.zip(location).zip(quantity.zip(paper)).zip(once);
        check.done(built.map(|(((variant, location), (quantity, reference)), once)| CreateSupply {
            variant,
            location,
            quantity,
            expected_on,
            reference,
            once: Some(once),
        }))
    }
}

impl InboundSupplyUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateSupply, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "inboundSupplyUpdate", Some(&self.idempotency_key), &self);
        let supply = check.field("supply", input::id(&self.supply));
        let quantity = check.field("quantity", self.quantity.map(units::some).transpose());
        let expected_on = self.expected_at.map(|date| date.0);
        let built = supply.zip(quantity).zip(once);
        check.done(built.map(|((supply, quantity), once)| UpdateSupply {
            supply,
            quantity,
            expected_on,
            once: Some(once),
        }))
    }
}

impl InboundSupplyReceiveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ReceiveSupply, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "inboundSupplyReceive", Some(&self.idempotency_key), &self);
        let supply = check.field("supply", input::id(&self.supply));
        let close = self.close;
        let quantity = if close { units::any(self.quantity) } else { units::some(self.quantity) };
        let quantity = check.field("quantity", quantity);
        let built = supply.zip(quantity).zip(once);
        check.done(built.map(|((supply, quantity), once)| ReceiveSupply { supply, quantity, close, once: Some(once) }))
    }
}

impl InboundSupplyCancelInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CancelSupply, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "inboundSupplyCancel", Some(&self.idempotency_key), &self);
        let supply = check.field("supply", input::id(&self.supply));
        check.done(supply.zip(once).map(|(supply, once)| CancelSupply { supply, once: Some(once) }))
    }
}
