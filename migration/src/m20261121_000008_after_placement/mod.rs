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
const FACTS: [&str; 7] = [
    "order_cancellation",
    "order_cancellation_line",
    "order_return",
    "order_return_line",
    "order_return_step",
    "order_return_receipt",
    "order_return_outcome",
];

/// Tables whose rows change.
const CHANGING: [&str; 2] = ["order_return_status", "order_line_returned"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("cancellations.sql")).await?;
        run(manager, include_str!("returns.sql")).await?;
        for table in FACTS {
            guard::append_only(manager, table).await?;
        }
        for table in FACTS.into_iter().chain(CHANGING) {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
