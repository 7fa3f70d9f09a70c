//! Lists of drafts.

use domain::{
    cart::draft::DraftState,
    id::{Account, Channel, Id},
    identity::permission::proof::ReadOrders,
};
use entity::cart::{cart, draft_order};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Find, Read, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Which drafts are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In one of these states.
    pub states: Option<Vec<DraftState>>,
    /// For this customer.
    pub customer: Option<Id<Account>>,
    /// Whose news goes to this address, whatever its case.
    pub email: Option<String>,
    /// Of this channel.
    pub channel: Option<Id<Channel>>,
}

/// What drafts are sorted by: when they were made.
pub const SORTED_BY: SortKind = SortKind::Integer("draft");

/// Drafts, the newest first.
pub async fn drafts(
    cx: &Cx,
    _may: Permit<ReadOrders>,
    wanted: &Wanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(matching(&read, wanted).count().await?) } else { None };
    let by = Expr::col((draft_order::Entity, draft_order::Column::CreatedAt));
    let sort = Sort { by, kind: SORTED_BY, descending: true };
    Ok(Listed { page: matching(&read, wanted).page(draft_order::Column::Id, sort, slice).await?, total })
}

fn matching<'r>(read: &'r Read, wanted: &Wanted) -> Find<'r, draft_order::Entity> {
    let find = read.find::<draft_order::Entity>();
    let mut carts = read.find::<cart::Entity>();
    let Wanted { states, customer, email, channel } = wanted;
    if states.is_none() && customer.is_none() && email.is_none() && channel.is_none() {
        return find;
    }
    if let Some(states) = states {
        carts = carts.filter(cart::Column::State.is_in(states.iter().map(|state| state.of_cart())));
    }
    if let Some(customer) = customer {
        carts = carts.by(*customer);
    }
    if let Some(email) = email {
        carts = carts.filter(cart::Column::Email.eq(email.trim().to_lowercase()));
    }
    if let Some(channel) = channel {
        carts = carts.by(*channel);
    }
    find.filter(draft_order::Column::CartId.in_subquery(carts.only(cart::Column::Id)))
}
