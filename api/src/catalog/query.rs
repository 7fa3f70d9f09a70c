//! Queries of the catalogue.

use app::{
    catalog::{
        self, Named,
        list::{CATEGORIES_SORTED_BY, COLLECTIONS_SORTED_BY, List, ProductSort, Wanted, Within},
    },
    cx::Public,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use domain::{
    catalog::sku::Sku,
    id::{self, Id},
    invalid::Problem,
    money,
};

use super::{category::Category, collection::Collection, product::Product, variant::ProductVariant};
use crate::graphql::{
    code::{ErrorCode, of_problem},
    connection::{Connection, Paging, connection, wants_total},
    error, input,
    language::Reading,
    loader,
};

/// Which products are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ProductFilter {
    /// Only these products.
    pub ids: Option<Vec<ID>>,
    /// In one of these categories or beneath them.
    pub categories: Option<Vec<ID>>,
    /// In one of these collections.
    pub collections: Option<Vec<ID>>,
    /// Of one of these product types, by code.
    pub product_types: Option<Vec<String>>,
    /// With all these words in name, brand or address. Arabic spellings are folded: أ finds ا, ة finds ه.
    pub search: Option<String>,
    /// With a variant of one of these SKUs.
    pub skus: Option<Vec<String>>,
    /// By their lowest price in the channel, as it was when it was set last: neither what was agreed on with whoever asks nor what
    /// is taken off makes a difference, and one that was scheduled counts from the next change of a price on.
    pub price: Option<PriceFilter>,
}

/// A span of prices, as decimal strings in the channel's currency.
#[derive(InputObject, Clone, Debug, Default)]
pub struct PriceFilter {
    /// Not below.
    pub from: Option<String>,
    /// Not above.
    pub to: Option<String>,
}

/// What products are sorted by.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct ProductOrder {
    /// The field.
    pub field: ProductOrderField,
    /// Which way.
    pub direction: OrderDirection,
}

/// What products can be sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOrderField {
    /// When they were published in the channel.
    PublishedAt,
    /// Their name, in the request's language.
    Name,
    /// Their lowest price in the channel.
    Price,
}

/// Which way a list runs.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderDirection {
    /// From low to high.
    Asc,
    /// From high to low.
    Desc,
}

/// How one record is named.
#[derive(OneofObject, Clone, Debug)]
pub enum By {
    /// By its id.
    Id(ID),
    /// By its slug.
    Slug(String),
}

/// How a variant is named.
#[derive(OneofObject, Clone, Debug)]
pub enum VariantBy {
    /// By its id.
    Id(ID),
    /// By its SKU.
    Sku(String),
}

impl VariantBy {
    /// Checks the name; whether there is such a variant is not known yet.
    pub fn parse(self) -> Result<Named, Problem> {
        match self {
            Self::Id(id) => input::id(&id).map(Named::Id),
            Self::Sku(sku) => Sku::parse(&sku).map(|sku| Named::Sku(sku.as_str().to_owned())),
        }
    }
}

/// Queries of the catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct CatalogQuery;

