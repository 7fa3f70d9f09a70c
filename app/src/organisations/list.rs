//! Lists of companies.

use domain::identity::permission::proof::ReadCustomers;
use entity::organisations::organisation;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Which companies are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this number in the commercial register, exactly.
    pub registration_number: Option<String>,
    /// Of this number for value added tax, exactly.
    pub vat_number: Option<String>,
    /// Whether nobody can buy for them.
    pub is_suspended: Option<bool>,
}

/// What companies are sorted by: their code.
pub const ORGANISATIONS_SORTED_BY: SortKind = SortKind::Text("organisation");

/// The companies, by code.
pub async fn organisations(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    wanted: Wanted,
    (slice, with_total): (Slice, bool),
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<organisation::Entity>();
        if let Some(number) = &wanted.registration_number {
            find = find.filter(organisation::Column::RegistrationNumber.eq(number.trim()));
        }
        if let Some(number) = &wanted.vat_number {
            find = find.filter(organisation::Column::VatNumber.eq(number.trim()));
        }
        if let Some(is_suspended) = wanted.is_suspended {
            find = find.filter(organisation::Column::IsSuspended.eq(is_suspended));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((organisation::Entity, organisation::Column::Code));
    let sort = Sort { by, kind: ORGANISATIONS_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(organisation::Column::Id, sort, slice).await?, total })
}
