//! Staff say which units a company has.

use domain::{
    id::{Id, Organisation, OrganisationUnit},
    identity::permission::proof::ManageCustomers,
    organisations::{events::OrganisationEvent, tree::UNITS_MAX},
    time::Instant,
};
use entity::organisations::organisation_unit;
use sea_orm::IntoActiveModel;
use store::{Once, Tx};

use super::{OrganisationError, rows};
use crate::cx::{Cx, Permit};

/// A unit to make.
#[derive(Clone, Debug)]
pub struct CreateUnit {
    /// The company.
    pub organisation: Id<Organisation>,
    /// The unit above it; `None`: the company itself.
    pub parent: Option<Id<OrganisationUnit>>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What changes of a unit. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateUnit {
    /// The unit.
    pub unit: Id<OrganisationUnit>,
    /// The unit above it; the inner `None`: the company itself.
    pub parent: Option<Option<Id<OrganisationUnit>>>,
    /// Its name in imports.
    pub code: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A unit to remove.
#[derive(Clone, Debug)]
pub struct DeleteUnit {
    /// The unit.
    pub unit: Id<OrganisationUnit>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a unit, which nobody is in yet. Emits `organisation.unit_created`.
pub async fn create_unit(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: CreateUnit,
) -> Result<Option<Id<OrganisationUnit>>, OrganisationError> {
    let CreateUnit { organisation, parent, code, name_ar, name_en, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        rows::hold(tx, organisation).await?.ok_or(OrganisationError::NoOrganisation)?;
        let (id, tenant_id, organisation_id) = (tx.new_id(), tx.scope().tenant(), organisation);
        let version = 1;
        let row = organisation_unit::Model {
            tenant_id,
            id,
            organisation_id,
            parent_id: parent,
            code,
            name_ar,
            name_en,
            version,
        };
        let there = rows::units_of(tx, &[organisation]).await?;
        if UNITS_MAX <= there.len() {
            return Err(OrganisationError::TooManyUnits);
        }
        fits(&row, &there)?;
        tx.insert(row.clone().into_active_model()).await?;
        tx.emit(&told(&row, tx.now())).await?;
        Ok(id)
    })
    .await
}

/// Renames a unit, or moves it with all below it. Who buys for it buys at what was agreed on with those above it now. Emits
/// `organisation.unit_updated`.
pub async fn update_unit(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: UpdateUnit,
) -> Result<Option<Id<OrganisationUnit>>, OrganisationError> {
    let UpdateUnit { unit, parent, code, name_ar, name_en, expected_version, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let (was, there) = held(tx, unit, expected_version).await?;
        let next = organisation_unit::Model {
            parent_id: parent.unwrap_or(was.parent_id),
            code: code.unwrap_or_else(|| was.code.clone()),
            name_ar: name_ar.or_else(|| was.name_ar.clone()),
            name_en: name_en.or_else(|| was.name_en.clone()),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        fits(&next, &there)?;
        rows::replace_unit(tx, &next).await?;
        tx.emit_change(&told(&was, tx.now()), &told(&next, tx.now())).await?;
        Ok(next.id)
    })
    .await
}

/// Removes a unit that nothing is below and nobody is in; what was agreed on with it is nobody's any more. Emits
/// `organisation.unit_deleted`.
pub async fn delete_unit(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: DeleteUnit,
) -> Result<Id<OrganisationUnit>, OrganisationError> {
    let DeleteUnit { unit, expected_version, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let (was, there) = held(tx, unit, expected_version).await?;
        if rows::tree(&there).has_below(unit) || 0 < rows::n_in_unit(tx, unit).await? {
            return Err(OrganisationError::UnitInUse);
        }
        rows::delete_unit(tx, unit).await?;
        let gone = OrganisationEvent::UnitDeleted { organisation: was.organisation_id, unit, at: tx.now() };
        tx.emit_change(&told(&was, tx.now()), &gone).await?;
        Ok(unit)
    })
    .await
}

/// A unit as it is expected, and all units of its company, which is held.
async fn held(
    tx: &Tx,
    unit: Id<OrganisationUnit>,
    expected_version: Option<i64>,
) -> Result<(organisation_unit::Model, Vec<organisation_unit::Model>), OrganisationError> {
    let of = rows::units(tx, [unit]).await?.pop().ok_or(OrganisationError::NoUnit)?.organisation_id;
    rows::hold(tx, of).await?.ok_or(OrganisationError::NoUnit)?;
    // Read after the lock: who came first may have changed or removed it.
    let there = rows::units_of(tx, &[of]).await?;
    let row = there.iter().find(|row| row.id == unit).cloned().ok_or(OrganisationError::NoUnit)?;
    if expected_version.is_some_and(|version| version != row.version) {
        return Err(OrganisationError::Stale);
    }
    Ok((row, there))
}

/// Whether a unit has a code of its own and a place in the tree.
fn fits(unit: &organisation_unit::Model, there: &[organisation_unit::Model]) -> Result<(), OrganisationError> {
    if there.iter().any(|row| row.id != unit.id && row.code == unit.code) {
        return Err(OrganisationError::CodeTaken { of_unit: true });
    }
    let Some(parent) = unit.parent_id else { return Ok(()) };
    if !there.iter().any(|row| row.id == parent) {
        return Err(OrganisationError::NoParent);
    }
    Ok(rows::tree(there).stand(unit.id, parent)?)
}

/// A unit as its event tells it.
fn told(unit: &organisation_unit::Model, at: Instant) -> OrganisationEvent {
    OrganisationEvent::Unit {
        organisation: unit.organisation_id,
        unit: unit.id,
        parent: unit.parent_id,
        code: unit.code.clone(),
        name_ar: unit.name_ar.clone(),
        name_en: unit.name_en.clone(),
        version: unit.version,
        at,
    }
}
