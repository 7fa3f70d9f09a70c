//! Companies.

use async_graphql::{Context, ID, Object};
use entity::organisations::organisation;

use crate::graphql::language;

/// A company that buys.
#[derive(Clone, Debug)]
pub struct Organisation(pub organisation::Model);

/// A company that buys.
#[Object]
impl Organisation {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// Number of its commercial registration.
    async fn registration_number(&self) -> &str {
        &self.0.registration_number
    }

    /// Number of its registration for value added tax.
    async fn vat_number(&self) -> &str {
        &self.0.vat_number
    }

    /// The city of its seat.
    async fn city(&self) -> &str {
        &self.0.city
    }
}
