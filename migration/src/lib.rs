//! Forward migrations, which run on both databases while the old code still serves: a migration
//! expands or contracts, never both. See `README.md` beside this crate.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend},
};

mod guard;
mod m20261120_000001_shop;
mod m20261121_000002_stock;
mod m20261121_000003_orders;
mod m20261121_000004_events;
mod m20261121_000005_queue;
mod m20261121_000006_supply;
mod m20261121_000007_sourcing;
mod m20261121_000008_after_placement;
mod m20261121_000009_audit_chain;
mod m20261121_000010_amqp;
mod m20261121_000011_order_edit;
mod m20261121_000012_drafts;
mod m20261121_000013_cart_holds;
mod m20261121_000014_external_skus;
mod m20261121_000015_stock_alerts;
mod m20261121_000016_exchanges;
mod m20261121_000017_webhook_payloads;
mod m20261121_000018_order_addresses;
mod m20261121_000019_allocations;
mod m20261121_000020_customer_groups;
mod m20261121_000021_price_lists;
mod m20261121_000022_promotions;
mod m20261122_000023_organisations;
mod m20261122_000024_quantity_rules;
mod m20261122_000025_taxes;
mod m20261122_000026_credit;
mod m20261122_000027_measures;
mod m20261122_000028_exempt_organisations;
mod m20261122_000029_variant_costs;
mod m20261122_000030_tax_engines;
mod m20261122_000031_draft_units;

/// Every migration, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Whole(m20261120_000001_shop::Migration)),
            Box::new(Whole(m20261121_000002_stock::Migration)),
            Box::new(Whole(m20261121_000003_orders::Migration)),
            Box::new(Whole(m20261121_000004_events::Migration)),
            Box::new(Whole(m20261121_000005_queue::Migration)),
            Box::new(Whole(m20261121_000006_supply::Migration)),
            Box::new(Whole(m20261121_000007_sourcing::Migration)),
            Box::new(Whole(m20261121_000008_after_placement::Migration)),
            Box::new(Whole(m20261121_000009_audit_chain::Migration)),
            Box::new(Whole(m20261121_000010_amqp::Migration)),
            Box::new(Whole(m20261121_000011_order_edit::Migration)),
            Box::new(Whole(m20261121_000012_drafts::Migration)),
            Box::new(Whole(m20261121_000013_cart_holds::Migration)),
            Box::new(Whole(m20261121_000014_external_skus::Migration)),
            Box::new(Whole(m20261121_000015_stock_alerts::Migration)),
            Box::new(Whole(m20261121_000016_exchanges::Migration)),
            Box::new(Whole(m20261121_000017_webhook_payloads::Migration)),
            Box::new(Whole(m20261121_000018_order_addresses::Migration)),
            Box::new(Whole(m20261121_000019_allocations::Migration)),
            Box::new(Whole(m20261121_000020_customer_groups::Migration)),
            Box::new(Whole(m20261121_000021_price_lists::Migration)),
            Box::new(Whole(m20261121_000022_promotions::Migration)),
            Box::new(Whole(m20261122_000023_organisations::Migration)),
            Box::new(Whole(m20261122_000024_quantity_rules::Migration)),
            Box::new(Whole(m20261122_000025_taxes::Migration)),
            Box::new(Whole(m20261122_000026_credit::Migration)),
            Box::new(Whole(m20261122_000027_measures::Migration)),
            Box::new(Whole(m20261122_000028_exempt_organisations::Migration)),
            Box::new(Whole(m20261122_000029_variant_costs::Migration)),
            Box::new(Whole(m20261122_000030_tax_engines::Migration)),
            Box::new(Whole(m20261122_000031_draft_units::Migration)),
        ]
    }
}

/// A migration that is applied whole or not at all, also on SQLite: whoever is killed amid one begins it again.
struct Whole<M>(M);

impl<M: MigrationName> MigrationName for Whole<M> {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl<M: MigrationTrait> MigrationTrait for Whole<M> {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What was found, and done, by [`up`].
#[derive(Clone, Copy, Debug)]
pub struct Applied {
    /// Migrations that were applied now.
    pub n_applied: usize,
}

/// Applies what is pending, as the owner of the database. Says how much that was.
pub async fn up(url: &str) -> Result<Applied, DbErr> {
    let owner = owner(url).await?;
    let n_applied = Migrator::get_pending_migrations(&owner).await?.len();
    Migrator::up(&owner, None).await?;
    owner.close().await?;
    Ok(Applied { n_applied })
}

/// The names of the migrations that are not applied yet.
pub async fn pending(url: &str) -> Result<Vec<String>, DbErr> {
    let owner = owner(url).await?;
    let pending = Migrator::get_pending_migrations(&owner).await?;
    owner.close().await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}

#[expect(clippy::disallowed_methods, reason = "migrations run as the owner of the database, without a tenant")]
async fn owner(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Box::pin(Database::connect(options)).await
}

/// Runs one file of statements, in the words that both databases understand.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}

/// Whether it is PostgreSQL.
fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}
