//! What others call variants.

use app::catalog::{self, EXTERNAL_SKUS_SORTED_BY, ExternalSkusWanted};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadStock},
};
use entity::catalog::external_sku;

use super::{
    query::{failed, limited, many_ids},
    variant::ProductVariant,
};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
    loader::{self, AnyVariant},
};

/// What a variant is called elsewhere.
#[derive(Clone, Debug)]
pub struct ExternalSku(pub external_sku::Model);

/// What a variant is called elsewhere: at a marketplace, or in a channel with numbers of its own.
#[Object]
impl ExternalSku {
    /// Its id: events of it bear it.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where the variant is called so: the code of a marketplace such as `noon-sa`, or of a channel.
    async fn marketplace(&self) -> &str {
        &self.0.marketplace
    }

    /// What the variant is called there.
    async fn external_sku(&self) -> &str {
        &self.0.sku
    }

    /// What it is here, whether a channel shows it or not.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        row.map(ProductVariant).ok_or_else(|| failed(ctx, &store::Fault::new("a name of no variant")))
    }
}

/// Which names are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ExternalSkuFilter {
    /// At this marketplace, or in this channel: its code.
    pub marketplace: Option<String>,
    /// One of these SKUs there, 200 at most.
    pub external_skus: Option<Vec<String>>,
    /// Of one of these variants, 200 at most.
    pub variants: Option<Vec<ID>>,
}

/// Queries of what others call variants.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExternalSkuQuery;

/// What others call variants.
#[Object]
impl ExternalSkuQuery {
    /// What variants are called elsewhere, by SKU there. With a marketplace and its SKUs, it says which variants they
    /// are.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn external_skus(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which names.", default)] filter: ExternalSkuFilter,
    ) -> async_graphql::Result<Connection<ExternalSku>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = ExternalSkusWanted {
            marketplace: filter.marketplace,
            skus: filter.external_skus.map(|skus| limited(ctx, skus)).transpose()?,
            variants: filter.variants.map(|ids| many_ids(ctx, ids)).transpose()?,
        };
        let slice = page.slice(cx, EXTERNAL_SKUS_SORTED_BY)?;
        let listed = catalog::list_external_skus(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::ExternalSku>::new(row.id)).collect();
        let found = catalog::external_skus(cx, &may, &ids).await;
        let mut found = found.map_err(|fault| failed(ctx, &fault))?;
        Ok(connection(listed, |row| found.remove(&Id::<id::ExternalSku>::new(row.id)).map(ExternalSku)))
    }
}
