//! A coupon, or many that were made together.

use domain::{
    id::{Coupon, Id, Promotion, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A coupon, or many that were made together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coupon")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The coupon.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Coupon>,
    /// What it is for.
    pub promotion_id: Id<Promotion>,
    /// What is written on it; of many, what each of their codes begins with.
    pub code: String,
    /// How many; none: one, with that very code.
    pub count: Option<i64>,
    /// What the codes of many follow from.
    pub seed: Option<String>,
    /// Of how many orders each; none: of any number.
    pub orders_max: Option<i64>,
    /// When it was issued.
    pub created_at: Instant,
    /// From when on it is worth nothing.
    pub revoked_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Coupon> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::PromotionId;
}
