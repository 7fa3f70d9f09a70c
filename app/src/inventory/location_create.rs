//! Staff open a place.

use domain::{
    id::{Id, Location},
    identity::permission::proof::ManageStock,
    invalid::Invalid,
    inventory::{events::StockEvent, place::PlaceKind},
};
use entity::inventory::location;
use sea_orm::Set;
use store::{Fault, KeyReused, Once};

use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// A place to make.
#[derive(Clone, Debug)]
pub struct CreateLocation {
    /// Its name in imports, which no other place has.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it is.
    pub city: String,
    /// Where in the city.
    pub address: Option<String>,
    /// Whether channels may sell from it.
    pub is_active: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why a place is not made, changed or sold from.
#[derive(Debug, thiserror::Error)]
pub enum LocationError {
    /// There is no such place.
    #[error("there is no such place")]
    NotFound,
    /// The place is not as the caller saw it, or another change came first.
    #[error("the place has changed")]
    Stale,
    /// Another place has the code.
    #[error("another place has the code")]
    CodeTaken,
    /// There is no such channel.
    #[error("there is no such channel")]
    NoChannel,
    /// There are no such places: where they stand in the input.
    #[error("there are no such places")]
    NoLocations(Vec<usize>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes a place, which no channel sells from yet. Emits `location.created`.
pub async fn create_location(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: CreateLocation,
) -> Result<Id<Location>, LocationError> {
    let once = input.once.clone();
    cx.write_once(once.as_ref(), async |tx| {
        let (id, code, is_active) = (tx.new_id(), input.code.clone(), input.is_active);
        let row = location::ActiveModel {
            id: Set(id),
            code: Set(input.code),
            name_ar: Set(input.name_ar),
            name_en: Set(input.name_en),
            kind: Set(input.kind.code().to_owned()),
            city: Set(input.city),
            address: Set(input.address),
            is_active: Set(is_active),
            version: Set(1),
            ..Default::default()
        };
        if !tx.insert_new(row).await? {
            return Err(LocationError::CodeTaken);
        }
        tx.emit(&StockEvent::Location { location: id, code, is_active, version: 1, at: tx.now() }).await?;
        Ok(id)
    })
    .await
}
