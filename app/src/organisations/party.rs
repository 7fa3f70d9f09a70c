//! Who buys, and for which unit of which company.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Account, Id, Organisation, OrganisationUnit},
    organisations::{seat::Seat, tree::ANCESTORS_MAX},
};
use store::{Fault, Read};

use super::rows;

/// Who buys, and for which unit of which company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The customer; none for a guest.
    pub customer: Option<Id<Account>>,
    /// For which company; `None`: for themselves. Who may not buy for the company that is named buys for themselves.
    pub seat: Option<Seat>,
}

impl Party {
    /// Who is not signed in.
    pub const GUEST: Self = Self { customer: None, seat: None };

    /// The company that is bought for.
    pub fn organisation(&self) -> Option<Id<Organisation>> {
        self.seat.as_ref().map(|seat| seat.organisation)
    }
}

/// A customer, and the company that they want to buy for.
type Wish = (Option<Id<Account>>, Option<Id<Organisation>>);

/// Whether a customer may buy for a company now: they are one of its members, and it is not suspended.
pub async fn admits(read: &Read, account: Id<Account>, organisation: Id<Organisation>) -> Result<bool, Fault> {
    if !rows::seats(read, organisation, &[account]).await?.contains_key(&account) {
        return Ok(false);
    }
    Ok(rows::organisations(read, [organisation]).await?.iter().any(|row| !row.is_suspended))
}

/// The numbers under which companies pay value added tax, of those that have one.
pub(crate) async fn tax_numbers(
    read: &Read,
    companies: Vec<Id<Organisation>>,
) -> Result<HashMap<Id<Organisation>, String>, Fault> {
    let rows = rows::organisations(read, companies).await?;
    let some = rows.into_iter().filter(|row| !row.vat_number.is_empty());
    Ok(some.map(|row| (row.id, row.vat_number)).collect())
}

/// Who buys, as far as they may.
pub async fn party(read: &Read, wish: Wish) -> Result<Party, Fault> {
    Ok(parties(read, &[wish]).await?.pop().unwrap_or_default())
}

/// The same of many, in their order. No statement if nobody wants to buy for a company; else two, and one more for each
/// level of units that they are below.
pub async fn parties(read: &Read, wishes: &[Wish]) -> Result<Vec<Party>, Fault> {
    let for_companies = wishes.iter().filter_map(|(customer, organisation)| customer.zip(*organisation));
    let wanted: HashSet<_> = for_companies.collect();
    let seats = if wanted.is_empty() { HashMap::new() } else { seats(read, &wanted).await? };
    let party = |(customer, organisation): &Wish| {
        let seat = customer.zip(*organisation).and_then(|wish| seats.get(&wish)).cloned();
        Party { customer: *customer, seat }
    };
    Ok(wishes.iter().map(party).collect())
}

async fn seats(
    read: &Read,
    wanted: &HashSet<(Id<Account>, Id<Organisation>)>,
) -> Result<HashMap<(Id<Account>, Id<Organisation>), Seat>, Fault> {
    let accounts: HashSet<_> = wanted.iter().map(|(account, _)| *account).collect();
    let mut members = rows::memberships(read, accounts).await?;
    members.retain(|row| wanted.contains(&(row.account_id, row.organisation_id)));
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let companies: HashSet<_> = members.iter().map(|row| row.organisation_id).collect();
    let companies = rows::organisations(read, companies).await?;
    let open: HashSet<_> = companies.into_iter().filter(|row| !row.is_suspended).map(|row| row.id).collect();
    members.retain(|row| open.contains(&row.organisation_id));
    let parents = parents(read, members.iter().filter_map(|row| row.unit_id).collect()).await?;
    let seat = |row: &entity::organisations::organisation_member::Model| {
        let units = up(&parents, row.unit_id);
        ((row.account_id, row.organisation_id), Seat { organisation: row.organisation_id, units })
    };
    Ok(members.iter().map(seat).collect())
}

/// A unit and those above it, the nearest first.
pub(super) fn up(
    parents: &HashMap<Id<OrganisationUnit>, Option<Id<OrganisationUnit>>>,
    unit: Option<Id<OrganisationUnit>>,
) -> Vec<Id<OrganisationUnit>> {
    let (mut units, mut next) = (Vec::new(), unit);
    while let Some(unit) = next.filter(|_| units.len() <= ANCESTORS_MAX) {
        units.push(unit);
        next = parents.get(&unit).copied().flatten();
    }
    units
}

/// What is above each of these units, and above that, and so on.
pub(super) async fn parents(
    read: &Read,
    mut next: HashSet<Id<OrganisationUnit>>,
) -> Result<HashMap<Id<OrganisationUnit>, Option<Id<OrganisationUnit>>>, Fault> {
    let mut parents = HashMap::new();
    for _level in 0..=ANCESTORS_MAX {
        if next.is_empty() {
            break;
        }
        let rows = rows::units(read, next.drain()).await?;
        parents.extend(rows.iter().map(|row| (row.id, row.parent_id)));
        next = rows.iter().filter_map(|row| row.parent_id).filter(|parent| !parents.contains_key(parent)).collect();
    }
    Ok(parents)
}
