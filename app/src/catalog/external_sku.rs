//! What others call variants: marketplaces, and channels with numbers of their own.

use std::collections::HashMap;

use domain::{
    id::{ExternalSku, Id, Variant},
    identity::permission::proof::ReadStock,
};
use entity::catalog::external_sku;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use store::{Fault, Read, Slice, Sort, SortKind};

use super::external_sku_rows as rows;
use crate::{
    cx::{Cx, Permit},
    list::{Listed, grouped},
};

/// Which names are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct ExternalSkusWanted {
    /// Of this marketplace or channel.
    pub marketplace: Option<String>,
    /// One of these SKUs there.
    pub skus: Option<Vec<String>>,
    /// Of one of these variants.
    pub variants: Option<Vec<Id<Variant>>>,
}

/// What names are sorted by.
pub const EXTERNAL_SKUS_SORTED_BY: SortKind = SortKind::Text("externalsku");

/// What variants are called elsewhere, by SKU there.
pub async fn list_external_skus(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    wanted: &ExternalSkusWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<external_sku::Entity>();
        if let Some(marketplace) = &wanted.marketplace {
            find = find.filter(external_sku::Column::Marketplace.eq(marketplace));
        }
        if let Some(skus) = &wanted.skus {
            find = find.filter(external_sku::Column::Sku.is_in(skus));
        }
        if let Some(variants) = &wanted.variants {
            find = find.by_any(variants.iter().copied());
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((external_sku::Entity, external_sku::Column::Sku));
    let sort = Sort { by, kind: EXTERNAL_SKUS_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(external_sku::Column::Id, sort, slice).await?, total })
}

/// Names by id.
pub async fn external_skus(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    ids: &[Id<ExternalSku>],
) -> Result<HashMap<Id<ExternalSku>, external_sku::Model>, Fault> {
    let rows = cx.read().find::<external_sku::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What each variant is called elsewhere, by marketplace and SKU.
pub async fn external_skus_of(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Vec<external_sku::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<external_sku::Entity>().by_any(variants.iter().copied());
    let find = find.order_by_asc(external_sku::Column::Marketplace).order_by_asc(external_sku::Column::Sku);
    Ok(grouped(find.all().await?.into_iter().map(|row| (row.variant_id, row))))
}

/// The variants that a marketplace or channel calls so.
pub async fn variants_by_external_sku(
    read: &Read,
    marketplace: &str,
    skus: &[&str],
) -> Result<HashMap<String, Id<Variant>>, Fault> {
    let found = rows::named(read, marketplace, skus).all().await?;
    Ok(found.into_iter().map(|row| (row.sku, row.variant_id)).collect())
}
