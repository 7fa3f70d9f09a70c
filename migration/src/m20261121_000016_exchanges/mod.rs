//! Goods that leave for others that came back.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what exchanges need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000016_exchanges"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("exchanges.sql")).await?;
        guard::append_only(manager, "order_exchange").await?;
        guard::walled(manager, "order_exchange").await
    }
}
