//! The statements of the catalogue.

use std::collections::HashSet;

use domain::{
    catalog::measure::Measure,
    id::{Category, Channel, Id, Product, Variant},
    time::Instant,
};
use entity::catalog::{category, collection, product, publication, variant};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, LockType, SelectStatement},
};
use store::{Backend, Fault, Read, Tx};

/// The ids of the products a channel shows at an instant.
pub(crate) fn shown(read: &Read, channel: Id<Channel>, at: Instant) -> SelectStatement {
    read.find::<publication::Entity>()
        .by(channel)
        .filter(publication::Column::PublishedAt.lte(at))
        .only(publication::Column::ProductId)
}

/// Those of the products that a channel shows at an instant.
pub(crate) async fn products(
    read: &Read,
    ids: &[Id<Product>],
    channel: Id<Channel>,
    at: Instant,
) -> Result<Vec<product::Model>, Fault> {
    read.find::<product::Entity>()
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .filter(product::Column::Id.in_subquery(shown(read, channel, at)))
        .all()
        .await
}

/// The product of a slug, whether it is shown or not.
pub async fn product_by_slug(read: &Read, slug: &str) -> Result<Option<product::Model>, Fault> {
    read.find::<product::Entity>().filter(product::Column::Slug.eq(slug)).one().await
}

/// The variant of a SKU, whether it is shown or not.
pub async fn variant_by_sku(read: &Read, sku: &str) -> Result<Option<variant::Model>, Fault> {
    read.find::<variant::Entity>().filter(variant::Column::Sku.eq(sku)).one().await
}

/// The variants that have these SKUs, whether they are shown or not.
pub(super) async fn variants_by_sku(read: &Read, skus: &[&str]) -> Result<Vec<variant::Model>, Fault> {
    read.find::<variant::Entity>().filter(variant::Column::Sku.is_in(skus.iter().copied())).all().await
}

/// Locks variants: of two who change one at once, one waits. Gives them as they are.
pub(super) async fn lock_variants(tx: &Tx, ids: &[Id<Variant>]) -> Result<Vec<variant::Model>, Fault> {
    lock(tx, ids).await?;
    let position = Expr::col(variant::Column::Position);
    let update = tx.update::<variant::Entity>().filter(variant::Column::Id.is_in(ids.iter().copied()));
    update.set(variant::Column::Position, position).run().await?;
    tx.find::<variant::Entity>().by_any(ids.iter().copied()).all().await
}

/// Locks variants against all who keep or lock them, in the order of their ids, until the transaction ends. SQLite lets one
/// write at a time anyway.
pub async fn lock(tx: &Tx, ids: &[Id<Variant>]) -> Result<(), Fault> {
    locked(tx, ids, LockType::NoKeyUpdate).await
}

/// Keeps others from locking variants, in the order of their ids, until the transaction ends; others may keep them as well.
pub async fn keep(tx: &Tx, ids: &[Id<Variant>]) -> Result<(), Fault> {
    locked(tx, ids, LockType::Share).await
}

async fn locked(tx: &Tx, ids: &[Id<Variant>], lock: LockType) -> Result<(), Fault> {
    if tx.backend() != Backend::Postgres {
        return Ok(());
    }
    let find = tx.find::<variant::Entity>().by_any(ids.iter().copied()).order_by_asc(variant::Column::Id);
    find.lock(lock).all().await.map(drop)
}

/// Says how much is in variants: one statement for hundreds.
pub(super) async fn set_measures(tx: &Tx, measures: &[(Id<Variant>, Option<Measure>)]) -> Result<(), Fault> {
    let mut case = CaseStatement::new();
    for (variant, measure) in measures {
        let kept = measure.as_ref().map(serde_json::to_string).transpose().map_err(Fault::new)?;
        case = case.case(Expr::col(variant::Column::Id).eq(*variant), Expr::val(kept));
    }
    let update = tx.update::<variant::Entity>();
    let update = update.filter(variant::Column::Id.is_in(measures.iter().map(|(variant, _)| *variant)));
    update.set(variant::Column::Measure, case).run().await.map(drop)
}

/// The category of a slug.
pub async fn category_by_slug(read: &Read, slug: &str) -> Result<Option<category::Model>, Fault> {
    read.find::<category::Entity>().filter(category::Column::Slug.eq(slug)).one().await
}

/// The collection of a slug.
pub async fn collection_by_slug(read: &Read, slug: &str) -> Result<Option<collection::Model>, Fault> {
    read.find::<collection::Entity>().filter(collection::Column::Slug.eq(slug)).one().await
}

/// Those of the products that a channel shows at an instant.
pub async fn shown_at(
    read: &Read,
    channel: Id<Channel>,
    products: &[Id<Product>],
    at: Instant,
) -> Result<HashSet<Id<Product>>, Fault> {
    let find = read.find::<publication::Entity>().by(channel);
    let find = find.filter(publication::Column::ProductId.is_in(products.iter().copied()));
    let rows = find.filter(publication::Column::PublishedAt.lte(at)).all().await?;
    Ok(rows.into_iter().map(|row| row.product_id).collect())
}

/// The products that a channel shows, or will.
pub async fn published(read: &Read, channel: Id<Channel>) -> Result<Vec<Id<Product>>, Fault> {
    let rows = read.find::<publication::Entity>().by(channel).all().await?;
    Ok(rows.into_iter().map(|row| row.product_id).collect())
}

/// The variants of products.
pub async fn any_variants_of(read: &Read, products: &[Id<Product>]) -> Result<Vec<variant::Model>, Fault> {
    read.find::<variant::Entity>().filter(variant::Column::ProductId.is_in(products.iter().copied())).all().await
}

/// Has whoever says what these products cost at least in a channel wait for who does already, until the transaction ends: what
/// it depends on is read after.
pub async fn lock_lowest(tx: &Tx, channel: Id<Channel>, products: &[Id<Product>]) -> Result<(), Fault> {
    if tx.backend() != Backend::Postgres {
        return Ok(());
    }
    let find = tx.find::<publication::Entity>().by(channel);
    let find = find.filter(publication::Column::ProductId.is_in(products.iter().copied()));
    find.order_by_asc(publication::Column::ProductId).lock(LockType::NoKeyUpdate).all().await.map(drop)
}

/// Says what products cost at least in a channel, those that are shown there: one statement for hundreds.
pub async fn set_lowest(tx: &Tx, channel: Id<Channel>, lowest: &[(Id<Product>, i64)]) -> Result<(), Fault> {
    if lowest.is_empty() {
        return Ok(());
    }
    let minor = lowest.iter().fold(CaseStatement::new(), |case, (product, minor)| {
        case.case(Expr::col(publication::Column::ProductId).eq(*product), Expr::val(*minor))
    });
    let update = tx.update::<publication::Entity>().by(channel);
    let update = update.filter(publication::Column::ProductId.is_in(lowest.iter().map(|(product, _)| *product)));
    let update = update.filter(Expr::col(publication::Column::LowestMinor).ne(minor.clone()));
    update.set(publication::Column::LowestMinor, minor).run().await.map(drop)
}

/// The paths of categories.
pub(crate) async fn paths(read: &Read, ids: &[Id<Category>]) -> Result<Vec<String>, Fault> {
    let find = read.find::<category::Entity>().filter(category::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|category| category.path).collect())
}
