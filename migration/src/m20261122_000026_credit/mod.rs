//! Gift cards and store credit.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of gift cards and store credit.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000026_credit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("credit.sql")).await?;
        for table in ["credit", "credit_lot", "credit_entry"] {
            guard::walled(manager, table).await?;
        }
        guard::append_only(manager, "credit_entry").await?;
        guard::seen_by_workers(manager, "credit_lot").await
    }
}
