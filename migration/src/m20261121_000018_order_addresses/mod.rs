//! Addresses that orders get later.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what they need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000018_order_addresses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("addresses.sql")).await?;
        guard::append_only(manager, "order_address").await?;
        guard::walled(manager, "order_address").await
    }
}
