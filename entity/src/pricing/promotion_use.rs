//! That an order used a promotion which is counted.

use domain::{
    id::{Account, Id, Order, Organisation, Promotion, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That an order used a promotion which is counted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_use")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Id<Order>,
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: Id<Promotion>,
    /// Whose order it is.
    pub customer_id: Option<Id<Account>>,
    /// The company whose order it is, if that is counted.
    pub organisation_id: Option<Id<Organisation>>,
    /// The coupon, if there is one.
    pub code: Option<String>,
    /// What it took off.
    pub amount_minor: i64,
    /// When.
    pub used_at: Instant,
    /// When the order was cancelled.
    pub given_back_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::PromotionId;
}
