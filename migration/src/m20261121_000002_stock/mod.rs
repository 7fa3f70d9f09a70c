//! Stock for staff: places that open and close, what is kept back at them, transfers between them, and counts.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what staff need to manage stock.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000002_stock"
    }
}

/// The tables that it makes.
const TABLES: [&str; 4] = ["transfer", "transfer_line", "stock_count", "stock_count_line"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("stock.sql")).await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
