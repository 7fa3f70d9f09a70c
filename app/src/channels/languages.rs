//! What a channel's row says in the words of the domain.

use domain::{identity::country::Country, language::Language, money::Currency};
use entity::channels::channel;
use store::Fault;

/// The languages a channel offers, the default first.
pub fn offered(channel: &channel::Model) -> Vec<Language> {
    channel.languages.split(',').filter_map(Language::parse).collect()
}

/// The country of a channel, whose tax and prices go for whoever has not said where it is delivered to.
pub fn country(channel: &channel::Model) -> Result<Country, Fault> {
    Country::parse(&channel.country).map_err(|_| Fault::new("a channel without a country"))
}

/// The currency a channel sells in.
pub fn currency(channel: &channel::Model) -> Result<Currency, Fault> {
    Currency::parse(&channel.currency).ok_or_else(|| Fault::new("a channel without a currency"))
}
