//! Units of companies, who buys for them, and what was agreed on with them.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what they need.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000023_organisations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        guard::open_to_owner(manager, "price_list_assignment", true).await?;
        run(manager, include_str!("organisations.sql")).await?;
        for table in ["organisation_unit", "organisation_member", "price_list_assignment", "promotion_organisation"] {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
