//! What staff change of orders after their placement.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what edits of orders need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000011_order_edit"
    }
}

/// Tables whose rows are facts.
const FACTS: [&str; 3] = ["order_edit", "order_edit_line", "payment_supplement"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("edits.sql")).await?;
        for table in FACTS {
            guard::append_only(manager, table).await?;
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
