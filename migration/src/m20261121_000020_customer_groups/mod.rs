//! Groups of customers.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of groups of customers.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000020_customer_groups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("groups.sql")).await?;
        guard::walled(manager, "customer_group").await?;
        guard::walled(manager, "customer_group_member").await
    }
}
