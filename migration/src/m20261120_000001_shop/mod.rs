//! The shop: every table of the first version.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of the first version.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261120_000001_shop"
    }
}

/// Tables whose rows are facts.
const FACTS: [&str; 7] = ["audit", "movement", "order", "order_line", "order_transition", "payment_entry", "shipment"];

/// Tables of tenants in which workers look for what is due.
const LOOKED_AT: [&str; 3] = ["order_status", "gateway_notice", "simulated_notice"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        guard::prepare(manager).await?;
        run(manager, include_str!("platform.sql")).await?;
        run(manager, include_str!("shop.sql")).await?;
        for table in FACTS {
            guard::append_only(manager, table).await?;
        }
        for table in ["tenant", "outbox", "event_sequence", "idempotency"] {
            guard::platform(manager, table).await?;
        }
        for table in tenant_tables() {
            guard::walled(manager, table).await?;
        }
        for table in LOOKED_AT {
            guard::seen_by_workers(manager, table).await?;
        }
        Ok(())
    }
}

/// The tables whose rows belong to tenants: all but those of the platform.
fn tenant_tables() -> impl Iterator<Item = &'static str> {
    let tables = |sql: &'static str| sql.lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
    tables(include_str!("shop.sql"))
        .filter_map(|rest| rest.split_whitespace().next())
        .map(|name| name.trim_matches('"'))
        .chain(["audit"])
}
