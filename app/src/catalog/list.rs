//! Lists of products, categories and collections.

use domain::{
    id::{Category, Collection, Id, Product},
    language::Language,
    text,
};
use entity::catalog::{category, collection, product, product_collection, publication, variant};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    sea_query::{Expr, Func, LikeExpr, SelectStatement},
};
use store::{Fault, Find, Read, Slice, Sort, SortKind};

use super::rows;
use crate::{
    cx::{Cx, Public},
    list::{Listed, containing},
};

/// Which products are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these.
    pub ids: Option<Vec<Id<Product>>>,
    /// In one of these categories or beneath them.
    pub categories: Option<Vec<Id<Category>>>,
    /// In one of these collections.
    pub collections: Option<Vec<Id<Collection>>>,
    /// Of one of these product types, by code.
    pub types: Option<Vec<String>>,
    /// With words in their names, brands or addresses, each of them somewhere.
    pub search: Option<String>,
    /// With a variant of one of these SKUs.
    pub skus: Option<Vec<String>>,
    /// Whose lowest price is not below this, minor units of the channel's currency.
    pub from_minor: Option<i64>,
    /// Whose lowest price is not above this, minor units of the channel's currency.
    pub to_minor: Option<i64>,
}

/// What products are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductSort {
    /// When they were published in the channel.
    PublishedAt,
    /// Their name, in the reader's language.
    Name,
    /// Their lowest price in the channel.
    Price,
}

impl ProductSort {
    /// What its key is.
    pub const fn kind(self) -> SortKind {
        match self {
            Self::PublishedAt => SortKind::Integer("product.date"),
            Self::Price => SortKind::Integer("product.price"),
            Self::Name => SortKind::Text("product.name"),
        }
    }
}

/// A list of products to read.
#[derive(Clone, Debug)]
pub struct List {
    /// Which.
    pub wanted: Wanted,
    /// Sorted by what.
    pub sort: ProductSort,
    /// From high to low.
    pub descending: bool,
    /// Which part.
    pub slice: Slice,
    /// Whether to count them all.
    pub with_total: bool,
}

/// The products that the request's channel shows.
pub async fn products(cx: &Cx, _anybody: Public, list: List) -> Result<Listed, Fault> {
    let List { wanted, sort, descending, slice, with_total } = list;
    let read = cx.read();
    let paths = match &wanted.categories {
        Some(categories) => Some(rows::paths(&read, categories).await?),
        None => None,
    };
    let matching = || matching(cx, &read, &wanted, paths.as_deref());
    let find = matching()?;
    let total = if with_total { Some(matching()?.count().await?) } else { None };
    let by = match sort {
        ProductSort::PublishedAt => Expr::col((publication::Entity, publication::Column::PublishedAt)),
        ProductSort::Price => Expr::col((publication::Entity, publication::Column::LowestMinor)),
        ProductSort::Name => name(cx.language()),
    };
    let page = find.page(product::Column::Id, Sort { by, kind: sort.kind(), descending }, slice).await?;
    Ok(Listed { page, total })
}

/// The name in a language, else in the other.
fn name(language: Language) -> Expr {
    let column = |column| Expr::col((product::Entity, column));
    let (first, second) = match language {
        Language::Ar => (product::Column::NameAr, product::Column::NameEn),
        Language::En => (product::Column::NameEn, product::Column::NameAr),
    };
    Func::coalesce([column(first), column(second), Expr::val("")]).into()
}

