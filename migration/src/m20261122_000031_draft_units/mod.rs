//! Units that drafts are for.

use sea_orm_migration::prelude::*;

use crate::run;

/// Lets staff say for which unit of a company a draft is.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000031_draft_units"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("draft_units.sql")).await
    }
}
