//! The inputs of changes of places.

use std::collections::HashSet;

use app::{
    channels::Source,
    inventory::{ChannelLocations, CreateLocation, Said, UpdateLocation},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::{
    catalog::slug::Slug,
    invalid::{Check, Invalid, Problem},
    inventory::units,
    text,
};

use super::location::LocationKind;
use crate::graphql::input;

/// The most characters of a name, a city, an address.
const TEXT_MAX: usize = 200;

/// A place to make.
#[derive(InputObject, Clone, Debug)]
pub struct LocationCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other place has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// What it is.
    pub kind: LocationKind,
    /// The city it is in.
    pub city: String,
    /// Where in the city, in its own words.
    pub address: Option<String>,
    /// Whether channels may sell from it.
    #[graphql(default = true)]
    pub is_active: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a place. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct LocationUpdateInput {
    /// The place.
    pub location: ID,
    /// Arabic name; null takes it away.
    pub name_ar: MaybeUndefined<String>,
    /// English name; null takes it away.
    pub name_en: MaybeUndefined<String>,
    /// What it is.
    pub kind: Option<LocationKind>,
    /// The city it is in.
    pub city: Option<String>,
    /// Where in the city; null takes it away.
    pub address: MaybeUndefined<String>,
    /// Whether channels may sell from it.
    pub is_active: Option<bool>,
    /// The place's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// From which places a channel shall sell, in place of those it had.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelLocationsSetInput {
    /// The channel's code.
    pub channel: String,
    /// The places, the preferred first; none: the channel sells nothing.
    pub locations: Vec<ChannelLocationInput>,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// A place that a channel sells from.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelLocationInput {
    /// The place.
    pub location: ID,
    /// Units of each variant there that the channel does not sell; 1,000,000 at most.
    #[graphql(default)]
    pub buffer: i64,
}

impl LocationCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateLocation, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "locationCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let city = check.field("city", text::line(&self.city, TEXT_MAX));
        let address = check.field("address", optional(self.address));
        let built = code.zip(names).zip(city.zip(address)).map(|((code, (name_ar, name_en)), (city, address))| {
            let (kind, is_active) = (self.kind.into(), self.is_active);
            CreateLocation { code: code.as_str().to_owned(), name_ar, name_en, kind, city, address, is_active, once }
        });
        check.done(built)
    }
}

impl LocationUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateLocation, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "locationUpdate", self.idempotency_key.as_deref(), &self);
        let location = check.field("location", input::id(&self.location));
        let name_ar = check.field("nameAr", said(self.name_ar));
        let name_en = check.field("nameEn", said(self.name_en));
        let city = check.field("city", optional(self.city));
        let address = check.field("address", said(self.address));
        let names = name_ar.zip(name_en);
        let built = location.zip(names).zip(city.zip(address));
        let built = built.map(|((location, (name_ar, name_en)), (city, address))| UpdateLocation {
            location,
            name_ar,
            name_en,
            kind: self.kind.map(Into::into),
            city,
            address,
            is_active: self.is_active,
            expected_version: self.expected_version,
            once,
        });
        check.done(built)
    }
}

impl ChannelLocationsSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ChannelLocations, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelLocationsSet", self.idempotency_key.as_deref(), &self);
        if self.locations.len() > input::MAX_ITEMS {
            check.wrong("locations", Problem::TooLong { max: input::MAX_ITEMS });
        }
        let (mut sources, mut seen) = (Vec::new(), HashSet::new());
        for (index, of) in self.locations.iter().enumerate() {
            let mut of_place = Check::default();
            let location = of_place.field("location", input::id(&of.location));
            if location.is_some_and(|location| !seen.insert(location)) {
                of_place.wrong("location", Problem::Duplicate);
            }
            let buffer = of_place.field("buffer", units::any(of.buffer));
            let source = location.zip(buffer).map(|(location, buffer)| Source { location, buffer });
            let source = of_place.done(source).map_err(|invalid| invalid.under(&index.to_string()));
            sources.extend(check.nested("locations", source));
        }
        check.done(Some(ChannelLocations { channel: self.channel, sources, once }))
    }
}

/// A line of text, if there is one.
fn optional(text: Option<String>) -> Result<Option<String>, Problem> {
    text.map(|text| text::line(&text, TEXT_MAX)).transpose()
}

/// What is said of a line of text.
fn said(text: MaybeUndefined<String>) -> Result<Said, Problem> {
    match text {
        MaybeUndefined::Undefined => Ok(Said::Nothing),
        MaybeUndefined::Null => Ok(Said::Gone),
        MaybeUndefined::Value(text) => text::line(&text, TEXT_MAX).map(Said::Text),
    }
}
