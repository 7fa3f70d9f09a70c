//! That a payment is one more for what another pays already. Append-only.

use domain::id::{Id, Order, Payment, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a payment is one more for what another pays already. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_supplement")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The payment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub payment_id: Id<Payment>,
    /// What both pay.
    pub reference_id: Id<Order>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Payment> {
    const COLUMN: Column = Column::PaymentId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::ReferenceId;
}
