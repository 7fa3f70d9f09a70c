//! Taxes for readers, many at once.

use std::{collections::HashMap, slice::from_ref};

use domain::{
    id::{Account, Id, Organisation, Product, TaxClass, TaxExemption, TaxRule, Variant},
    identity::{country::Country, permission::proof::ReadTaxes},
    pricing::tax::{Basis, Charged, exemption::Payer, rules::Place},
};
use entity::pricing::{tax_class, tax_exemption, tax_rule};
use store::{Fault, Read, Slice, SortKind};

use super::{super::load::party, Payers, Taxes, rows};
use crate::{
    catalog, channels,
    cx::{Cx, Permit, Public},
    identity,
    list::Listed,
};

/// What classes are sorted by: their code.
pub const CLASSES_SORTED_BY: SortKind = rows::CLASSES_SORTED_BY;
/// What rates are sorted by: when they begin.
pub const RATES_SORTED_BY: SortKind = rows::RATES_SORTED_BY;
/// What exemptions are sorted by: when they begin.
pub const EXEMPTIONS_SORTED_BY: SortKind = rows::EXEMPTIONS_SORTED_BY;

/// Classes by id.
pub async fn classes(read: &Read, ids: &[Id<TaxClass>]) -> Result<HashMap<Id<TaxClass>, tax_class::Model>, Fault> {
    rows::classes(read, ids.iter().copied()).await
}

/// What was said of taxes, by id.
pub async fn rates(read: &Read, ids: &[Id<TaxRule>]) -> Result<HashMap<Id<TaxRule>, tax_rule::Model>, Fault> {
    let rows = rows::rules_by_id(read, ids.iter().copied()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Exemptions by id.
pub async fn exemptions(
    read: &Read,
    ids: &[Id<TaxExemption>],
) -> Result<HashMap<Id<TaxExemption>, tax_exemption::Model>, Fault> {
    rows::exemptions(read, ids.iter().copied()).await
}

/// The classes, by code.
pub async fn page_of_classes(
    cx: &Cx,
    _may: &Permit<ReadTaxes>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    rows::page_of_classes(&cx.read(), slice, with_total).await
}

/// What was said of taxes, and is to go, by when it begins.
pub async fn page_of_rates(
    cx: &Cx,
    _may: &Permit<ReadTaxes>,
    country: Option<Country>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    rows::page_of_rules(&cx.read(), country, slice, with_total).await
}

/// Who is relieved, was or will be, by when it begins: of all, of a customer, or of a company and its units.
pub async fn page_of_exemptions(
    cx: &Cx,
    _may: &Permit<ReadTaxes>,
    of: (Option<Id<Account>>, Option<Id<Organisation>>),
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    rows::page_of_exemptions(&cx.read(), of, slice, with_total).await
}

/// The classes of products; none of those of the standard class.
pub async fn classes_of(
    cx: &Cx,
    _may: &Permit<ReadTaxes>,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, tax_class::Model>, Fault> {
    let read = cx.read();
    let of = rows::classes_of(&read, products).await?;
    let known = rows::classes(&read, of.values().copied()).await?;
    Ok(of.into_iter().filter_map(|(product, class)| Some((product, known.get(&class)?.clone()))).collect())
}

/// How a variant is taxed, and whether its price includes it.
#[derive(Clone, Debug)]
pub struct OfVariant {
    /// How.
    pub charged: Charged,
    /// Whether prices include it.
    pub basis: Basis,
}

/// How variants are taxed for the caller in the request's channel: it is not known yet where they go.
pub async fn of_variants(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, OfVariant>, Fault> {
    let (read, channel, party) = (cx.read(), cx.channel()?, party(cx).await?);
    let variants = catalog::load::any_variants(&read, ids).await?;
    let products: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
    let groups = match party.customer {
        Some(customer) => identity::groups::groups_of(&read, &[customer]).await?.remove(&customer).unwrap_or_default(),
        None => Vec::new(),
    };
    let country = channels::country(channel)?;
    let payers = Payers {
        customers: party.customer.into_iter().collect(),
        groups: groups.iter().copied().collect(),
        organisations: party.organisation().into_iter().collect(),
    };
    let place = Place::from(country);
    let taxes = Taxes::load(&read, channel, payers, (&products, from_ref(&place)), cx.now()).await?;
    let payer = Payer { customer: party.customer, groups: &groups, seat: party.seat.as_ref() };
    let of = |product| OfVariant { charged: taxes.of_product(product, payer, &place), basis: taxes.basis() };
    Ok(variants.into_iter().map(|(id, variant)| (id, of(variant.product_id))).collect())
}
