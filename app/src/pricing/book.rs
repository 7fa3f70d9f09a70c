//! What things cost buyers: which lists they have, and what is fixed in these.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{
    id::{Account, CustomerGroup, Id, PriceList, Variant},
    identity::country::Country,
    money::Currency,
    organisations::seat::Seat,
    pricing::{
        list::{self, ANCESTORS_MAX, Assigned, Because, Book, Known},
        validity::Validity,
    },
    time::Instant,
};
use entity::{channels::channel, pricing::price_list_assignment};
use store::{Fault, Read};

use super::{cost_rows, rows};
use crate::{channels, identity, organisations::Party};

/// Of which time prices are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Span {
    /// As they are at an instant.
    At(Instant),
    /// As they were, whenever.
    Ever,
}

/// The books of buyers in one channel.
#[derive(Clone, Debug)]
pub struct Books {
    currency: Currency,
    base: Id<PriceList>,
    groups: HashMap<Id<Account>, Vec<Id<CustomerGroup>>>,
    given: Vec<price_list_assignment::Model>,
    known: Arc<Known>,
}

impl Books {
    /// What variants cost these, and guests, in a channel: a constant number of statements, but for one more for each
    /// generation of lists that others follow.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        parties: &[Party],
        wanted: (&[Id<Variant>], Span),
    ) -> Result<Self, Fault> {
        Self::load_for(read, channel, (parties, &[]), wanted).await
    }

    /// The same, and what they cost whoever is in these groups.
    pub async fn load_for(
        read: &Read,
        channel: &channel::Model,
        (parties, members): (&[Party], &[Id<CustomerGroup>]),
        (variants, span): (&[Id<Variant>], Span),
    ) -> Result<Self, Fault> {
        let customers: Vec<_> = parties.iter().filter_map(|party| party.customer).collect();
        let groups = match customers.as_slice() {
            [] => HashMap::new(),
            some => identity::groups::groups_of(read, some).await?,
        };
        let all: HashSet<_> = groups.values().flatten().chain(members).copied().collect();
        let companies: HashSet<_> = parties.iter().filter_map(Party::organisation).collect();
        let given = rows::given(read, channel.id, (all, companies), span).await?;
        let (base, currency) = (channel.price_list_id, channels::currency(channel)?);
        let first = given.iter().map(|row| row.price_list_id).chain([base]).collect();
        let mut known = Known { lists: with_ancestors(read, first).await?, ..Known::default() };
        let lists: Vec<_> = known.lists.iter().map(|(id, list)| (*id, list.currency)).collect();
        known.fixed = rows::fixed(read, &lists, variants, span).await?;
        if !variants.is_empty() {
            let lists: Vec<_> = known.lists.keys().copied().collect();
            known.quantity_rules = rows::quantity_rules(read, &lists, variants).await?;
            known.floors = cost_rows::floors(read, currency, variants).await?;
        }
        Ok(Self { currency, base, groups, given, known: Arc::new(known) })
    }

    /// Whether somebody buys by a list, or by one that follows it.
    pub(super) fn know(&self, list: Id<PriceList>) -> bool {
        self.known.lists.contains_key(&list)
    }

    /// The book of a customer, for whomever they buy, or of a guest.
    pub fn of(&self, party: &Party) -> Book {
        self.of_members(self.groups(party.customer), party.seat.as_ref())
    }

    /// The groups of all customers, and these.
    pub fn all_groups(&self, members: &[Id<CustomerGroup>]) -> HashSet<Id<CustomerGroup>> {
        self.groups.values().flatten().chain(members).copied().collect()
    }

    /// The groups that a customer is in; a guest is in none.
    pub fn groups(&self, customer: Option<Id<Account>>) -> &[Id<CustomerGroup>] {
        customer.and_then(|customer| self.groups.get(&customer)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The book of whoever is in these groups, and buys for a company.
    pub fn of_members(&self, groups: &[Id<CustomerGroup>], seat: Option<&Seat>) -> Book {
        let mut ranked: Vec<_> = self.given.iter().filter_map(|row| assigned(row, groups, seat)).collect();
        // Of one rank they are sorted by priority and id already.
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut assigned: Vec<_> = ranked.into_iter().map(|(_, one)| one).collect();
        let base =
            Assigned { list: self.base, because: Because::Base, validity: Validity::default(), countries: Vec::new() };
        assigned.push(base);
        Book { currency: self.currency, assigned, known: Arc::clone(&self.known) }
    }
}

/// Lists, and those that they follow at any time: one statement for each generation.
pub(super) async fn with_ancestors(
    read: &Read,
    mut next: HashSet<Id<PriceList>>,
) -> Result<HashMap<Id<PriceList>, list::PriceList>, Fault> {
    let mut known = HashMap::new();
    for _generation in 0..=ANCESTORS_MAX {
        if next.is_empty() {
            break;
        }
        let lists = rows::lists(read, next.drain()).await?;
        known.extend(lists.iter().map(rows::domain_list).collect::<Result<Vec<_>, _>>()?);
        let parents = known.values().flat_map(list::PriceList::parents);
        next = parents.filter(|parent| !known.contains_key(parent)).collect();
    }
    Ok(known)
}

/// In which order lists are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// What was agreed on with a unit, so far above that of who buys; with the company last.
    Contract(usize),
    Group,
    Channel,
}

/// What a row gives to who is in these groups and buys for this unit; `None`: nothing.
fn assigned(
    row: &price_list_assignment::Model,
    groups: &[Id<CustomerGroup>],
    seat: Option<&Seat>,
) -> Option<(Rank, Assigned)> {
    let (rank, because) = match (row.organisation_id, row.group_id) {
        (Some(organisation), _) => {
            let unit = row.organisation_unit_id;
            (Rank::Contract(seat?.above(organisation, unit)?), Because::Contract { organisation, unit })
        }
        (None, Some(group)) if groups.contains(&group) => (Rank::Group, Because::Group { group }),
        (None, Some(_)) => return None,
        (None, None) => (Rank::Channel, Because::Channel),
    };
    let validity = Validity { from: row.starts_at, until: row.ends_at };
    Some((rank, Assigned { list: row.price_list_id, because, validity, countries: countries(&row.countries) }))
}

/// The countries that a row names.
pub(super) fn countries(codes: &str) -> Vec<Country> {
    codes.split(',').filter_map(|code| Country::parse(code).ok()).collect()
}
