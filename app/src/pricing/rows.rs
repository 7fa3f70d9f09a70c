//! The statements of pricing.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Channel, CustomerGroup, Id, Organisation, PriceList, PriceListAssignment, Variant},
    money::{Currency, Money},
    pricing::{
        list::{self, Fixed, lineage::Lineage},
        quantity_rule::QuantityRule,
        tiers::Tiers,
        validity::Validity,
    },
    time::Instant,
};
use entity::{
    catalog::variant,
    pricing::{list_price, price_list, price_list_assignment, quantity_rule},
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};
use store::{Fault, Read, Slice, Sort, Tx};

use super::{
    Span,
    book::countries,
    load::{LIST_VARIANTS_SORTED_BY, LISTS_SORTED_BY},
};
use crate::list::{Listed, grouped};

/// What gives lists to members of these groups, to who buys for these companies, and to everybody, in a channel: of one
/// kind in the order in which they are asked.
pub(super) async fn given(
    read: &Read,
    channel: Id<Channel>,
    (groups, companies): (HashSet<Id<CustomerGroup>>, HashSet<Id<Organisation>>),
    span: Span,
) -> Result<Vec<price_list_assignment::Model>, Fault> {
    let column = |column| Expr::col((price_list_assignment::Entity, column));
    let here = column(price_list_assignment::Column::ChannelId).eq(channel);
    let nobodys = column(price_list_assignment::Column::GroupId).is_null();
    let nobodys = nobodys.and(column(price_list_assignment::Column::OrganisationId).is_null());
    let everybody = nobodys.and(here.clone());
    let anywhere = column(price_list_assignment::Column::ChannelId).is_null().or(here);
    let mut given = Condition::any().add(everybody);
    given = given.add(price_list_assignment::Column::GroupId.is_in(groups).and(anywhere.clone()));
    if !companies.is_empty() {
        given = given.add(price_list_assignment::Column::OrganisationId.is_in(companies).and(anywhere));
    }
    let mut find = read.find::<price_list_assignment::Entity>().filter(given);
    if let Span::At(at) = span {
        find = find.filter(not_over(price_list_assignment::Column::EndsAt, at));
    }
    let find = find.order_by_asc(price_list_assignment::Column::Priority);
    find.order_by_asc(price_list_assignment::Column::Id).all().await
}

/// What is not over.
fn not_over(ends_at: impl ColumnTrait, at: Instant) -> Condition {
    Condition::any().add(ends_at.is_null()).add(ends_at.gt(at))
}

/// Who buys by lists now or will, in the order in which these are asked.
pub(super) async fn assignments(
    read: &Read,
    lists: &[Id<PriceList>],
    now: Instant,
) -> Result<Vec<price_list_assignment::Model>, Fault> {
    let find = read.find::<price_list_assignment::Entity>().by_any(lists.iter().copied());
    let find = find.filter(not_over(price_list_assignment::Column::EndsAt, now));
    let find = find.order_by_asc(price_list_assignment::Column::Priority);
    find.order_by_asc(price_list_assignment::Column::Id).all().await
}

/// Whether the same buy by a list for the same reason already, to the same countries, whenever they would by an assignment.
pub(super) async fn is_assigned(read: &Read, of: &price_list_assignment::Model) -> Result<bool, Fault> {
    use price_list_assignment::Column;
    let find = read.find::<price_list_assignment::Entity>().by(of.price_list_id);
    let find = find.filter(is(Column::GroupId, of.group_id)).filter(is(Column::OrganisationId, of.organisation_id));
    let find = find.filter(is(Column::OrganisationUnitId, of.organisation_unit_id));
    let find = find.filter(is(Column::ChannelId, of.channel_id)).filter(Column::Priority.eq(of.priority));
    let validity = |row: &price_list_assignment::Model| Validity { from: row.starts_at, until: row.ends_at };
    let countries = |row: &price_list_assignment::Model| countries(&row.countries).into_iter().collect::<HashSet<_>>();
    let is_same =
        |row: &price_list_assignment::Model| validity(row).covers(validity(of)) && countries(row) == countries(of);
    Ok(find.all().await?.iter().any(is_same))
}

