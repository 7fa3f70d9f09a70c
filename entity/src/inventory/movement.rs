//! One change of stock. Append-only.

use domain::{
    id::{Id, Location, Movement, Reservation, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One change of stock. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "movement")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The movement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Movement>,
    /// Of what.
    pub variant_id: Id<Variant>,
    /// Where.
    pub location_id: Id<Location>,
    /// Code of the cause.
    pub cause: String,
    /// Change of the units on the shelf.
    pub on_hand_delta: i64,
    /// Change of the units promised.
    pub reserved_delta: i64,
    /// Change of the units in quarantine.
    pub quarantined_delta: i64,
    /// The reservation it is of.
    pub reservation_id: Option<Id<Reservation>>,
    /// The record it is of, where that is no reservation: a return, a transfer, a count.
    pub reference_id: Option<Uuid>,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// Who: an account's id, `guest` or `system`.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Movement> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}

impl Key<Entity> for Id<Reservation> {
    const COLUMN: Column = Column::ReservationId;
}
