//! Who buys for which company.

use std::collections::HashMap;

use async_graphql::{Context, SimpleObject};
use domain::id::{self, Id};
use entity::organisations::organisation_member;

use super::{organisation::Organisation, unit::OrganisationUnit};
use crate::{
    graphql::loader::{self, MembershipsOf},
    identity::customer::Customer,
};

/// That a customer buys for a company.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationMembership {
    /// The company.
    pub organisation: Organisation,
    /// The unit that they are in; none: the company itself.
    pub unit: Option<OrganisationUnit>,
}

/// Who buys for a company.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationMember {
    /// The customer.
    pub customer: Customer,
    /// The unit that they are in; none: the company itself.
    pub unit: Option<OrganisationUnit>,
}

/// For which companies somebody buys, as the reader sees it.
pub async fn memberships(
    ctx: &Context<'_>,
    rows: Vec<organisation_member::Model>,
) -> async_graphql::Result<Vec<OrganisationMembership>> {
    let companies = loader::many(ctx, rows.iter().map(|row| row.organisation_id).collect()).await?;
    let units = loader::many(ctx, rows.iter().filter_map(|row| row.unit_id).collect()).await?;
    let shown = |row: organisation_member::Model| {
        let organisation = Organisation(companies.get(&row.organisation_id)?.clone());
        let unit = row.unit_id.and_then(|unit| units.get(&unit)).cloned().map(OrganisationUnit);
        Some(OrganisationMembership { organisation, unit })
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// Customers who buy for a company, by their ids.
pub async fn members(
    ctx: &Context<'_>,
    organisation: Id<id::Organisation>,
    ids: Vec<Id<id::Account>>,
) -> async_graphql::Result<HashMap<Id<id::Account>, OrganisationMember>> {
    let theirs = loader::many(ctx, ids.iter().copied().map(MembershipsOf).collect()).await?;
    let here = theirs.values().flatten().filter(|row| row.organisation_id == organisation);
    let seats: HashMap<_, _> = here.map(|row| (row.account_id, row.unit_id)).collect();
    let units = loader::many(ctx, seats.values().copied().flatten().collect()).await?;
    let customers = loader::many(ctx, ids).await?;
    let member = |(id, row)| {
        let unit = seats.get(&id).copied().flatten().and_then(|unit| units.get(&unit)).cloned();
        (id, OrganisationMember { customer: Customer(row), unit: unit.map(OrganisationUnit) })
    };
    Ok(customers.into_iter().map(member).collect())
}