/// What has this value, or none.
pub(super) fn is(column: impl ColumnTrait, value: Option<impl Into<sea_orm::Value>>) -> SimpleExpr {
    value.map_or_else(|| column.is_null(), |value| column.eq(value))
}

/// Ends an assignment now; takes it away if it did not begin. Says whether it was there still.
pub(super) async fn end_assignment(tx: &Tx, row: &price_list_assignment::Model) -> Result<bool, Fault> {
    if row.starts_at.is_none_or(|starts_at| starts_at < tx.now()) {
        let update = tx.update::<price_list_assignment::Entity>().by(row.id);
        let update = update.filter(not_over(price_list_assignment::Column::EndsAt, tx.now()));
        return Ok(update.set(price_list_assignment::Column::EndsAt, tx.now()).run().await? == 1);
    }
    Ok(tx.delete::<price_list_assignment::Entity>().by(row.id).run().await? == 1)
}

/// Lists by id.
pub(super) async fn lists(
    read: &Read,
    ids: impl IntoIterator<Item = Id<PriceList>>,
) -> Result<Vec<price_list::Model>, Fault> {
    read.find::<price_list::Entity>().by_any(ids).all().await
}

/// The list of a code.
pub(super) async fn list_by_code(read: &Read, code: &str) -> Result<Option<price_list::Model>, Fault> {
    read.find::<price_list::Entity>().filter(price_list::Column::Code.eq(code)).one().await
}

/// Lists, by code.
pub(super) async fn page_of_lists(read: &Read, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let total = if with_total { Some(read.find::<price_list::Entity>().count().await?) } else { None };
    let by = Expr::col((price_list::Entity, price_list::Column::Code));
    let sort = Sort { by, kind: LISTS_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<price_list::Entity>().page(price_list::Column::Id, sort, slice).await?, total })
}

/// What a row says in the words of the domain.
pub(super) fn domain_list(row: &price_list::Model) -> Result<(Id<PriceList>, list::PriceList), Fault> {
    let validity = Validity { from: row.starts_at, until: row.ends_at };
    Ok((row.id, list::PriceList { currency: currency(row)?, validity, rules: rules(row)? }))
}

/// Who follows whom. Which lists follow one is said in their own rules alone: those of all that follow another are read, by
/// one statement.
pub(super) async fn lineage(read: &Read) -> Result<Lineage, Fault> {
    let find = read.find::<price_list::Entity>().filter(price_list::Column::Rules.ne("[]"));
    let mut lineage = Lineage::default();
    for row in find.all().await? {
        lineage.note(row.id, &rules(&row)?);
    }
    Ok(lineage)
}

/// From which others a list takes what it does not have.
pub fn rules(row: &price_list::Model) -> Result<Vec<list::Rule>, Fault> {
    serde_json::from_str(&row.rules).map_err(Fault::new)
}

/// The currency of a list.
pub fn currency(row: &price_list::Model) -> Result<Currency, Fault> {
    Currency::parse(&row.currency).ok_or_else(|| Fault::new("a price list without a currency"))
}

/// What is fixed in lists, each with its currency, for variants.
pub(super) async fn fixed(
    read: &Read,
    lists: &[(Id<PriceList>, Currency)],
    variants: &[Id<Variant>],
    span: Span,
) -> Result<HashMap<(Id<PriceList>, Id<Variant>), Vec<Fixed>>, Fault> {
    let mut find =
        read.find::<list_price::Entity>().by_any(lists.iter().map(|(id, _)| *id)).by_any(variants.iter().copied());
    if let Span::At(at) = span {
        find = find.filter(list_price::Column::StartsAt.lte(at)).filter(not_over(list_price::Column::EndsAt, at));
    }
    let currencies: HashMap<_, _> = lists.iter().copied().collect();
    let mut fixed = Vec::new();
    for row in find.all().await? {
        let Some(currency) = currencies.get(&row.price_list_id) else { continue };
        fixed.push(((row.price_list_id, row.variant_id), domain_fixed(&row, *currency)?));
    }
    Ok(grouped(fixed))
}

