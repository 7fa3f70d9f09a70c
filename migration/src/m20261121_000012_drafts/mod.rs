//! Orders that do not come of a shopper's cart: drafts of staff, and what was placed elsewhere before.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what drafts and imports need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000012_drafts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("drafts.sql")).await?;
        run(manager, include_str!("imports.sql")).await?;
        guard::append_only(manager, "order_import").await?;
        for table in ["draft_order", "order_import"] {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
