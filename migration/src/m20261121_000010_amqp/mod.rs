//! How far RabbitMQ was told of events.

use sea_orm_migration::prelude::*;

use crate::{guard, run};

/// Makes the marks of what RabbitMQ confirmed.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000010_amqp"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("amqp.sql")).await?;
        guard::platform(manager, "amqp_head").await
    }
}
