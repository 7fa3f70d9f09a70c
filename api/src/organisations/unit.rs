//! Units of companies.

use async_graphql::{Context, ID, Object};
use entity::organisations::organisation_unit;

use crate::graphql::{language, loader};

/// A part of a company that buys.
#[derive(Clone, Debug)]
pub struct OrganisationUnit(pub organisation_unit::Model);

/// A part of a company that buys.
#[Object]
impl OrganisationUnit {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports; no other unit of the company has it.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// The unit above it; none: it is right below the company.
    async fn parent(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Self>> {
        match self.0.parent_id {
            Some(parent) => Ok(loader::one(ctx, parent).await?.map(Self)),
            None => Ok(None),
        }
    }

    /// Counts its changes; 1 when it is new. See `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
