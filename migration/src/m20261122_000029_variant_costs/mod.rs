//! What variants cost the shop, and the lowest prices that it sells them at.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what says what variants cost the shop, and how low their prices may be.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000029_variant_costs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("variant_costs.sql")).await?;
        guard::walled(manager, "variant_cost").await
    }
}
