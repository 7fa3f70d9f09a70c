//! Tax engines outside, and what they said.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what channels say of their tax engine, and the table of its answers.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000030_tax_engines"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("tax_engines.sql")).await?;
        guard::walled(manager, "tax_answer").await
    }
}
