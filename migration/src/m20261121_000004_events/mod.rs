//! Events on their way out: their place in the feed, and webhooks.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of webhooks, and gives committed events a place in the feed.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000004_events"
    }
}

/// Tables of tenants. Workers look in those that say what is due.
const TABLES: [&str; 3] = ["webhook", "webhook_delivery", "webhook_attempt"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("events.sql")).await?;
        guard::platform(manager, "event_head").await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        for table in ["webhook", "webhook_delivery"] {
            guard::seen_by_workers(manager, table).await?;
        }
        Ok(())
    }
}
