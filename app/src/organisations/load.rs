//! Companies for readers, many at once.

use std::collections::HashMap;

use domain::{
    id::{Account, Id, Organisation, OrganisationUnit},
    identity::permission::proof::ReadCustomers,
};
use entity::organisations::{organisation, organisation_member, organisation_unit};
use store::Fault;

use super::rows;
use crate::{
    cx::{Customer, Cx, Permit, Public},
    list::grouped,
};

/// Companies by id: of whoever sees what was bought for one, or a price that was agreed on with it, it may be named.
pub async fn organisations(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Organisation>],
) -> Result<HashMap<Id<Organisation>, organisation::Model>, Fault> {
    let rows = rows::organisations(&cx.read(), ids.iter().copied()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The company of a code.
pub async fn by_code(cx: &Cx, _may: &Permit<ReadCustomers>, code: &str) -> Result<Option<organisation::Model>, Fault> {
    rows::by_code(&cx.read(), code).await
}

/// Units of companies by id, as [`organisations`].
pub async fn units(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<OrganisationUnit>],
) -> Result<HashMap<Id<OrganisationUnit>, organisation_unit::Model>, Fault> {
    let rows = rows::units(&cx.read(), ids.iter().copied()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The units of each company, by code.
pub async fn units_of(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    organisations: &[Id<Organisation>],
) -> Result<HashMap<Id<Organisation>, Vec<organisation_unit::Model>>, Fault> {
    let rows = rows::units_of(&cx.read(), organisations).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.organisation_id, row))))
}

/// For which companies each customer buys, and in which unit.
pub async fn memberships(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    customers: &[Id<Account>],
) -> Result<HashMap<Id<Account>, Vec<organisation_member::Model>>, Fault> {
    let rows = rows::memberships(&cx.read(), customers.iter().copied()).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.account_id, row))))
}

/// For which companies the customer buys, and in which unit.
pub async fn own(cx: &Cx, customer: &Customer) -> Result<Vec<organisation_member::Model>, Fault> {
    rows::memberships(&cx.read(), [customer.account]).await
}
