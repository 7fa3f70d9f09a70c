//! Lists of stock for staff.

use domain::{
    date::Date,
    id::{Id, InboundSupply, Location, StockCount, Transfer, Variant},
    identity::permission::proof::ReadStock,
    inventory::{movement::Cause, place::PlaceKind, supply::SupplyState, transfer::TransferState},
    time::Instant,
};
use entity::inventory::{inbound_supply, location, movement, stock_count, stock_level, transfer};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Find, Read, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Which movements are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct MovementsWanted {
    /// Of this variant.
    pub variant: Option<Id<Variant>>,
    /// At this place.
    pub location: Option<Id<Location>>,
    /// Of this cause.
    pub cause: Option<Cause>,
    /// At this instant or later.
    pub since: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

/// What movements are sorted by: when they were made, the latest first.
pub const MOVEMENTS_SORTED_BY: SortKind = SortKind::Integer("movement");

/// Movements, the newest first.
pub async fn movements(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &MovementsWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(moved(&read, wanted).count().await?) } else { None };
    let by = Expr::col((movement::Entity, movement::Column::At));
    let sort = Sort { by, kind: MOVEMENTS_SORTED_BY, descending: true };
    Ok(Listed { page: moved(&read, wanted).page(movement::Column::Id, sort, slice).await?, total })
}

fn moved<'r>(read: &'r Read, wanted: &MovementsWanted) -> Find<'r, movement::Entity> {
    let mut find = read.find::<movement::Entity>();
    if let Some(variant) = wanted.variant {
        find = find.by(variant);
    }
    if let Some(location) = wanted.location {
        find = find.by(location);
    }
    if let Some(cause) = wanted.cause {
        find = find.filter(movement::Column::Cause.eq(cause.code()));
    }
    if let Some(since) = wanted.since {
        find = find.filter(movement::Column::At.gte(since));
    }
    if let Some(until) = wanted.until {
        find = find.filter(movement::Column::At.lt(until));
    }
    find
}

/// Which levels are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct LevelsWanted {
    /// Of one of these variants.
    pub variants: Option<Vec<Id<Variant>>>,
    /// At one of these places.
    pub locations: Option<Vec<Id<Location>>>,
    /// Whether there is little: at or below the threshold.
    pub is_low: Option<bool>,
}

/// What levels are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelSort {
    /// When something was first there, the oldest first.
    Since,
    /// Units that can be sold, the fewest first.
    Available,
}

impl LevelSort {
    /// What its key is.
    pub const fn kind(self) -> SortKind {
        match self {
            Self::Since => SortKind::Integer("level.since"),
            Self::Available => SortKind::Integer("level.available"),
        }
    }

    fn key(self) -> Expr {
        match self {
            Self::Since => Expr::col((stock_level::Entity, stock_level::Column::Since)),
            Self::Available => sellable(),
        }
    }
}

/// What of a level can be sold, before any channel's buffer.
fn sellable() -> Expr {
    let column = |column| Expr::col((stock_level::Entity, column));
    let free = column(stock_level::Column::OnHand).sub(column(stock_level::Column::Reserved));
    free.sub(column(stock_level::Column::Safety))
}

/// Levels, sorted.
pub async fn levels(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &LevelsWanted,
    sort: LevelSort,
    (slice, with_total): (Slice, bool),
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(held(&read, wanted).count().await?) } else { None };
    let sort = Sort { by: sort.key(), kind: sort.kind(), descending: false };
    Ok(Listed { page: held(&read, wanted).page(stock_level::Column::Id, sort, slice).await?, total })
}

fn held<'r>(read: &'r Read, wanted: &LevelsWanted) -> Find<'r, stock_level::Entity> {
    let mut find = read.find::<stock_level::Entity>();
    if let Some(variants) = &wanted.variants {
        find = find.by_any(variants.iter().copied());
    }
    if let Some(locations) = &wanted.locations {
        find = find.by_any(locations.iter().copied());
    }
    if let Some(is_low) = wanted.is_low {
        let low = stock_level::Column::LowAt;
        let is_low_now = low.is_not_null().and(sellable().lte(Expr::col((stock_level::Entity, low))));
        find = find.filter(if is_low { is_low_now } else { low.is_null().or(is_low_now.not()) });
    }
    find
}

/// Which places are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct PlacesWanted {
    /// Of one of these kinds.
    pub kinds: Option<Vec<PlaceKind>>,
    /// Whether channels sell from it.
    pub is_active: Option<bool>,
}

