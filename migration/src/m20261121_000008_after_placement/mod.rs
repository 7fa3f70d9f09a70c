//! What becomes of orders after their placement: cancellations in part, and returns.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what cancellations and returns need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000008_after_placement"
    }
}

/// Tables whose rows are facts.
const FACTS: [&str; 2] = ["order_cancellation", "order_cancellation_line"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("cancellations.sql")).await?;
        for table in FACTS {
            guard::append_only(manager, table).await?;
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
