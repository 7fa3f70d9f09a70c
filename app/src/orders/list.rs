//! Lists of orders.

use domain::{
    id::{Account, Channel, Id, Organisation},
    identity::permission::proof::ReadOrders,
    orders::state::State,
    text,
    time::Instant,
};
use entity::{
    fulfilment::shipment,
    inventory::location,
    orders::{order, order_import, order_line, order_status, order_tag},
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter,
    sea_query::{Expr, Func},
};
use store::{Fault, Find, Read, Slice, Sort, SortKind};

use crate::{
    cx::{Customer, Cx, Permit},
    list::{Listed, containing},
};

/// Which orders are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this number, exactly: ours, or that of another system.
    pub number: Option<String>,
    /// Whose news goes to this address, whatever its case.
    pub email: Option<String>,
    /// Placed by this customer.
    pub customer: Option<Id<Account>>,
    /// Bought for this company.
    pub organisation: Option<Id<Organisation>>,
    /// Placed in this channel.
    pub channel: Option<Id<Channel>>,
    /// Placed at this instant or later.
    pub placed_from: Option<Instant>,
    /// Placed before this instant.
    pub placed_until: Option<Instant>,
    /// With this tag, however it is spelled.
    pub tag: Option<String>,
    /// With a line of this SKU, exactly.
    pub sku: Option<String>,
    /// Of which goods left the place of this code.
    pub location: Option<String>,
    /// With words in their number, e-mail address or phone number, each of them somewhere.
    pub search: Option<String>,
}

/// What orders are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderSort {
    /// When they were placed.
    PlacedAt,
    /// Their number, as text.
    Number,
    /// What is to be paid, in minor units whatever the currency.
    Total,
}

impl OrderSort {
    /// What its key is.
    pub const fn kind(self) -> SortKind {
        match self {
            Self::PlacedAt => SortKind::Integer("order.date"),
            Self::Total => SortKind::Integer("order.total"),
            Self::Number => SortKind::Text("order.number"),
        }
    }

    const fn column(self) -> order::Column {
        match self {
            Self::PlacedAt => order::Column::PlacedAt,
            Self::Number => order::Column::Number,
            Self::Total => order::Column::TotalMinor,
        }
    }
}

/// A list of orders to read.
#[derive(Clone, Debug)]
pub struct List {
    /// Which.
    pub wanted: Wanted,
    /// Sorted by what.
    pub sort: OrderSort,
    /// From high to low.
    pub descending: bool,
    /// Which part.
    pub slice: Slice,
    /// Whether to count them all.
    pub with_total: bool,
}

/// The words of a search that are looked for; the others are left out.
const WORDS_MAX: usize = 8;

/// Orders, for staff.
pub async fn orders(cx: &Cx, _may: Permit<ReadOrders>, list: List) -> Result<Listed, Fault> {
    listed(&cx.read(), list).await
}

/// The customer's own orders.
pub async fn own(cx: &Cx, customer: Customer, list: List) -> Result<Listed, Fault> {
    let wanted = Wanted { customer: Some(customer.account), ..list.wanted };
    listed(&cx.read(), List { wanted, ..list }).await
}

async fn listed(read: &Read, list: List) -> Result<Listed, Fault> {
    let List { wanted, sort, descending, slice, with_total } = list;
    let total = if with_total { Some(matching(read, &wanted).count().await?) } else { None };
    let sort = Sort { by: Expr::col((order::Entity, sort.column())), kind: sort.kind(), descending };
    let page = matching(read, &wanted).page(order::Column::Id, sort, slice).await?;
    Ok(Listed { page, total })
}

fn matching<'r>(read: &'r Read, wanted: &Wanted) -> Find<'r, order::Entity> {
    let mut find = read.find::<order::Entity>();
    if let Some(states) = &wanted.states {
        let standing = read.find::<order_status::Entity>();
        let standing = standing.filter(order_status::Column::State.is_in(states.iter().map(|state| state.code())));
        find = find.filter(order::Column::Id.in_subquery(standing.only(order_status::Column::OrderId)));
    }
    if let Some(number) = &wanted.number {
        let elsewhere = read.find::<order_import::Entity>();
        let elsewhere = elsewhere.filter(order_import::Column::ExternalNumber.eq(number.trim()));
        let elsewhere = order::Column::Id.in_subquery(elsewhere.only(order_import::Column::OrderId));
        let here = order::Column::Number.eq(text::ascii_digits(number.trim()));
        find = find.filter(Condition::any().add(here).add(elsewhere));
    }
    if let Some(email) = &wanted.email {
        find = find.filter(order::Column::Email.eq(email.trim().to_lowercase()));
    }
    if let Some(customer) = wanted.customer {
        find = find.by(customer);
    }
    if let Some(organisation) = wanted.organisation {
        find = find.by(organisation);
    }
    if let Some(channel) = wanted.channel {
        find = find.by(channel);
    }
    if let Some(from) = wanted.placed_from {
        find = find.filter(order::Column::PlacedAt.gte(from));
    }
    if let Some(until) = wanted.placed_until {
        find = find.filter(order::Column::PlacedAt.lt(until));
    }
    if let Some(tag) = &wanted.tag {
        let tagged = read.find::<order_tag::Entity>().filter(order_tag::Column::Folded.eq(text::fold(tag)));
        find = find.filter(order::Column::Id.in_subquery(tagged.only(order_tag::Column::OrderId)));
    }
    if let Some(sku) = &wanted.sku {
        let lines = read.find::<order_line::Entity>().filter(order_line::Column::Sku.eq(sku.trim()));
        find = find.filter(order::Column::Id.in_subquery(lines.only(order_line::Column::OrderId)));
    }
    if let Some(location) = &wanted.location {
        let place = read.find::<location::Entity>().filter(location::Column::Code.eq(location.trim()));
        let left = shipment::Column::LocationId.in_subquery(place.only(location::Column::Id));
        let left = read.find::<shipment::Entity>().filter(left);
        find = find.filter(order::Column::Id.in_subquery(left.only(shipment::Column::OrderId)));
    }
    for word in wanted.search.as_deref().map(text::fold).unwrap_or_default().split_whitespace().take(WORDS_MAX) {
        find = find.filter(anywhere(word));
    }
    find
}

/// Orders with a word, in lower case, in what people name them by.
fn anywhere(word: &str) -> Condition {
    let like = || containing(word);
    let column = |column| Expr::col((order::Entity, column));
    Condition::any()
        .add(Expr::from(Func::lower(column(order::Column::Number))).like(like()))
        .add(column(order::Column::Email).like(like()))
        .add(column(order::Column::Phone).like(like()))
}
