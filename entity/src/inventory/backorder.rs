//! Units that an order waits for.

use domain::{
    id::{Backorder, Channel, Id, Order, OrderLine, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Units that an order waits for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "backorder")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The back-order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Backorder>,
    /// For whom.
    pub order_id: Id<Order>,
    /// For which line.
    pub order_line_id: Id<OrderLine>,
    /// Of what.
    pub variant_id: Id<Variant>,
    /// Where it was bought.
    pub channel_id: Id<Channel>,
    /// Units that were not there.
    pub quantity: i64,
    /// Units that came.
    pub served: i64,
    /// OPEN, SERVED or RELEASED.
    pub state: String,
    /// What the buyer was told: BACKORDER or PREORDER.
    pub kind: String,
    /// The day the buyer was told: days since 1970-01-01.
    pub expected_on: Option<i64>,
    /// Since when it waits.
    pub placed_at: Instant,
    /// Until when it waits for its order's payment; none once that is there.
    pub expires_at: Option<Instant>,
    /// Units of the variant that waited when it was promised, itself included.
    pub n_promised: i64,
    /// How many might wait then.
    pub bound: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Backorder> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}

impl Key<Entity> for Id<OrderLine> {
    const COLUMN: Column = Column::OrderLineId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}