/// What is sold.
#[Object]
impl CatalogQuery {
    /// A product that the channel shows.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: By,
    ) -> async_graphql::Result<Option<Product>> {
        let id = match by {
            By::Id(id) => one_id(ctx, &id)?,
            By::Slug(slug) => {
                let found = catalog::product_by_slug(&ctx.cx().read(), &slug).await;
                match found.map_err(|fault| failed(ctx, &fault))? {
                    Some(row) => row.id,
                    None => return Ok(None),
                }
            }
        };
        Ok(loader::one(ctx, id).await?.map(Product))
    }

    /// Products that the channel shows.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which products.", default)] filter: ProductFilter,
        #[graphql(desc = "In which order; the newest first if left out.")] sort_by: Option<ProductOrder>,
    ) -> async_graphql::Result<Connection<Product>> {
        let cx = ctx.cx();
        let (sort, descending) = sort_by.map_or((ProductSort::PublishedAt, true), ProductOrder::parse);
        let (wanted, slice) = (filter.parse(ctx)?, page.slice(cx, sort.kind())?);
        let list = List { wanted, sort, descending, slice, with_total: wants_total(ctx) };
        let listed = catalog::list::products(cx, Public, list).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Product>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Product>::new(row.id)).map(Product)))
    }

    /// A variant of a product that the channel shows.
    async fn product_variant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: VariantBy,
    ) -> async_graphql::Result<Option<ProductVariant>> {
        let id = match by {
            VariantBy::Id(id) => one_id(ctx, &id)?,
            VariantBy::Sku(sku) => {
                let found = catalog::variant_by_sku(&ctx.cx().read(), &sku).await;
                match found.map_err(|fault| failed(ctx, &fault))? {
                    Some(row) => row.id,
                    None => return Ok(None),
                }
            }
        };
        Ok(loader::one(ctx, id).await?.map(ProductVariant))
    }

    /// A category.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: By,
    ) -> async_graphql::Result<Option<Category>> {
        match by {
            By::Id(id) => Ok(loader::one(ctx, one_id::<id::Category>(ctx, &id)?).await?.map(Category)),
            By::Slug(slug) => {
                let found = catalog::category_by_slug(&ctx.cx().read(), &slug).await;
                Ok(found.map_err(|fault| failed(ctx, &fault))?.map(Category))
            }
        }
    }

    /// Categories in the shop's order.
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Only the roots of the tree.", default)] roots_only: bool,
    ) -> async_graphql::Result<Connection<Category>> {
        let slice = page.slice(ctx.cx(), CATEGORIES_SORTED_BY)?;
        let within = if roots_only { Within::Roots } else { Within::Everywhere };
        let listed = catalog::list::categories(ctx.cx(), Public, within, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Category>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Category>::new(row.id)).map(Category)))
    }

    /// A collection.
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: By,
    ) -> async_graphql::Result<Option<Collection>> {
        match by {
            By::Id(id) => Ok(loader::one(ctx, one_id::<id::Collection>(ctx, &id)?).await?.map(Collection)),
            By::Slug(slug) => {
                let found = catalog::collection_by_slug(&ctx.cx().read(), &slug).await;
                Ok(found.map_err(|fault| failed(ctx, &fault))?.map(Collection))
            }
        }
    }

    /// Collections in the shop's order.
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Collection>> {
        let slice = page.slice(ctx.cx(), COLLECTIONS_SORTED_BY)?;
        let listed = catalog::list::collections(ctx.cx(), Public, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Collection>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Collection>::new(row.id)).map(Collection)))
    }
}

impl ProductOrder {
    fn parse(self) -> (ProductSort, bool) {
        let sort = match self.field {
            ProductOrderField::PublishedAt => ProductSort::PublishedAt,
            ProductOrderField::Name => ProductSort::Name,
            ProductOrderField::Price => ProductSort::Price,
        };
        (sort, self.direction == OrderDirection::Desc)
    }
}

impl ProductFilter {
    fn parse(self, ctx: &Context<'_>) -> async_graphql::Result<Wanted> {
        let price = self.price.unwrap_or_default();
        Ok(Wanted {
            ids: self.ids.map(|ids| many_ids(ctx, ids)).transpose()?,
            categories: self.categories.map(|ids| many_ids(ctx, ids)).transpose()?,
            collections: self.collections.map(|ids| many_ids(ctx, ids)).transpose()?,
            types: self.product_types.map(|codes| limited(ctx, codes)).transpose()?,
            search: self.search,
            skus: self.skus.map(|skus| limited(ctx, skus)).transpose()?,
            from_minor: price.from.map(|text| amount(ctx, &text)).transpose()?,
            to_minor: price.to.map(|text| amount(ctx, &text)).transpose()?,
        })
    }
}

fn amount(ctx: &Context<'_>, text: &str) -> async_graphql::Result<i64> {
    let currency = ctx.cx().channel().and_then(|channel| app::channels::currency(channel));
    let currency = currency.map_err(|fault| failed(ctx, &fault))?;
    let money = money::Money::parse(text, currency);
    Ok(money.ok_or_else(|| error::top(ctx.cx().language(), ErrorCode::InvalidAmount, &[]))?.minor)
}

fn one_id<K: id::Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}

/// The ids in a filter.
pub(super) fn many_ids<K: id::Kind>(ctx: &Context<'_>, ids: Vec<ID>) -> async_graphql::Result<Vec<Id<K>>> {
    limited(ctx, ids)?.iter().map(|id| one_id(ctx, id)).collect()
}

/// The list, if it is not too long for a filter.
pub(super) fn limited<T>(ctx: &Context<'_>, list: Vec<T>) -> async_graphql::Result<Vec<T>> {
    if list.len() <= input::MAX_ITEMS {
        return Ok(list);
    }
    let (code, args) = of_problem(&Problem::TooLong { max: input::MAX_ITEMS });
    Err(error::top(ctx.cx().language(), code, &args))
}

/// What is ours to mend.
pub(super) fn failed(ctx: &Context<'_>, fault: &store::Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}
