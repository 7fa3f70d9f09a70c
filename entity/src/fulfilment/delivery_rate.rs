//! What a way of delivery costs in a channel to a zone.

use domain::id::{Channel, DeliveryMethod, Id, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a way of delivery costs in a channel to a zone.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_rate")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// The way.
    #[sea_orm(primary_key, auto_increment = false)]
    pub method_id: Id<DeliveryMethod>,
    /// To where.
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone_id: Id<Zone>,
    /// Tax included, without the surcharge.
    pub price_minor: i64,
    /// Added where the zone is remote, tax included.
    pub surcharge_minor: i64,
    /// Earliest arrival, in days.
    pub days_min: i32,
    /// Latest arrival, in days.
    pub days_max: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<DeliveryMethod> {
    const COLUMN: Column = Column::MethodId;
}

impl Key<Entity> for Id<Zone> {
    const COLUMN: Column = Column::ZoneId;
}
