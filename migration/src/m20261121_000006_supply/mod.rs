//! What can be promised beyond the shelf: back-orders, and what suppliers are to deliver.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what is needed to promise what is not there yet.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000006_supply"
    }
}

/// The tables that it makes.
const TABLES: [&str; 3] = ["variant_selling", "inbound_supply", "backorder"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("supply.sql")).await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
