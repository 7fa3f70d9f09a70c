//! How many pieces are bought together, and what limits discounts.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what says how many pieces are bought together, and what limits discounts.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000024_quantity_rules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("discounts.sql")).await?;
        run(manager, include_str!("quantity_rules.sql")).await?;
        guard::walled(manager, "quantity_rule").await
    }
}
