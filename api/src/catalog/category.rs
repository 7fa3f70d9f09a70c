//! Categories.

use async_graphql::{Context, ID, Object};
use entity::catalog::category;

use crate::graphql::{
    language,
    loader::{self, ChildrenOf},
};

/// A node of the category tree.
#[derive(Clone, Debug)]
pub struct Category(pub category::Model);

/// A category.
#[Object]
impl Category {
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

    /// 1 at the root.
    async fn level(&self) -> i32 {
        self.0.level
    }

    /// The category it stands in; none at the root.
    async fn parent(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Category>> {
        match self.0.parent_id {
            Some(parent) => Ok(loader::one(ctx, parent).await?.map(Category)),
            None => Ok(None),
        }
    }

    /// The categories directly in it, in the shop's order.
    async fn children(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Category>> {
        let rows = loader::one(ctx, ChildrenOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Category).collect())
    }
}
