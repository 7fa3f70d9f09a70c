//! Staff change what is known of a company.

use domain::{
    id::{self, Id},
    identity::{country::Country, permission::proof::ManageCustomers},
    invalid::Check,
    organisations::registration,
};
use entity::organisations::organisation;
use store::{Fault, Once};

use super::{OrganisationError, create::told, rows};
use crate::cx::{Cx, Permit};

/// What changes of a company. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateOrganisation {
    /// The company.
    pub organisation: Id<id::Organisation>,
    /// Its name in imports.
    pub code: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Its number in the commercial register, as it is written.
    pub registration_number: Option<String>,
    /// Under which it pays value added tax, as it is written; the inner `None`: it does not any more.
    pub vat_number: Option<Option<String>>,
    /// The country of its seat.
    pub country: Option<Country>,
    /// The city of its seat.
    pub city: Option<String>,
    /// Whether nobody can buy for it.
    pub is_suspended: Option<bool>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Changes a company. While it is suspended nobody can buy for it, nor at what was agreed on with it. Emits
/// `organisation.updated`.
pub async fn update(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: UpdateOrganisation,
) -> Result<Option<Id<id::Organisation>>, OrganisationError> {
    let how = (input.is_dry_run, input.once.as_ref());
    cx.carry_out(how, async |tx| {
        let was = rows::hold(tx, input.organisation).await?.ok_or(OrganisationError::NoOrganisation)?;
        if input.expected_version.is_some_and(|version| version != was.version) {
            return Err(OrganisationError::Stale);
        }
        let next = changed(&was, &input)?;
        if next.code != was.code && rows::by_code(tx, &next.code).await?.is_some() {
            return Err(OrganisationError::CodeTaken { of_unit: false });
        }
        rows::replace(tx, &next).await.map_err(code_taken)?;
        tx.emit_change(&told(&was, tx.now()), &told(&next, tx.now())).await?;
        Ok(next.id)
    })
    .await
}

/// Numbers have the form of the country that it is of then: those that are not said, too.
fn changed(was: &organisation::Model, input: &UpdateOrganisation) -> Result<organisation::Model, OrganisationError> {
    let country = match input.country {
        Some(country) => country,
        None => Country::parse(&was.country).map_err(|_| Fault::new("a company of no country"))?,
    };
    let mut check = Check::default();
    let registered = input.registration_number.as_ref().unwrap_or(&was.registration_number);
    let registered = check.field("registrationNumber", registration::commercial(registered, country));
    let there = Some(was.vat_number.clone()).filter(|number| !number.is_empty());
    let vat = input.vat_number.clone().unwrap_or(there);
    let vat = check.field("vatNumber", vat.map(|number| registration::vat(&number, country)).transpose());
    let (registration_number, vat_number) = check.done(registered.zip(vat))?;
    Ok(organisation::Model {
        code: input.code.clone().unwrap_or_else(|| was.code.clone()),
        name_ar: input.name_ar.clone().or_else(|| was.name_ar.clone()),
        name_en: input.name_en.clone().or_else(|| was.name_en.clone()),
        registration_number,
        vat_number: vat_number.unwrap_or_default(),
        country: country.as_str().to_owned(),
        city: input.city.clone().unwrap_or_else(|| was.city.clone()),
        is_suspended: input.is_suspended.unwrap_or(was.is_suspended),
        version: was.version.saturating_add(1),
        ..was.clone()
    })
}

/// Of two who take a code at once, one is refused by the database.
fn code_taken(fault: Fault) -> OrganisationError {
    if fault.is_duplicate() { OrganisationError::CodeTaken { of_unit: false } } else { fault.into() }
}

#[cfg(test)]
mod tests {
    use domain::invalid::Invalid;

    use super::*;

    #[test]
    fn a_company_that_moves_needs_numbers_of_its_new_country() {
        let was = organisation::Model {
            tenant_id: Id::new(uuid()),
            id: Id::new(uuid()),
            code: "rimal".to_owned(),
            name_ar: None,
            name_en: Some("Rimal".to_owned()),
            registration_number: "1010999001".to_owned(),
            vat_number: "300999000100003".to_owned(),
            city: "Riyadh".to_owned(),
            country: "SA".to_owned(),
            is_suspended: false,
            version: 1,
        };
        let input = UpdateOrganisation {
            organisation: was.id,
            code: None,
            name_ar: None,
            name_en: None,
            registration_number: None,
            vat_number: None,
            country: Some(Country::parse("OM").unwrap()),
            city: None,
            is_suspended: None,
            expected_version: None,
            is_dry_run: false,
            once: None,
        };
        let refused: Vec<Vec<String>> = match changed(&was, &input) {
            Err(OrganisationError::Invalid(Invalid { wrong })) => wrong.into_iter().map(|one| one.path).collect(),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused, [["vatNumber"]]);
        let moved = changed(&was, &UpdateOrganisation { vat_number: Some(None), ..input }).unwrap();
        assert_eq!((moved.country.as_str(), moved.vat_number.as_str(), moved.version), ("OM", "", 2));
    }

    fn uuid() -> sea_orm::prelude::Uuid {
        sea_orm::prelude::Uuid::from_u128(1)
    }
}
