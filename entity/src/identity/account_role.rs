//! That staff have a role.

use domain::id::{Account, Id, Role, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That staff have a role.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_role")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id<Account>,
    /// What.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: Id<Role>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::AccountId;
}

impl Key<Entity> for Id<Role> {
    const COLUMN: Column = Column::RoleId;
}
