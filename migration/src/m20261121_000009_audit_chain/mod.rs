//! The chain of the audit trail: that an entry was changed, removed or slipped in is found out.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the seals of entries, and lets an entry tell what was before.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000009_audit_chain"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("audit_chain.sql")).await?;
        guard::append_only(manager, "audit_seal").await?;
        for table in ["audit_seal", "audit_head"] {
            guard::walled(manager, table).await?;
        }
        guard::seen_by_workers(manager, "audit_head").await
    }
}
