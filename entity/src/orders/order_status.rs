//! Where an order stands now: the last of its transitions.

use domain::{
    id::{Id, Order, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Where an order stands now: the last of its transitions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_status")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose status it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Id<Order>,
    /// Code of the state.
    pub state: String,
    /// Since when.
    pub since: Instant,
    /// When an unpaid order is cancelled.
    pub pay_before: Option<Instant>,
    /// Grows with every move.
    pub version: i64,
    /// Reasons why it must not go on.
    pub open_holds: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
