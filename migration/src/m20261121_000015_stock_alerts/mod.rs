//! Who wants to hear when a variant can be had again.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the table of those who want to hear.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000015_stock_alerts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("stock_alerts.sql")).await?;
        guard::walled(manager, "stock_alert").await?;
        guard::seen_by_workers(manager, "stock_alert").await
    }
}