fn matching<'r>(
    cx: &Cx,
    read: &'r Read,
    wanted: &Wanted,
    paths: Option<&[String]>,
) -> Result<Find<'r, product::Entity>, Fault> {
    let channel = cx.channel()?.id;
    let listed = |column| Expr::col((publication::Entity, column));
    let mut find = read
        .find::<product::Entity>()
        .join(JoinType::InnerJoin, publication_of_product())
        .filter(listed(publication::Column::ChannelId).eq(channel))
        .filter(listed(publication::Column::PublishedAt).lte(cx.now()));
    if let Some(from) = wanted.from_minor {
        find = find.filter(listed(publication::Column::LowestMinor).gte(from));
    }
    if let Some(to) = wanted.to_minor {
        find = find.filter(listed(publication::Column::LowestMinor).lte(to));
    }
    if let Some(ids) = &wanted.ids {
        find = find.filter(product::Column::Id.is_in(ids.iter().copied()));
    }
    if let Some(paths) = paths {
        find = find.filter(product::Column::CategoryId.in_subquery(beneath(read, paths)));
    }
    if let Some(collections) = &wanted.collections {
        let members = read
            .find::<product_collection::Entity>()
            .by_any(collections.iter().copied())
            .only(product_collection::Column::ProductId);
        find = find.filter(product::Column::Id.in_subquery(members));
    }
    if let Some(types) = &wanted.types {
        let of = read.find::<entity::catalog::product_type::Entity>();
        let of = of.filter(entity::catalog::product_type::Column::Code.is_in(types.iter().map(String::as_str)));
        find =
            find.filter(product::Column::ProductTypeId.in_subquery(of.only(entity::catalog::product_type::Column::Id)));
    }
    if let Some(skus) = &wanted.skus {
        let of = read.find::<variant::Entity>();
        let of = of.filter(variant::Column::Sku.is_in(skus.iter().map(String::as_str)));
        find = find.filter(product::Column::Id.in_subquery(of.only(variant::Column::ProductId)));
    }
    for word in wanted.search.as_deref().map(text::fold).unwrap_or_default().split_whitespace().take(8) {
        find = find.filter(product::Column::SearchText.like(containing(word)));
    }
    Ok(find)
}

/// The ids of the categories at these paths and of all beneath them.
fn beneath(read: &Read, paths: &[String]) -> SelectStatement {
    // A path ends with a slash, and slugs hold nothing that a pattern would take for a sign.
    let within = paths.iter().map(|path| category::Column::Path.like(LikeExpr::new(format!("{path}%"))));
    let within = within.fold(Condition::any(), Condition::add);
    read.find::<category::Entity>().filter(within).only(category::Column::Id)
}

/// A product joins its publications, in its own tenant.
fn publication_of_product() -> RelationDef {
    product::Entity::belongs_to(publication::Entity)
        .from((product::Column::TenantId, product::Column::Id))
        .to((publication::Column::TenantId, publication::Column::ProductId))
        .into()
}

/// What categories are sorted by: their place.
pub const CATEGORIES_SORTED_BY: SortKind = SortKind::Integer("category");

/// What collections are sorted by: their place.
pub const COLLECTIONS_SORTED_BY: SortKind = SortKind::Integer("collection");

/// Categories in the order of the tree; of one parent, the roots, or all.
pub async fn categories(
    cx: &Cx,
    _anybody: Public,
    within: Within,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let find = read.find::<category::Entity>();
        match within {
            Within::Everywhere => find,
            Within::Roots => find.filter(category::Column::ParentId.is_null()),
            Within::Category(parent) => find.filter(category::Column::ParentId.eq(parent)),
        }
    };
    let by = Expr::col((category::Entity, category::Column::Position)).cast_as("bigint");
    let total = if with_total { Some(find().count().await?) } else { None };
    let sort = Sort { by, kind: CATEGORIES_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(category::Column::Id, sort, slice).await?, total })
}

/// Which part of the category tree is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Within {
    /// All of it.
    Everywhere,
    /// The top.
    Roots,
    /// What stands directly in a category.
    Category(Id<Category>),
}

/// Collections in their order.
pub async fn collections(cx: &Cx, _anybody: Public, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let read = cx.read();
    let by = Expr::col((collection::Entity, collection::Column::Position)).cast_as("bigint");
    let total = if with_total { Some(read.find::<collection::Entity>().count().await?) } else { None };
    let sort = Sort { by, kind: COLLECTIONS_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<collection::Entity>().page(collection::Column::Id, sort, slice).await?, total })
}
