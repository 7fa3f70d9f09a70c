//! What others call variants.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the table of others' SKUs.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000014_external_skus"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("external_skus.sql")).await?;
        guard::walled(manager, "external_sku").await
    }
}
