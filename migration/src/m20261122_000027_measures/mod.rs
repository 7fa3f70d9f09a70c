//! What is in variants, for the price of a kilogram or of a litre.

use sea_orm_migration::prelude::*;

use crate::run;

/// Makes what says how much is in variants, and in lines of orders.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000027_measures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("measures.sql")).await
    }
}
