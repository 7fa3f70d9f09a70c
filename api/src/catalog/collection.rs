//! Collections.

use async_graphql::{Context, ID, Object};
use entity::catalog::collection;

use crate::graphql::language;

/// Products shown together, whatever their category.
#[derive(Clone, Debug)]
pub struct Collection(pub collection::Model);

/// A collection.
#[Object]
impl Collection {
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
    async fn description(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.description_ar.as_deref(), self.0.description_en.as_deref(), None)
    }
}
