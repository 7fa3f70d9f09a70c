//! Staff note a company.

use domain::{
    id::{self, Id},
    identity::{country::Country, permission::proof::ManageCustomers},
    organisations::events::OrganisationEvent,
    time::Instant,
};
use entity::organisations::organisation;
use sea_orm::IntoActiveModel;
use store::Once;

use super::OrganisationError;
use crate::cx::{Cx, Permit};

/// A company to note.
#[derive(Clone, Debug)]
pub struct CreateOrganisation {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Its number in the commercial register.
    pub registration_number: String,
    /// Under which it pays value added tax, if it does.
    pub vat_number: Option<String>,
    /// The country of its seat.
    pub country: Country,
    /// The city of its seat.
    pub city: String,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Notes a company, for which nobody buys yet. Emits `organisation.created`.
pub async fn create(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: CreateOrganisation,
) -> Result<Option<Id<id::Organisation>>, OrganisationError> {
    let how = (input.is_dry_run, input.once.as_ref());
    cx.carry_out(how, async |tx| {
        let row = organisation::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            code: input.code.clone(),
            name_ar: input.name_ar.clone(),
            name_en: input.name_en.clone(),
            registration_number: input.registration_number.clone(),
            vat_number: input.vat_number.clone().unwrap_or_default(),
            city: input.city.clone(),
            country: input.country.as_str().to_owned(),
            is_suspended: false,
            version: 1,
        };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(OrganisationError::CodeTaken { of_unit: false });
        }
        tx.emit(&told(&row, tx.now())).await?;
        Ok(row.id)
    })
    .await
}

/// A company as its event tells it.
pub(super) fn told(row: &organisation::Model, at: Instant) -> OrganisationEvent {
    OrganisationEvent::Organisation {
        organisation: row.id,
        code: row.code.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        registration_number: row.registration_number.clone(),
        vat_number: Some(row.vat_number.clone()).filter(|number| !number.is_empty()),
        country: row.country.clone(),
        city: row.city.clone(),
        is_suspended: row.is_suspended,
        version: row.version,
        at,
    }
}
