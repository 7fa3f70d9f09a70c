//! Price lists that follow each other, prices that change in time, and who buys by which list.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what they need, and carries the prices over.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000021_price_lists"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        guard::open_to_owner(manager, "price", true).await?;
        run(manager, include_str!("price_lists.sql")).await?;
        guard::walled(manager, "list_price").await?;
        guard::walled(manager, "price_list_assignment").await
    }
}
