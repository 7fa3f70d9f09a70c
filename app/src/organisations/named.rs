//! Companies that others name.

use std::collections::{BTreeMap, HashSet};

use domain::{
    id::{Id, Organisation, OrganisationUnit},
    organisations::seat::Seat,
    pricing::named::Called,
};
use store::{Fault, Read};

use super::{
    party::{parents, up},
    rows,
};

/// What companies are called.
pub(crate) async fn called(
    read: &Read,
    ids: HashSet<Id<Organisation>>,
) -> Result<BTreeMap<Id<Organisation>, Called>, Fault> {
    let rows = rows::organisations(read, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, Called { ar: row.name_ar, en: row.name_en })).collect())
}

/// What units of companies are called.
pub(crate) async fn units_called(
    read: &Read,
    ids: HashSet<Id<OrganisationUnit>>,
) -> Result<BTreeMap<Id<OrganisationUnit>, Called>, Fault> {
    let rows = rows::units(read, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, Called { ar: row.name_ar, en: row.name_en })).collect())
}

/// Those of these companies that there are.
pub(crate) async fn known(read: &Read, ids: &[Id<Organisation>]) -> Result<HashSet<Id<Organisation>>, Fault> {
    Ok(rows::organisations(read, ids.iter().copied()).await?.into_iter().map(|row| row.id).collect())
}

/// The seat of whoever would buy for a company, and for a unit of it; `None`: there is no such company or unit. The inner
/// `None`: the company is suspended, and nobody buys for it.
pub(crate) async fn seat_in(
    read: &Read,
    organisation: Id<Organisation>,
    unit: Option<Id<OrganisationUnit>>,
) -> Result<Option<Option<Seat>>, Fault> {
    let Some(company) = rows::organisations(read, [organisation]).await?.pop() else { return Ok(None) };
    let units = match unit {
        Some(unit) => up(&parents(read, [unit].into()).await?, Some(unit)),
        None => Vec::new(),
    };
    Ok(Some((!company.is_suspended).then_some(Seat { organisation, units })))
}

/// The company that a unit is of; `None`: there is no such unit.
pub(crate) async fn company_of(read: &Read, unit: Id<OrganisationUnit>) -> Result<Option<Id<Organisation>>, Fault> {
    Ok(rows::units(read, [unit]).await?.pop().map(|row| row.organisation_id))
}
