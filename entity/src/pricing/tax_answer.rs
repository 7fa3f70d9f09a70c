//! How things of a class are taxed for one who buys, as a channel's tax engine said.

use domain::{
    id::{Channel, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How things of a class are taxed for one who buys, as a channel's tax engine said.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_answer")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose engine was asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// Of which version of what the channel says of its engine.
    #[sea_orm(primary_key, auto_increment = false)]
    pub engine_version: i64,
    /// Where to: country, region, city and postal code, folded; empty: the engine did not answer, and is left alone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: String,
    /// The customer or the company that buys; empty: a guest.
    #[sea_orm(primary_key, auto_increment = false)]
    pub taxpayer: String,
    /// The tax class; empty: the standard one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// How, such as `STANDARD`; none: the engine did not say.
    pub category: Option<String>,
    /// Basis points: 1500 is 15 %.
    pub rate_bps: i32,
    /// Why it is not taxed at a rate.
    pub reason: Option<String>,
    /// From when on it is asked again.
    pub expires_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}
