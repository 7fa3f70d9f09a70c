//! Companies that others name.

use std::collections::HashSet;

use domain::id::{Id, Organisation, OrganisationUnit};
use store::{Fault, Read};

use super::rows;

/// Those of these companies that there are.
pub(crate) async fn known(read: &Read, ids: &[Id<Organisation>]) -> Result<HashSet<Id<Organisation>>, Fault> {
    Ok(rows::organisations(read, ids.iter().copied()).await?.into_iter().map(|row| row.id).collect())
}

/// The company that a unit is of; `None`: there is no such unit.
pub(crate) async fn company_of(read: &Read, unit: Id<OrganisationUnit>) -> Result<Option<Id<Organisation>>, Fault> {
    Ok(rows::units(read, [unit]).await?.pop().map(|row| row.organisation_id))
}
