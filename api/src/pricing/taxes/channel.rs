//! How a channel is to be taxed.

use app::pricing::taxes::SetChannelTaxes;
use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::invalid::{Check, Invalid};

use crate::graphql::input;

/// How a channel is to be taxed. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelTaxesSetInput {
    /// The channel's code.
    pub channel: String,
    /// Whether its prices include tax. Its price lists, its delivery and its promotions stay the numbers that they are.
    pub prices_include_tax: Option<bool>,
    /// The class of its delivery and of its fees; null: the standard one.
    pub service_tax_class: MaybeUndefined<ID>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

impl ChannelTaxesSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetChannelTaxes, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelTaxesSet", self.idempotency_key.as_deref(), &self);
        let class = match &self.service_tax_class {
            MaybeUndefined::Undefined => Ok(None),
            MaybeUndefined::Null => Ok(Some(None)),
            MaybeUndefined::Value(id) => input::id(id).map(|id| Some(Some(id))),
        };
        let class = check.field("serviceTaxClass", class);
        let (channel, prices_include_tax, is_dry_run) = (self.channel, self.prices_include_tax, self.dry_run);
        check.done(class.map(|service_class| SetChannelTaxes {
            channel,
            prices_include_tax,
            service_class,
            is_dry_run,
            once,
        }))
    }
}
