//! The statements of taxes.

use std::collections::HashMap;

use domain::{
    id::{Account, Id, Organisation, Product, TaxClass, TaxExemption},
    identity::country::Country,
    time::Instant,
};
use entity::{
    channels::channel,
    identity::{account, customer_group},
    organisations::organisation,
    pricing::{product_tax_class, tax_class, tax_exemption, tax_rule},
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use store::{Backend, Fault, Read, Slice, Sort, SortKind, Tx};

use super::Payers;
use crate::{list::Listed, pricing::rows::is};

/// What was said of the taxes of countries.
pub(super) async fn rules(
    read: &Read,
    countries: impl IntoIterator<Item = Country>,
) -> Result<Vec<tax_rule::Model>, Fault> {
    let codes = countries.into_iter().map(|country| country.as_str().to_owned());
    read.find::<tax_rule::Entity>().filter(tax_rule::Column::Country.is_in(codes)).all().await
}

/// The classes of products; of those of the standard class none.
pub(super) async fn classes_of(
    read: &Read,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, Id<TaxClass>>, Fault> {
    let rows = read.find::<product_tax_class::Entity>().by_any(products.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row.tax_class_id)).collect())
}

/// The exemptions that go for any of these, in order.
pub(super) async fn exemptions_of(
    read: &Read,
    payers: Payers,
    at: Instant,
) -> Result<Vec<tax_exemption::Model>, Fault> {
    let theirs = Condition::any()
        .add(tax_exemption::Column::AccountId.is_in(payers.customers))
        .add(tax_exemption::Column::GroupId.is_in(payers.groups))
        .add(tax_exemption::Column::OrganisationId.is_in(payers.organisations));
    let find = read.find::<tax_exemption::Entity>().filter(theirs).filter(not_over(at));
    find.order_by_asc(tax_exemption::Column::Id).all().await
}

fn not_over(at: Instant) -> Condition {
    Condition::any().add(tax_exemption::Column::EndsAt.is_null()).add(tax_exemption::Column::EndsAt.gt(at))
}

/// Classes by id.
pub(super) async fn classes(
    read: &Read,
    ids: impl IntoIterator<Item = Id<TaxClass>>,
) -> Result<HashMap<Id<TaxClass>, tax_class::Model>, Fault> {
    let rows = read.find::<tax_class::Entity>().by_any(ids).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What classes are sorted by: their code.
pub(super) const CLASSES_SORTED_BY: SortKind = SortKind::Text("tax_class.code");

/// Classes, by code.
pub(super) async fn page_of_classes(read: &Read, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let total = if with_total { Some(read.find::<tax_class::Entity>().count().await?) } else { None };
    let by = Expr::col((tax_class::Entity, tax_class::Column::Code));
    let sort = Sort { by, kind: CLASSES_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<tax_class::Entity>().page(tax_class::Column::Id, sort, slice).await?, total })
}

/// What rates are sorted by: when they begin.
pub(super) const RATES_SORTED_BY: SortKind = SortKind::Integer("tax_rule.starts_at");

/// What was said of the taxes of a country, or of all, by when it begins.
pub(super) async fn page_of_rules(
    read: &Read,
    country: Option<Country>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let find = || {
        let find = read.find::<tax_rule::Entity>();
        match &country {
            Some(country) => find.filter(tax_rule::Column::Country.eq(country.as_str())),
            None => find,
        }
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((tax_rule::Entity, tax_rule::Column::StartsAt));
    let sort = Sort { by, kind: RATES_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(tax_rule::Column::Id, sort, slice).await?, total })
}

/// Rules by id.
pub(super) async fn rules_by_id(
    read: &Read,
    ids: impl IntoIterator<Item = Id<domain::id::TaxRule>>,
) -> Result<Vec<tax_rule::Model>, Fault> {
    read.find::<tax_rule::Entity>().by_any(ids).all().await
}

/// What exemptions are sorted by: when they begin.
pub(super) const EXEMPTIONS_SORTED_BY: SortKind = SortKind::Integer("tax_exemption.starts_at");

/// Exemptions, of a customer, of a company and its units, or of all, by when they begin.
pub(super) async fn page_of_exemptions(
    read: &Read,
    (customer, organisation): (Option<Id<Account>>, Option<Id<Organisation>>),
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let find = || {
        let mut find = read.find::<tax_exemption::Entity>();
        if let Some(customer) = customer {
            find = find.filter(tax_exemption::Column::AccountId.eq(customer));
        }
        match organisation {
            Some(organisation) => find.filter(tax_exemption::Column::OrganisationId.eq(organisation)),
            None => find,
        }
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((tax_exemption::Entity, tax_exemption::Column::StartsAt));
    let sort = Sort { by, kind: EXEMPTIONS_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(tax_exemption::Column::Id, sort, slice).await?, total })
}

