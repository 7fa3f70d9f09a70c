//! Staff say who buys by a list.

use domain::{
    id::{CustomerGroup, Id, Organisation, OrganisationUnit, PriceList, PriceListAssignment},
    identity::{country::Country, permission::proof::ManagePrices},
    invalid::{Invalid, Problem},
    pricing::{events::PricingEvent, validity::Validity},
};
use entity::pricing::price_list_assignment;
use sea_orm::IntoActiveModel;
use store::{Fault, Once, Tx};

use super::{PricingError, book, list_update::lock, lowest, rows};
use crate::{
    channels,
    cx::{Cx, Permit},
    identity, organisations,
};

/// Who is to buy by a list.
#[derive(Clone, Debug)]
pub struct Assign {
    /// The list.
    pub list: Id<PriceList>,
    /// Who; `None`: everybody in the channel.
    pub whom: Option<Whom>,
    /// The channel's code; `None`: every channel of the list's currency.
    pub channel: Option<String>,
    /// Of several that somebody has for the same reason, the lower is asked first.
    pub priority: i32,
    /// To where it is bought; none: to anywhere.
    pub countries: Vec<Country>,
    /// When.
    pub validity: Validity,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Whom a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The customers of a group.
    Group(Id<CustomerGroup>),
    /// Who buys for a company.
    Organisation(Id<Organisation>),
    /// Who buys for a unit of a company, or for one below it.
    Unit(Id<OrganisationUnit>),
}

/// Who is to buy by a list no more.
#[derive(Clone, Debug)]
pub struct Unassign {
    /// That they do.
    pub assignment: Id<PriceListAssignment>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Has customers of a group, those of a company, or everybody in a channel, buy by a list. Emits `price_list.assigned`.
pub async fn assign(cx: &Cx, _may: Permit<ManagePrices>, input: Assign) -> Result<Option<Id<PriceList>>, PricingError> {
    let Assign { list, whom, channel, priority, countries, validity, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        // What went before stays known: it begins now at the earliest.
        let from = validity.from.unwrap_or(tx.now());
        if from < tx.now() {
            return Err(Invalid::at("startsAt", Problem::InThePast).into());
        }
        if validity.until.is_some_and(|until| until <= from) {
            return Err(Invalid::at("endsAt", Problem::EndBeforeStart).into());
        }
        let of = lock(tx, list, None).await?;
        let channel = match &channel {
            Some(code) => Some(channels::by_code(tx, code).await?.ok_or(PricingError::NoChannel)?),
            None => None,
        };
        if channel.as_ref().is_some_and(|channel| channel.currency != of.currency) {
            return Err(PricingError::Currency { field: "channel" });
        }
        let (group_id, organisation_id, organisation_unit_id) = named(tx, whom).await?;
        let codes: Vec<_> = countries.iter().map(Country::as_str).collect();
        let row = price_list_assignment::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            price_list_id: list,
            group_id,
            organisation_id,
            organisation_unit_id,
            channel_id: channel.map(|channel| channel.id),
            priority,
            countries: codes.join(","),
            starts_at: Some(from),
            ends_at: validity.until,
        };
        // Whoever assigns the list waits until this ends.
        if rows::is_assigned(tx, &row).await? {
            return Err(PricingError::AssignedAlready);
        }
        tx.insert(row.clone().into_active_model()).await?;
        lowest::list_changed(tx, list).await?;
        emit(tx, &row, true).await?;
        Ok(list)
    })
    .await
}

/// A group, or a company and a unit of it.
type Named = (Option<Id<CustomerGroup>>, Option<Id<Organisation>>, Option<Id<OrganisationUnit>>);

/// What a row says of whom a list is for. Refuses what there is not.
async fn named(tx: &Tx, whom: Option<Whom>) -> Result<Named, PricingError> {
    match whom {
        None => Ok((None, None, None)),
        Some(Whom::Group(group)) => {
            let known = identity::groups::groups_by_id(tx, &[group]).await?;
            if known.contains_key(&group) { Ok((Some(group), None, None)) } else { Err(PricingError::NoGroup) }
        }
        Some(Whom::Organisation(organisation)) => {
            let known = organisations::known(tx, &[organisation]).await?;
            if known.is_empty() { Err(PricingError::NoOrganisation) } else { Ok((None, Some(organisation), None)) }
        }
        Some(Whom::Unit(unit)) => {
            let of = organisations::company_of(tx, unit).await?.ok_or(PricingError::NoUnit)?;
            Ok((None, Some(of), Some(unit)))
        }
    }
}

/// Has nobody buy by a list for this reason any more, from now on. Emits `price_list.unassigned`.
pub async fn unassign(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: Unassign,
) -> Result<Option<Id<PriceList>>, PricingError> {
    let Unassign { assignment, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let row = rows::assignment(tx, assignment).await?.ok_or(PricingError::NoAssignment)?;
        let list = row.price_list_id;
        lock(tx, list, None).await?;
        // Guests buy by it until now.
        let channels = lowest::of_guests(tx, list).await?;
        if !rows::end_assignment(tx, &row).await? {
            return Err(PricingError::NoAssignment);
        }
        lowest::refresh_all(tx, channels).await?;
        emit(tx, &row, false).await?;
        Ok(list)
    })
    .await
}

async fn emit(tx: &Tx, row: &price_list_assignment::Model, is_assigned: bool) -> Result<(), Fault> {
    let event = PricingEvent::Assigned {
        assignment: row.id,
        price_list: row.price_list_id,
        customer_group: row.group_id,
        organisation: row.organisation_id,
        organisation_unit: row.organisation_unit_id,
        channel: row.channel_id,
        priority: row.priority,
        countries: book::countries(&row.countries),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        is_assigned,
        at: tx.now(),
    };
    tx.emit(&event).await
}
