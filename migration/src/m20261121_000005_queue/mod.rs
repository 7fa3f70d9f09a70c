//! The queue of those who want to order.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of the queue.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000005_queue"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("queue.sql")).await?;
        guard::append_only(manager, "checkout_outcome").await?;
        for table in ["checkout_ticket", "checkout_outcome", "checkout_queue"] {
            guard::walled(manager, table).await?;
        }
        guard::seen_by_workers(manager, "checkout_ticket").await
    }
}
