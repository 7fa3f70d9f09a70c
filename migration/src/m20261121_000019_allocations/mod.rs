//! Units that are one channel's.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what allocations need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000019_allocations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("allocations.sql")).await?;
        guard::walled(manager, "stock_allocation").await
    }
}
