//! Where orders ship from: rules, zones that places serve, and what was decided.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the tables of sourcing.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000007_sourcing"
    }
}

/// The tables that it makes.
const TABLES: [&str; 4] = ["channel_sourcing", "location_zone", "sourcing_decision", "zone_area"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["zone", "zone_city"] {
            guard::open_to_owner(manager, table, true).await?;
        }
        run(manager, include_str!("sourcing.sql")).await?;
        guard::open_to_owner(manager, "zone", false).await?;
        guard::append_only(manager, "sourcing_decision").await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}
