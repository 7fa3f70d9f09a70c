//! Lists of companies.

use domain::identity::permission::proof::ReadCustomers;
use entity::organisations::organisation;
use sea_orm::sea_query::Expr;
use store::{Fault, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// What companies are sorted by: their code.
pub const ORGANISATIONS_SORTED_BY: SortKind = SortKind::Text("organisation");

/// The companies, by code.
pub async fn organisations(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<organisation::Entity>().count().await?) } else { None };
    let by = Expr::col((organisation::Entity, organisation::Column::Code));
    let sort = Sort { by, kind: ORGANISATIONS_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<organisation::Entity>().page(organisation::Column::Id, sort, slice).await?, total })
}
