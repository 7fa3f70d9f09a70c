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

/// Who wants to buy, and for which company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wish {
    /// The customer; none for a guest, or where staff buy for a company and for none of its members.
    pub customer: Option<Id<Account>>,
    /// The company; none: for themselves.
    pub organisation: Option<Id<Organisation>>,
    /// The unit that staff named; none: that in which the customer is.
    pub unit: Option<Id<OrganisationUnit>>,
}

impl Wish {
    /// What a shopper wants: they buy for the unit that they are in.
    pub const fn own(customer: Option<Id<Account>>, organisation: Option<Id<Organisation>>) -> Self {
        Self { customer, organisation, unit: None }
    }
}

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
    let wanted: HashSet<_> = wishes.iter().filter_map(|wish| Some((*wish, wish.organisation?))).collect();
    let seats = if wanted.is_empty() { HashMap::new() } else { seats(read, &wanted).await? };
    let party = |wish: &Wish| Party { customer: wish.customer, seat: seats.get(wish).cloned() };
    Ok(wishes.iter().map(party).collect())
}

async fn seats(read: &Read, wanted: &HashSet<(Wish, Id<Organisation>)>) -> Result<HashMap<Wish, Seat>, Fault> {
    let accounts: HashSet<_> = wanted.iter().filter_map(|(wish, _)| wish.customer).collect();
    let members = if accounts.is_empty() { Vec::new() } else { rows::memberships(read, accounts).await? };
    let places: HashMap<_, _> =
        members.into_iter().map(|row| ((row.account_id, row.organisation_id), row.unit_id)).collect();
    // Who is no member buys for no company; whom staff name no member of buys for the unit that they name.
    let place = |(wish, organisation): &(Wish, Id<Organisation>)| {
        let own = match wish.customer {
            Some(customer) => *places.get(&(customer, *organisation))?,
            None => None,
        };
        Some((*wish, *organisation, wish.unit.or(own)))
    };
    let mut admitted: Vec<_> = wanted.iter().filter_map(place).collect();
    if admitted.is_empty() {
        return Ok(HashMap::new());
    }
    let companies: HashSet<_> = admitted.iter().map(|(_, organisation, _)| *organisation).collect();
    let companies = rows::organisations(read, companies).await?;
    let open: HashSet<_> = companies.into_iter().filter(|row| !row.is_suspended).map(|row| row.id).collect();
    admitted.retain(|(_, organisation, _)| open.contains(organisation));
    let parents = parents(read, admitted.iter().filter_map(|(.., unit)| *unit).collect()).await?;
    let seat = |(wish, organisation, unit): (Wish, _, Option<_>)| {
        // A unit that staff named may be gone: then it is the company itself.
        let units = up(&parents, unit.filter(|unit| parents.contains_key(unit)));
        (wish, Seat { organisation, units })
    };
    Ok(admitted.into_iter().map(seat).collect())
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
