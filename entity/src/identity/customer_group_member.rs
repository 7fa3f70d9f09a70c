//! That a customer is in a group.

use domain::id::{Account, CustomerGroup, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a customer is in a group.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_group_member")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The group.
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_id: Id<CustomerGroup>,
    /// Who is in it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id<Account>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<CustomerGroup> {
    const COLUMN: Column = Column::GroupId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::AccountId;
}
