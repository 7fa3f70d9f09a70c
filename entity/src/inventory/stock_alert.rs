//! Who wants to hear when a variant can be had again.

use domain::{
    id::{Account, Channel, Id, StockAlert, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That somebody wants to hear when a variant can be had again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_alert")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The wish.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<StockAlert>,
    /// Where it is to be had.
    pub channel_id: Id<Channel>,
    /// What.
    pub variant_id: Id<Variant>,
    /// The customer who asked; none for a guest.
    pub account_id: Option<Id<Account>>,
    /// Whom to tell, in lower case.
    pub email: String,
    /// In which language.
    pub language: String,
    /// SHA-256 of the token by which it is taken back.
    pub token_hash: String,
    /// WAITING or TOLD.
    pub state: String,
    /// When it was asked for.
    pub created_at: Instant,
    /// When to look again whether the variant can be had.
    pub look_at: Instant,
    /// When it could be had.
    pub told_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<StockAlert> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::AccountId;
}