/// Exemptions by id.
pub(super) async fn exemptions(
    read: &Read,
    ids: impl IntoIterator<Item = Id<TaxExemption>>,
) -> Result<HashMap<Id<TaxExemption>, tax_exemption::Model>, Fault> {
    let rows = read.find::<tax_exemption::Entity>().by_any(ids).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Locks whose an exemption is: of two at once that are granted to them, one waits until the other is. SQLite lets one
/// write at a time anyway.
pub(super) async fn lock(tx: &Tx, of: &tax_exemption::Model) -> Result<(), Fault> {
    if tx.backend() != Backend::Postgres {
        return Ok(());
    }
    let lock = LockType::NoKeyUpdate;
    if let Some(customer) = of.account_id {
        tx.find::<account::Entity>().by(customer).lock(lock).one().await?;
    }
    if let Some(group) = of.group_id {
        tx.find::<customer_group::Entity>().by(group).lock(lock).one().await?;
    }
    if let Some(organisation) = of.organisation_id {
        tx.find::<organisation::Entity>().by(organisation).lock(lock).one().await?;
    }
    Ok(())
}

/// The exemptions of the same customer, group, company or unit that are not over when one begins.
pub(super) async fn of_the_same(read: &Read, of: &tax_exemption::Model) -> Result<Vec<tax_exemption::Model>, Fault> {
    use tax_exemption::Column;
    let find = read.find::<tax_exemption::Entity>().filter(not_over(of.starts_at));
    let find = find.filter(is(Column::AccountId, of.account_id)).filter(is(Column::GroupId, of.group_id));
    let find = find.filter(is(Column::OrganisationId, of.organisation_id));
    find.filter(is(Column::OrganisationUnitId, of.organisation_unit_id)).all().await
}

/// Ends an exemption now; takes it away if it did not begin. Says whether it was there still.
pub(super) async fn end_exemption(tx: &Tx, row: &tax_exemption::Model) -> Result<bool, Fault> {
    if row.starts_at < tx.now() {
        let update = tx.update::<tax_exemption::Entity>().by(row.id).filter(not_over(tx.now()));
        return Ok(update.set(tax_exemption::Column::EndsAt, tx.now()).run().await? == 1);
    }
    Ok(tx.delete::<tax_exemption::Entity>().by(row.id).run().await? == 1)
}

/// Writes the next names of a class, if it still has the version before. Says whether it had.
pub(super) async fn replace_class(tx: &Tx, next: &tax_class::Model) -> Result<bool, Fault> {
    let before = next.version.saturating_sub(1);
    let update = tx.update::<tax_class::Entity>().by(next.id).filter(tax_class::Column::Version.eq(before));
    let update = update.set(tax_class::Column::NameAr, next.name_ar.clone());
    let update = update.set(tax_class::Column::NameEn, next.name_en.clone());
    Ok(update.set(tax_class::Column::Version, next.version).run().await? == 1)
}

/// Puts products into a class, or into the standard one: two statements for hundreds.
pub(super) async fn assign(tx: &Tx, class: Option<Id<TaxClass>>, products: &[Id<Product>]) -> Result<(), Fault> {
    let delete = tx.delete::<product_tax_class::Entity>();
    delete.filter(product_tax_class::Column::ProductId.is_in(products.iter().copied())).run().await?;
    let Some(class) = class else { return Ok(()) };
    let row = |product: &Id<Product>| product_tax_class::ActiveModel {
        product_id: Set(*product),
        tax_class_id: Set(class),
        ..Default::default()
    };
    tx.insert_many(products.iter().map(row).collect::<Vec<_>>()).await
}

/// Takes away what was said of the same from the same instant on.
pub(super) async fn forget_rule(tx: &Tx, of: &tax_rule::Model) -> Result<(), Fault> {
    let class = match of.tax_class_id {
        Some(class) => tax_rule::Column::TaxClassId.eq(class),
        None => tax_rule::Column::TaxClassId.is_null(),
    };
    let delete = tx.delete::<tax_rule::Entity>().filter(class);
    let delete = delete.filter(tax_rule::Column::Country.eq(of.country.clone()));
    let delete = delete.filter(tax_rule::Column::RegionKey.eq(of.region_key.clone()));
    delete.filter(tax_rule::Column::StartsAt.eq(of.starts_at)).run().await.map(drop)
}

/// Takes away a rule. Says whether it was there still.
pub(super) async fn remove_rule(tx: &Tx, rule: Id<domain::id::TaxRule>) -> Result<bool, Fault> {
    Ok(tx.delete::<tax_rule::Entity>().by(rule).run().await? == 1)
}

/// What is said of the taxes of a channel, if it still is as it was read. Says whether it was.
pub(super) async fn set_channel(tx: &Tx, was: &channel::Model, next: &channel::Model) -> Result<bool, Fault> {
    let column = Expr::col(channel::Column::ServiceTaxClassId);
    let services = match was.service_tax_class_id {
        Some(class) => column.eq(class),
        None => column.is_null(),
    };
    let update = tx.update::<channel::Entity>().by(was.id).filter(services);
    let update = update.filter(channel::Column::PricesIncludeTax.eq(was.prices_include_tax));
    let update = update.set(channel::Column::PricesIncludeTax, next.prices_include_tax);
    Ok(update.set(channel::Column::ServiceTaxClassId, next.service_tax_class_id).run().await? == 1)
}
