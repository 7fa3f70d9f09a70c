//! Companies that are relieved of tax.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Lets who buys for a company, or for a unit of it, be relieved of tax.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000028_exempt_organisations"
    }
}

/// Whose an exemption was: a customer's or a group's.
const WAS: &str = "(account_id IS NULL) <> (group_id IS NULL)";

/// Whose it is: one of them, or a company's; of this perhaps a unit's.
const NEXT: &str = "CASE WHEN account_id IS NULL THEN 0 ELSE 1 END + CASE WHEN group_id IS NULL THEN 0 ELSE 1 END \
     + CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END = 1 \
     AND (organisation_unit_id IS NULL OR organisation_id IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("exempt_organisations.sql")).await?;
        guard::recheck(manager, "tax_exemption", WAS, NEXT).await
    }
}
