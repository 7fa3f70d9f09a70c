//! Companies for readers, many at once.

use std::collections::HashMap;

use domain::{
    id::{Id, Organisation},
    identity::permission::proof::ReadCustomers,
};
use entity::organisations::organisation;
use store::Fault;

use crate::cx::{Cx, Permit};

/// Companies by id.
pub async fn organisations(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    ids: &[Id<Organisation>],
) -> Result<HashMap<Id<Organisation>, organisation::Model>, Fault> {
    let rows = cx.read().find::<organisation::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
