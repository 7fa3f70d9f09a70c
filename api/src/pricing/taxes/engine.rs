//! Tax engines outside.

use app::pricing::taxes::engine::SetEngine;
use async_graphql::{Enum, InputObject, SimpleObject};
use domain::{
    invalid::{Check, Invalid},
    pricing::tax::engine::Fallback,
};
use entity::channels::channel;

use crate::graphql::input;

/// What goes where a channel's tax engine does not say how something is taxed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Fallback")]
pub enum TaxEngineFallback {
    /// The shop's own rules: orders are taken, and taxed by them.
    Rules,
    /// Nothing: carts show what the shop's rules estimate, and no order is taken until the engine answers
    /// (`TAX_UNAVAILABLE`).
    Refuse,
}

/// Who says how what a channel sells is taxed, in the place of the shop's own rules.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxEngine {
    /// Where it is asked.
    pub url: String,
    /// What goes where it does not say.
    pub fallback: TaxEngineFallback,
}

/// The tax engine of a channel; none: the shop's own rules go.
pub fn engine(row: &channel::Model) -> Option<TaxEngine> {
    let fallback = row.tax_fallback.as_deref().and_then(Fallback::parse)?;
    Some(TaxEngine { url: row.tax_engine_url.clone()?, fallback: fallback.into() })
}

/// The tax engine that a channel is to have.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelTaxEngineSetInput {
    /// The channel's code.
    pub channel: String,
    /// Where it is asked, by HTTPS; null: it is not asked any more, and the shop's own rules go.
    pub url: Option<String>,
    /// What goes where it does not say; left out, it stays, and of a new engine it is `RULES`.
    pub fallback: Option<TaxEngineFallback>,
    /// Whether questions are signed with another secret from now on, and with the one before no more.
    #[graphql(default)]
    pub rotate_secret: bool,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

impl ChannelTaxEngineSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetEngine, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelTaxEngineSet", self.idempotency_key.as_deref(), &self);
        let Self { channel, url, fallback, rotate_secret: rotates_secret, dry_run: is_dry_run, .. } = self;
        let fallback = fallback.map(Fallback::from);
        check.done(Some(SetEngine { channel, url, fallback, rotates_secret, is_dry_run, once }))
    }
}
