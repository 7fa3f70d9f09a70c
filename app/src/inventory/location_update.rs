//! Staff change a place, or close it.

use domain::{
    id::{Id, Location},
    identity::permission::proof::ManageStock,
    invalid::{Invalid, Problem},
    inventory::{events::StockEvent, place::PlaceKind},
    time::Instant,
};
use entity::inventory::location;
use store::Once;

use super::{LocationError, news, rows, selling_rows, waiting};
use crate::cx::{Cx, Permit};

/// What changes of a place. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateLocation {
    /// The place.
    pub location: Id<Location>,
    /// Arabic name.
    pub name_ar: Said,
    /// English name.
    pub name_en: Said,
    /// What it is.
    pub kind: Option<PlaceKind>,
    /// Where it is.
    pub city: Option<String>,
    /// Where in the city.
    pub address: Said,
    /// Whether channels may sell from it.
    pub is_active: Option<bool>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What is said of a text that may be there or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing: it stays.
    Nothing,
    /// That there is none.
    Gone,
    /// What it is.
    Text(String),
}

impl Said {
    fn over(self, was: Option<String>) -> Option<String> {
        match self {
            Self::Nothing => was,
            Self::Gone => None,
            Self::Text(text) => Some(text),
        }
    }
}

/// Changes a place. What is promised from one that is closed stays promised. Emits `location.updated`, and
/// `order.backorder_served` if who waits for units gets what a place has that is opened.
pub async fn update_location(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: UpdateLocation,
) -> Result<Id<Location>, LocationError> {
    let once = input.once.clone();
    cx.write_once(once.as_ref(), async |tx| {
        let was = rows::locations(tx, &[input.location]).await?.pop().ok_or(LocationError::NotFound)?;
        if input.expected_version.is_some_and(|version| version != was.version) {
            return Err(LocationError::Stale);
        }
        let next = changed(was.clone(), input);
        if next.name_ar.is_none() && next.name_en.is_none() {
            return Err(Invalid::at("nameEn", Problem::Required).into());
        }
        let is_opened = next.is_active && !was.is_active;
        let waited_for = if is_opened { selling_rows::waited_for(tx).await? } else { Vec::new() };
        let held = waiting::hold(tx, waited_for).await?;
        if !rows::replace_location(tx, &was, &next).await? {
            return Err(LocationError::Stale);
        }
        let served = waiting::serve(tx, held).await?;
        news::shifted(tx, &served).await?;
        let (location, code, version) = (next.id, next.code, next.version);
        let updated = StockEvent::Location { location, code, is_active: next.is_active, version, at: tx.now() };
        tx.emit_change(&before(was, tx.now()), &updated).await?;
        Ok(location)
    })
    .await
}

/// What the event would have said of the place as it was.
fn before(was: location::Model, at: Instant) -> StockEvent {
    StockEvent::Location { location: was.id, code: was.code, is_active: was.is_active, version: was.version, at }
}

fn changed(was: location::Model, input: UpdateLocation) -> location::Model {
    location::Model {
        name_ar: input.name_ar.over(was.name_ar),
        name_en: input.name_en.over(was.name_en),
        kind: input.kind.map_or(was.kind, |kind| kind.code().to_owned()),
        city: input.city.unwrap_or(was.city),
        address: input.address.over(was.address),
        is_active: input.is_active.unwrap_or(was.is_active),
        version: was.version.saturating_add(1),
        ..was
    }
}
