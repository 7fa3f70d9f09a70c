//! Orders after their placement: holds, notes, tags, what is in a shipment and what becomes of it.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes what orders need after their placement.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000003_orders"
    }
}

/// Tables whose rows are facts.
const FACTS: [&str; 5] = ["order_hold", "order_hold_release", "order_note", "shipment_line", "shipment_step"];

/// Tables whose rows change.
const CHANGING: [&str; 2] = ["order_tag", "shipment_status"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("orders.sql")).await?;
        for table in FACTS {
            guard::append_only(manager, table).await?;
        }
        for table in FACTS.into_iter().chain(CHANGING) {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