/// What a row says in the words of the domain.
pub fn domain_fixed(row: &list_price::Model, currency: Currency) -> Result<Fixed, Fault> {
    let money = |minor| Money::new(minor, currency);
    let tiers: Vec<(u32, i64)> = serde_json::from_str(&row.tiers).map_err(Fault::new)?;
    let more = tiers.into_iter().map(|(from, minor)| (from, money(minor))).collect();
    Ok(Fixed {
        tiers: Tiers::new(money(row.amount_minor), more).map_err(Fault::new)?,
        compare_at: row.was_minor.map(money),
        validity: Validity { from: Some(row.starts_at), until: row.ends_at },
        is_temporary: row.is_temporary,
    })
}

/// How many pieces of variants are bought together, where lists say so.
pub(super) async fn quantity_rules(
    read: &Read,
    lists: &[Id<PriceList>],
    variants: &[Id<Variant>],
) -> Result<HashMap<(Id<PriceList>, Id<Variant>), QuantityRule>, Fault> {
    let find = read.find::<quantity_rule::Entity>().by_any(lists.iter().copied()).by_any(variants.iter().copied());
    let rule = |row: quantity_rule::Model| {
        let rule = QuantityRule::parse(Some(row.minimum), row.maximum, Some(row.increment)).map_err(Fault::new)?;
        Ok(((row.price_list_id, row.variant_id), rule))
    };
    find.all().await?.into_iter().map(rule).collect()
}

/// Writes how many pieces of variants are bought together by a list that is locked; `None`: it says that no more. Two
/// statements for hundreds.
pub(super) async fn replace_quantity_rules(
    tx: &Tx,
    list: Id<PriceList>,
    next: HashMap<Id<Variant>, Option<QuantityRule>>,
) -> Result<(), Fault> {
    let delete = tx.delete::<quantity_rule::Entity>().by(list);
    delete.filter(quantity_rule::Column::VariantId.is_in(next.keys().copied())).run().await?;
    let row = |(variant, rule): (Id<Variant>, Option<QuantityRule>)| {
        rule.map(|rule| quantity_rule::Model {
            tenant_id: tx.scope().tenant(),
            price_list_id: list,
            variant_id: variant,
            minimum: rule.minimum().into(),
            maximum: rule.maximum().map(i64::from),
            increment: rule.increment().into(),
        })
    };
    tx.insert_many(next.into_iter().filter_map(row).map(IntoActiveModel::into_active_model)).await
}

/// Counts a change of a list, if it has the expected version: of two who change it at once, one waits. Says whether it did.
pub(super) async fn touch_list(tx: &Tx, list: Id<PriceList>, expected: Option<i64>) -> Result<bool, Fault> {
    let mut update = tx.update::<price_list::Entity>().by(list);
    if let Some(expected) = expected {
        update = update.filter(price_list::Column::Version.eq(expected));
    }
    let next = Expr::col(price_list::Column::Version).add(1_i64);
    Ok(update.set(price_list::Column::Version, next).run().await? == 1)
}

/// Whom lists follow is said by one after the other: each locks the first list.
pub(super) async fn lock_order(tx: &Tx) -> Result<(), Fault> {
    let first = tx.find::<price_list::Entity>().order_by_asc(price_list::Column::Id).one().await?;
    let Some(first) = first else { return Ok(()) };
    let version = Expr::col(price_list::Column::Version);
    tx.update::<price_list::Entity>().by(first.id).set(price_list::Column::Version, version).run().await.map(drop)
}

