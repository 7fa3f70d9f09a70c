//! Lists of people.

use domain::identity::{kind::AccountKind, permission::proof::ReadCustomers};
use entity::identity::account;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// What customers are sorted by: when they registered, the latest first.
pub const CUSTOMERS_SORTED_BY: SortKind = SortKind::Integer("customer");

/// The customers, the latest first; with `email`, the one of that address.
pub async fn customers(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    email: Option<&str>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let email = email.map(|email| email.trim().to_lowercase());
    let find = || {
        let find = read.find::<account::Entity>().filter(account::Column::Kind.eq(AccountKind::Customer.code()));
        match &email {
            Some(email) => find.filter(account::Column::Email.eq(email.as_str())),
            None => find,
        }
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((account::Entity, account::Column::CreatedAt));
    let sort = Sort { by, kind: CUSTOMERS_SORTED_BY, descending: true };
    Ok(Listed { page: find().page(account::Column::Id, sort, slice).await?, total })
}