/// What places are sorted by: their code.
pub const PLACES_SORTED_BY: SortKind = SortKind::Text("location.code");

/// Places, by code.
pub async fn places(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &PlacesWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<location::Entity>();
        if let Some(kinds) = &wanted.kinds {
            find = find.filter(location::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())));
        }
        if let Some(is_active) = wanted.is_active {
            find = find.filter(location::Column::IsActive.eq(is_active));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((location::Entity, location::Column::Code));
    let sort = Sort { by, kind: PLACES_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(location::Column::Id, sort, slice).await?, total })
}

/// Which transfers are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct TransfersWanted {
    /// One of these.
    pub ids: Option<Vec<Id<Transfer>>>,
    /// In one of these states.
    pub states: Option<Vec<TransferState>>,
    /// From this place.
    pub from: Option<Id<Location>>,
    /// To this place.
    pub to: Option<Id<Location>>,
}

/// What transfers are sorted by: when they left, the latest first.
pub const TRANSFERS_SORTED_BY: SortKind = SortKind::Integer("transfer");

/// Transfers, the newest first.
pub async fn transfers(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &TransfersWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<transfer::Entity>();
        if let Some(ids) = &wanted.ids {
            find = find.by_any(ids.iter().copied());
        }
        if let Some(states) = &wanted.states {
            find = find.filter(transfer::Column::State.is_in(states.iter().map(|state| state.code())));
        }
        if let Some(from) = wanted.from {
            find = find.filter(transfer::Column::FromId.eq(from));
        }
        if let Some(to) = wanted.to {
            find = find.filter(transfer::Column::ToId.eq(to));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((transfer::Entity, transfer::Column::ShippedAt));
    let sort = Sort { by, kind: TRANSFERS_SORTED_BY, descending: true };
    Ok(Listed { page: find().page(transfer::Column::Id, sort, slice).await?, total })
}

/// Which counts are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct CountsWanted {
    /// One of these.
    pub ids: Option<Vec<Id<StockCount>>>,
    /// At this place.
    pub location: Option<Id<Location>>,
    /// Whether they go on.
    pub is_open: Option<bool>,
}

/// What counts are sorted by: when they were opened, the latest first.
pub const COUNTS_SORTED_BY: SortKind = SortKind::Integer("count");

/// Counts, the newest first.
pub async fn counts(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &CountsWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<stock_count::Entity>();
        if let Some(ids) = &wanted.ids {
            find = find.by_any(ids.iter().copied());
        }
        if let Some(location) = wanted.location {
            find = find.by(location);
        }
        if let Some(is_open) = wanted.is_open {
            find = find.filter(stock_count::Column::State.eq(if is_open { "OPEN" } else { "CLOSED" }));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((stock_count::Entity, stock_count::Column::OpenedAt));
    let sort = Sort { by, kind: COUNTS_SORTED_BY, descending: true };
    Ok(Listed { page: find().page(stock_count::Column::Id, sort, slice).await?, total })
}

/// Which supplies are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct SuppliesWanted {
    /// One of these.
    pub ids: Option<Vec<Id<InboundSupply>>>,
    /// Of one of these variants.
    pub variants: Option<Vec<Id<Variant>>>,
    /// To this place.
    pub location: Option<Id<Location>>,
    /// In one of these states.
    pub states: Option<Vec<SupplyState>>,
    /// To come on this day or before.
    pub until: Option<Date>,
}

/// What supplies are sorted by: the day on which they are to come, the soonest first.
pub const SUPPLIES_SORTED_BY: SortKind = SortKind::Integer("supply");

/// Supplies, the soonest first.
pub async fn supplies(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &SuppliesWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<inbound_supply::Entity>();
        if let Some(ids) = &wanted.ids {
            find = find.by_any(ids.iter().copied());
        }
        if let Some(variants) = &wanted.variants {
            find = find.by_any(variants.iter().copied());
        }
        if let Some(location) = wanted.location {
            find = find.by(location);
        }
        if let Some(states) = &wanted.states {
            find = find.filter(inbound_supply::Column::State.is_in(states.iter().map(|state| state.code())));
        }
        if let Some(until) = wanted.until {
            find = find.filter(inbound_supply::Column::ExpectedOn.lte(until.days()));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((inbound_supply::Entity, inbound_supply::Column::ExpectedOn));
    let sort = Sort { by, kind: SUPPLIES_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(inbound_supply::Column::Id, sort, slice).await?, total })
}
