//! The secrets that sign questions to tax engines. None is stored: each is derived from the server's own and a salt that is.

use domain::identity::permission::proof::ManageTaxes;
use entity::channels::channel;
use integrations::standard_webhooks::Key;

use crate::cx::{Cx, Permit};

/// The key of a channel's engine; `None` if it has none. Other keys that are derived from the server's secret sign something
/// else.
pub(super) fn key(cx: &Cx, channel: &channel::Model) -> Option<Key> {
    let salt = channel.tax_engine_salt?;
    Some(Key::derived(&cx.app().settings.secret, &format!("secret {salt} of the tax engine of {}", channel.id)))
}

/// The secret of a channel's engine, for who set it up to keep.
pub fn reveal(cx: &Cx, _may: &Permit<ManageTaxes>, channel: &channel::Model) -> Option<String> {
    key(cx, channel).map(|key| key.revealed())
}
