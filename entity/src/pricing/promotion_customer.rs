//! How often a customer used a promotion.

use domain::id::{Account, Id, Promotion, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How often a customer used a promotion.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_customer")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: Id<Promotion>,
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Id<Account>,
    /// Orders.
    pub orders: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::PromotionId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::CustomerId;
}
