//! The statements of companies.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Account, Id, Organisation, OrganisationUnit},
    organisations::tree::Tree,
};
use entity::organisations::{organisation, organisation_member, organisation_unit};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

/// A company, held until the transaction ends: of those who change it, its units or who buys for it at once, one goes first.
pub(super) async fn hold(tx: &Tx, id: Id<Organisation>) -> Result<Option<organisation::Model>, Fault> {
    // Its version stays: the row is written for its lock alone.
    let same = Expr::col(organisation::Column::Version);
    let held = tx.update::<organisation::Entity>().by(id).set(organisation::Column::Version, same).run().await?;
    if held == 0 { Ok(None) } else { tx.find::<organisation::Entity>().by(id).one().await }
}

/// Writes what can change of a company that is held.
pub(super) async fn replace(tx: &Tx, next: &organisation::Model) -> Result<(), Fault> {
    let update = tx.update::<organisation::Entity>().by(next.id);
    let update = update.set(organisation::Column::Code, next.code.clone());
    let update = update.set(organisation::Column::NameAr, next.name_ar.clone());
    let update = update.set(organisation::Column::NameEn, next.name_en.clone());
    let update = update.set(organisation::Column::RegistrationNumber, next.registration_number.clone());
    let update = update.set(organisation::Column::VatNumber, next.vat_number.clone());
    let update = update.set(organisation::Column::Country, next.country.clone());
    let update = update.set(organisation::Column::City, next.city.clone());
    let update = update.set(organisation::Column::IsSuspended, next.is_suspended);
    update.set(organisation::Column::Version, next.version).run().await.map(drop)
}

/// Companies by id.
pub(super) async fn organisations(
    read: &Read,
    ids: impl IntoIterator<Item = Id<Organisation>>,
) -> Result<Vec<organisation::Model>, Fault> {
    read.find::<organisation::Entity>().by_any(ids).all().await
}

/// The company of a code.
pub(super) async fn by_code(read: &Read, code: &str) -> Result<Option<organisation::Model>, Fault> {
    read.find::<organisation::Entity>().filter(organisation::Column::Code.eq(code)).one().await
}

/// Units by id.
pub(super) async fn units(
    read: &Read,
    ids: impl IntoIterator<Item = Id<OrganisationUnit>>,
) -> Result<Vec<organisation_unit::Model>, Fault> {
    read.find::<organisation_unit::Entity>().by_any(ids).all().await
}

/// The units of companies, by code.
pub(super) async fn units_of(
    read: &Read,
    organisations: &[Id<Organisation>],
) -> Result<Vec<organisation_unit::Model>, Fault> {
    let find = read.find::<organisation_unit::Entity>().by_any(organisations.iter().copied());
    find.order_by_asc(organisation_unit::Column::Code).order_by_asc(organisation_unit::Column::Id).all().await
}

/// The tree of a company's units.
pub(super) fn tree(units: &[organisation_unit::Model]) -> Tree {
    Tree::of(units.iter().map(|row| (row.id, row.parent_id)))
}

/// Writes what can change of a unit whose company is held.
pub(super) async fn replace_unit(tx: &Tx, next: &organisation_unit::Model) -> Result<(), Fault> {
    let update = tx.update::<organisation_unit::Entity>().by(next.id);
    let update = update.set(organisation_unit::Column::ParentId, next.parent_id);
    let update = update.set(organisation_unit::Column::Code, next.code.clone());
    let update = update.set(organisation_unit::Column::NameAr, next.name_ar.clone());
    let update = update.set(organisation_unit::Column::NameEn, next.name_en.clone());
    update.set(organisation_unit::Column::Version, next.version).run().await.map(drop)
}

/// Removes a unit whose company is held.
pub(super) async fn delete_unit(tx: &Tx, unit: Id<OrganisationUnit>) -> Result<(), Fault> {
    tx.delete::<organisation_unit::Entity>().by(unit).run().await.map(drop)
}

/// How many are in a unit itself.
pub(super) async fn n_in_unit(read: &Read, unit: Id<OrganisationUnit>) -> Result<u64, Fault> {
    read.find::<organisation_member::Entity>().by(unit).count().await
}

/// For which companies accounts buy, the oldest first.
pub(super) async fn memberships(
    read: &Read,
    accounts: impl IntoIterator<Item = Id<Account>>,
) -> Result<Vec<organisation_member::Model>, Fault> {
    let find = read.find::<organisation_member::Entity>().by_any(accounts);
    find.order_by_asc(organisation_member::Column::OrganisationId).all().await
}

/// Where those of the accounts are who buy for a company.
pub(super) async fn seats(
    read: &Read,
    organisation: Id<Organisation>,
    accounts: &[Id<Account>],
) -> Result<HashMap<Id<Account>, Option<Id<OrganisationUnit>>>, Fault> {
    let find = read.find::<organisation_member::Entity>().by(organisation).by_any(accounts.iter().copied());
    Ok(find.all().await?.into_iter().map(|row| (row.account_id, row.unit_id)).collect())
}

/// How many buy for a company.
pub(super) async fn n_members(read: &Read, organisation: Id<Organisation>) -> Result<u64, Fault> {
    read.find::<organisation_member::Entity>().by(organisation).count().await
}

/// Puts accounts into a unit of a company, for which those among `there` buy already.
pub(super) async fn put(
    tx: &Tx,
    (organisation, unit): (Id<Organisation>, Option<Id<OrganisationUnit>>),
    accounts: &[Id<Account>],
    there: &HashSet<Id<Account>>,
) -> Result<(), Fault> {
    let (moved, new): (Vec<_>, Vec<_>) = accounts.iter().copied().partition(|account| there.contains(account));
    if !moved.is_empty() {
        let update = tx.update::<organisation_member::Entity>().by(organisation);
        let update = update.filter(organisation_member::Column::AccountId.is_in(moved));
        update.set(organisation_member::Column::UnitId, unit).run().await?;
    }
    let row = |account| organisation_member::ActiveModel {
        organisation_id: Set(organisation),
        account_id: Set(account),
        unit_id: Set(unit),
        ..Default::default()
    };
    tx.insert_many(new.into_iter().map(row)).await
}

/// Takes accounts out of a company.
pub(super) async fn take_out(tx: &Tx, organisation: Id<Organisation>, accounts: &[Id<Account>]) -> Result<(), Fault> {
    let delete = tx.delete::<organisation_member::Entity>().by(organisation);
    let theirs = organisation_member::Column::AccountId.is_in(accounts.iter().copied());
    delete.filter(theirs).run().await.map(drop)
}
