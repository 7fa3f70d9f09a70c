//! Who buys by a price list.

use async_graphql::{Context, ID, SimpleObject};
use entity::pricing::price_list_assignment;

use super::failed;
use crate::{
    graphql::{loader, scalar::DateTime},
    identity::group::CustomerGroup,
    organisations::{organisation::Organisation, unit::OrganisationUnit},
};

/// That the customers of a group, who buys for a company, or everybody in a channel, buy by a price list.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceListAssignment {
    /// Its id.
    pub id: ID,
    /// The customers; none: who buys for the company, or everybody in the channel.
    pub customer_group: Option<CustomerGroup>,
    /// Who buys for this company: a contract.
    pub organisation: Option<Organisation>,
    /// In this unit of the company, or below; none: in any.
    pub organisation_unit: Option<OrganisationUnit>,
    /// The channel's code; none: every channel of the list's currency.
    pub channel: Option<String>,
    /// Of several that somebody has for the same reason, the one with the lower number is asked first.
    pub priority: i32,
    /// To where it is bought, ISO 3166-1 alpha-2; none: to anywhere.
    pub countries: Vec<String>,
    /// From when on.
    pub starts_at: Option<DateTime>,
    /// Until when; none: for ever.
    pub ends_at: Option<DateTime>,
}

/// Assignments as the reader sees them.
pub(super) async fn show(
    ctx: &Context<'_>,
    rows: Vec<price_list_assignment::Model>,
) -> async_graphql::Result<Vec<PriceListAssignment>> {
    let groups = loader::many(ctx, rows.iter().filter_map(|row| row.group_id).collect()).await?;
    let companies = loader::many(ctx, rows.iter().filter_map(|row| row.organisation_id).collect()).await?;
    let units = loader::many(ctx, rows.iter().filter_map(|row| row.organisation_unit_id).collect()).await?;
    let channels = loader::many(ctx, rows.iter().filter_map(|row| row.channel_id).collect()).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let group = row.group_id.and_then(|group| groups.get(&group)).cloned();
        let company = row.organisation_id.and_then(|company| companies.get(&company)).cloned();
        let unit = row.organisation_unit_id.and_then(|unit| units.get(&unit)).cloned();
        // A group or a unit that is no more buys nothing.
        if (row.group_id.is_some() && group.is_none()) || (row.organisation_unit_id.is_some() && unit.is_none()) {
            continue;
        }
        let channel = match row.channel_id {
            Some(id) => {
                let channel = channels.get(&id);
                let missing = || failed(ctx, &store::Fault::new("a list is assigned in no channel"));
                Some(channel.ok_or_else(missing)?.code.clone())
            }
            None => None,
        };
        let countries = row.countries.split(',').filter(|code| !code.is_empty());
        shown.push(PriceListAssignment {
            id: ID(row.id.to_string()),
            customer_group: group.map(CustomerGroup),
            organisation: company.map(Organisation),
            organisation_unit: unit.map(OrganisationUnit),
            channel,
            priority: row.priority,
            countries: countries.map(str::to_owned).collect(),
            starts_at: row.starts_at.map(DateTime),
            ends_at: row.ends_at.map(DateTime),
        });
    }
    Ok(shown)
}
