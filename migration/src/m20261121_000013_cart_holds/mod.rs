//! Stock that carts hold.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what is needed to hold stock for carts.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000013_cart_holds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("cart_holds.sql")).await?;
        guard::walled(manager, "cart_hold").await?;
        guard::seen_by_workers(manager, "cart_hold").await
    }
}
