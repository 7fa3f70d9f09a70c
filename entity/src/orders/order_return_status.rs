//! Where a return stands now: the last of its steps.

use domain::id::{Id, Location, Order, Return, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Where a return stands now: the last of its steps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_status")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose status it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Id<Return>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Code of the state.
    pub state: String,
    /// Where its goods came in; none before.
    pub location_id: Option<Id<Location>>,
    /// Steps so far.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Return> {
    const COLUMN: Column = Column::ReturnId;
}
