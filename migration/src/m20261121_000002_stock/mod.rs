//! Stock for staff: places that open and close, and what is kept back at them.

use sea_orm_migration::prelude::*;

use crate::run;

/// Makes what staff need to manage stock.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000002_stock"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("stock.sql")).await
    }
}