/// Writes what can change of a list that is locked.
pub(super) async fn replace_list(tx: &Tx, next: &price_list::Model) -> Result<(), Fault> {
    let update = tx.update::<price_list::Entity>().by(next.id);
    let update = update.set(price_list::Column::NameAr, next.name_ar.clone());
    let update = update.set(price_list::Column::NameEn, next.name_en.clone());
    let update = update.set(price_list::Column::StartsAt, next.starts_at);
    let update = update.set(price_list::Column::EndsAt, next.ends_at);
    update.set(price_list::Column::Rules, next.rules.clone()).run().await.map(drop)
}

/// The prices of variants in a list that go now or will, by variant and by when they begin.
pub(super) async fn open_prices(
    read: &Read,
    list: Id<PriceList>,
    variants: &[Id<Variant>],
    now: Instant,
) -> Result<Vec<list_price::Model>, Fault> {
    let find = read.find::<list_price::Entity>().by(list).by_any(variants.iter().copied());
    let find = find.filter(not_over(list_price::Column::EndsAt, now));
    let find = find.order_by_asc(list_price::Column::VariantId).order_by_asc(list_price::Column::StartsAt);
    find.order_by_asc(list_price::Column::IsTemporary).all().await
}

/// The variants of which a list says something itself, now or from later on, by SKU.
pub(super) async fn page_of_variants(
    read: &Read,
    (list, now): (Id<PriceList>, Instant),
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let priced = read.find::<list_price::Entity>().by(list).filter(not_over(list_price::Column::EndsAt, now));
    let priced = variant::Column::Id.in_subquery(priced.only(list_price::Column::VariantId));
    let ruled = read.find::<quantity_rule::Entity>().by(list).only(quantity_rule::Column::VariantId);
    let said = priced.or(variant::Column::Id.in_subquery(ruled));
    let total =
        if with_total { Some(read.find::<variant::Entity>().filter(said.clone()).count().await?) } else { None };
    let by = Expr::col((variant::Entity, variant::Column::Sku));
    let sort = Sort { by, kind: LIST_VARIANTS_SORTED_BY, descending: false };
    let find = read.find::<variant::Entity>().filter(said);
    Ok(Listed { page: find.page(variant::Column::Id, sort, slice).await?, total })
}

/// So many of the regular prices in a list that go at an instant, by variant, after that of one.
pub(super) async fn regular_prices(
    read: &Read,
    list: Id<PriceList>,
    at: Instant,
    (after, n): (Option<Id<Variant>>, u64),
) -> Result<Vec<list_price::Model>, Fault> {
    let mut find = read.find::<list_price::Entity>().by(list).filter(list_price::Column::IsTemporary.eq(false));
    find = find.filter(list_price::Column::StartsAt.lte(at)).filter(not_over(list_price::Column::EndsAt, at));
    if let Some(after) = after {
        find = find.filter(list_price::Column::VariantId.gt(after));
    }
    find.order_by_asc(list_price::Column::VariantId).limit(n).all().await
}

/// Writes what became of the prices of variants in a list that is locked, which went now or were to: two statements for
/// hundreds.
pub(super) async fn replace_open_prices(
    tx: &Tx,
    list: Id<PriceList>,
    next: HashMap<Id<Variant>, Vec<list_price::Model>>,
) -> Result<(), Fault> {
    let delete = tx.delete::<list_price::Entity>().by(list).filter(not_over(list_price::Column::EndsAt, tx.now()));
    delete.filter(list_price::Column::VariantId.is_in(next.keys().copied())).run().await?;
    tx.insert_many(next.into_values().flatten().map(IntoActiveModel::into_active_model)).await
}

/// Why somebody buys by a list.
pub(super) async fn assignment(
    read: &Read,
    id: Id<PriceListAssignment>,
) -> Result<Option<price_list_assignment::Model>, Fault> {
    read.find::<price_list_assignment::Entity>().by(id).one().await
}
