//! Products.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{Id, ProductType as TypeKind},
    identity::permission::{Proves, proof::ReadTaxes},
};
use entity::catalog::{product, product_type};

use super::{category::Category, collection::Collection, variant::ProductVariant};
use crate::{
    graphql::{
        directive::requires,
        error,
        language::{self, Language, Reading},
        loader::{self, AttributesOf, CollectionsOf, PriceOf, TaxClassOf, VariantsOf},
        money::Money,
    },
    pricing::taxes::class::TaxClass,
};

/// Something a shop sells, in one or more variants.
#[derive(Clone, Debug)]
pub struct Product(pub product::Model);

/// What a product says of itself.
#[derive(SimpleObject, Clone, Debug)]
pub struct ProductAttribute {
    /// The attribute's name in imports, such as `origin`.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
    /// What the product says, in the reader's language.
    pub value: String,
}

/// A kind of product.
#[derive(SimpleObject, Clone, Debug)]
pub struct ProductType {
    /// Its name in imports, such as `food`.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
}

/// The prices of a product's variants.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct PriceRange {
    /// The lowest.
    pub lowest: Money,
    /// The highest.
    pub highest: Money,
}

/// A product.
#[Object]
impl Product {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in addresses, the same in every language.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its name.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "BCP 47 tag of a language of the channel; the request's if left out.")] language: Option<
            String,
        >,
    ) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), language.as_deref())
    }

    /// What it is.
    async fn description(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "BCP 47 tag of a language of the channel; the request's if left out.")] language: Option<
            String,
        >,
    ) -> async_graphql::Result<String> {
        language::text(ctx, self.0.description_ar.as_deref(), self.0.description_en.as_deref(), language.as_deref())
    }

    /// Who makes it.
    async fn brand(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.brand_ar.as_deref(), self.0.brand_en.as_deref(), None)
    }

    /// The language its name is in: another than the request's if it is not translated.
    async fn content_language(&self, ctx: &Context<'_>) -> Language {
        let wanted = ctx.cx().language();
        let best = language::best(wanted, self.0.name_ar.as_deref(), self.0.name_en.as_deref());
        best.map_or(wanted, |(language, _)| language).into()
    }

    /// Its kind.
    async fn product_type(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ProductType>> {
        let key: Id<TypeKind> = self.0.product_type_id;
        let Some(row): Option<product_type::Model> = loader::one(ctx, key).await? else { return Ok(None) };
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
        Ok(Some(ProductType { code: row.code, name }))
    }

    /// Where it stands in the category tree.
    async fn category(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Category>> {
        Ok(loader::one(ctx, self.0.category_id).await?.map(Category))
    }

    /// The collections it is in.
    async fn collections(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Collection>> {
        let ids = loader::one(ctx, CollectionsOf(self.0.id)).await?.unwrap_or_default();
        let mut found = loader::many(ctx, ids.clone()).await?;
        Ok(ids.iter().filter_map(|id| found.remove(id)).map(Collection).collect())
    }

    /// Its tax class; none: the standard one.
    #[graphql(
        directive = requires::apply(ReadTaxes::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_taxes"
    )]
    async fn tax_class(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<TaxClass>> {
        let cx = ctx.cx();
        cx.permit::<ReadTaxes>().map_err(|denied| error::denied(cx.language(), denied))?;
        Ok(loader::one(ctx, TaxClassOf(self.0.id)).await?.map(TaxClass))
    }

    /// What it says of itself, such as material or origin.
    async fn attributes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ProductAttribute>> {
        let said = loader::one(ctx, AttributesOf(self.0.id)).await?.unwrap_or_default();
        let show = |said: app::catalog::load::Said| {
            let (attribute, value) = (said.attribute, said.value);
            Ok(ProductAttribute {
                name: language::text(ctx, attribute.name_ar.as_deref(), attribute.name_en.as_deref(), None)?,
                value: language::text(ctx, value.value_ar.as_deref(), value.value_en.as_deref(), None)?,
                code: attribute.code,
            })
        };
        said.into_iter().map(show).collect()
    }

    /// What can be bought of it.
    async fn variants(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ProductVariant>> {
        let rows = loader::one(ctx, VariantsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ProductVariant).collect())
    }

    /// The lowest and the highest price of its variants in the channel; with tax where its prices include it.
    async fn price_range(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<PriceRange>> {
        let rows = loader::one(ctx, VariantsOf(self.0.id)).await?.unwrap_or_default();
        let prices = loader::many(ctx, rows.iter().map(|row| PriceOf((row.id, 1))).collect()).await?;
        let amounts = || prices.values().map(|price| price.resolved.amount);
        let range = amounts().min_by_key(|money| money.minor).zip(amounts().max_by_key(|money| money.minor));
        Ok(range.map(|(lowest, highest)| PriceRange { lowest: Money(lowest), highest: Money(highest) }))
    }
}
