//! The statements of what others call variants.

use std::collections::HashMap;

use domain::id::{ExternalSku, Id, Variant};
use entity::catalog::external_sku;
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use store::{Backend, Fault, Find, Read, Tx};

/// What these SKUs of a marketplace are here.
pub(super) fn named<'r>(read: &'r Read, marketplace: &str, skus: &[&str]) -> Find<'r, external_sku::Entity> {
    read.find::<external_sku::Entity>()
        .filter(external_sku::Column::Marketplace.eq(marketplace))
        .filter(external_sku::Column::Sku.is_in(skus.iter().copied()))
}

/// The same, locked.
pub(super) async fn lock(tx: &Tx, marketplace: &str, skus: &[&str]) -> Result<Vec<external_sku::Model>, Fault> {
    let mut find = named(tx, marketplace, skus).order_by_asc(external_sku::Column::Sku);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::Update);
    }
    find.all().await
}

/// How many names each variant has.
pub(super) async fn n_names(read: &Read, variants: &[Id<Variant>]) -> Result<HashMap<Id<Variant>, i64>, Fault> {
    let find = read.find::<external_sku::Entity>().by_any(variants.iter().copied()).select_only();
    let find = find.column(external_sku::Column::VariantId).column_as(external_sku::Column::Id.count(), "n");
    let counted = find.group_by(external_sku::Column::VariantId).tuples::<(Id<Variant>, i64)>().await?;
    Ok(counted.into_iter().collect())
}

/// Has a locked name mean another variant.
pub(super) async fn update(tx: &Tx, id: Id<ExternalSku>, variant: Id<Variant>) -> Result<(), Fault> {
    tx.update::<external_sku::Entity>()
        .by(id)
        .set(external_sku::Column::VariantId, Expr::value(variant))
        .run()
        .await
        .map(drop)
}

/// Writes a name; none if somebody else has just done so.
pub(super) async fn insert(
    tx: &Tx,
    (marketplace, sku): (&str, &str),
    variant: Id<Variant>,
) -> Result<Option<Id<ExternalSku>>, Fault> {
    let id = tx.new_id();
    let row = external_sku::ActiveModel {
        id: Set(id),
        marketplace: Set(marketplace.to_owned()),
        sku: Set(sku.to_owned()),
        variant_id: Set(variant),
        ..Default::default()
    };
    Ok(tx.insert_new(row).await?.then_some(id))
}

/// Removes a locked name.
pub(super) async fn delete(tx: &Tx, id: Id<ExternalSku>) -> Result<(), Fault> {
    tx.delete::<external_sku::Entity>().by(id).run().await.map(drop)
}
