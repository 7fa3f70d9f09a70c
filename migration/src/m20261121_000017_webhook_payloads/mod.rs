//! Payloads of webhooks that a query shapes.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what is needed to shape payloads and to keep them.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000017_webhook_payloads"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("webhook_payloads.sql")).await?;
        guard::walled(manager, "webhook_payload").await
    }
}
