//! The statements of promotions.

use std::collections::HashMap;

use domain::{
    id::{Account, Channel, Coupon, Id, Order, Organisation, Promotion},
    money::Money,
    pricing::{
        promotions::{self, Left, Rule},
        validity::Validity,
    },
    time::Instant,
};
use entity::pricing::{coupon, coupon_count, promotion, promotion_customer, promotion_organisation, promotion_use};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use store::{Fault, Read, Slice, Sort, Tx};

use super::load::{COUPONS_SORTED_BY, PROMOTIONS_SORTED_BY};
use crate::list::Listed;

/// The promotions that run without a coupon at an instant, and those named.
pub(super) async fn running(read: &Read, at: Instant, named: &[Id<Promotion>]) -> Result<Vec<promotion::Model>, Fault> {
    running_in(read, (at, at), named).await
}

/// The promotions that run at some instant between two without a coupon, and those named.
pub(super) async fn running_in(
    read: &Read,
    (from, until): (Instant, Instant),
    named: &[Id<Promotion>],
) -> Result<Vec<promotion::Model>, Fault> {
    use promotion::Column::{EndsAt, Id as Named, NeedsCoupon, StartsAt};
    let begun = Condition::any().add(StartsAt.is_null()).add(StartsAt.lte(until));
    let open = Condition::any().add(EndsAt.is_null()).add(EndsAt.gt(from));
    let runs = Condition::all().add(NeedsCoupon.eq(false)).add(begun).add(open);
    let wanted = Condition::any().add(runs).add(Named.is_in(named.iter().copied()));
    read.find::<promotion::Entity>().filter(wanted).order_by_asc(Named).all().await
}

/// Other promotions that run at some instant of a time, with a coupon or without: so many, those that were made last first.
pub(super) async fn run_beside(
    read: &Read,
    promotion: Id<Promotion>,
    time: Validity,
    limit: u64,
) -> Result<Vec<promotion::Model>, Fault> {
    use promotion::Column::{EndsAt, Id as Named, StartsAt};
    let mut runs = Condition::all().add(Named.ne(promotion));
    if let Some(from) = time.from {
        runs = runs.add(Condition::any().add(EndsAt.is_null()).add(EndsAt.gt(from)));
    }
    if let Some(until) = time.until {
        runs = runs.add(Condition::any().add(StartsAt.is_null()).add(StartsAt.lt(until)));
    }
    read.find::<promotion::Entity>().filter(runs).order_by_desc(Named).limit(limit).all().await
}

/// Whether there is a coupon for a promotion that is worth something: coupons that were issued together are, even if each of
/// them was used.
pub(super) async fn has_coupon(read: &Read, promotion: Id<Promotion>) -> Result<bool, Fault> {
    let (code, max) = ((coupon::Entity, coupon::Column::Code), (coupon::Entity, coupon::Column::OrdersMax));
    let (counted, orders) = (coupon_count::Column::Code, (coupon_count::Entity, coupon_count::Column::Orders));
    let used_up = read.find::<coupon_count::Entity>().filter(Expr::col((coupon_count::Entity, counted)).equals(code));
    let used_up = used_up.filter(Expr::col(orders).gte(Expr::col(max))).only(counted);
    let find = read.find::<coupon::Entity>().by(promotion).filter(coupon::Column::RevokedAt.is_null());
    let find = find.filter(coupon::Column::Code.not_in_subquery(used_up));
    Ok(find.limit(1).one().await?.is_some())
}

/// Promotions by id.
pub(super) async fn promotions(read: &Read, ids: Vec<Id<Promotion>>) -> Result<Vec<promotion::Model>, Fault> {
    read.find::<promotion::Entity>().by_any(ids).all().await
}

/// The promotion of a code.
pub(super) async fn promotion_by_code(read: &Read, code: &str) -> Result<Option<promotion::Model>, Fault> {
    read.find::<promotion::Entity>().filter(promotion::Column::Code.eq(code)).one().await
}

/// Promotions, by code.
pub(super) async fn page_of_promotions(read: &Read, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let total = if with_total { Some(read.find::<promotion::Entity>().count().await?) } else { None };
    let by = Expr::col((promotion::Entity, promotion::Column::Code));
    let sort = Sort { by, kind: PROMOTIONS_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<promotion::Entity>().page(promotion::Column::Id, sort, slice).await?, total })
}

/// What a row says in the words of the domain.
pub(super) fn domain_promotion(row: &promotion::Model) -> Result<promotions::Promotion, Fault> {
    let left = |max: Option<i64>, used: i64| max.map(|max| max.saturating_sub(used));
    Ok(promotions::Promotion {
        id: row.id,
        validity: Validity { from: row.starts_at, until: row.ends_at },
        rule: rule(row)?,
        left: Left {
            orders: left(row.orders_max, row.orders),
            orders_of_customer: row.orders_max_of_customer,
            orders_of_organisation: row.orders_max_of_organisation,
            budget: left(row.budget_minor, row.spent_minor),
        },
    })
}

/// The rule of a promotion.
pub fn rule(row: &promotion::Model) -> Result<Rule, Fault> {
    serde_json::from_str(&row.rule).map_err(Fault::new)
}

/// Where a promotion applies; none: everywhere.
pub fn channels(row: &promotion::Model) -> Result<Vec<Id<Channel>>, Fault> {
    serde_json::from_str(&row.channels).map_err(Fault::new)
}

/// Writes what staff can change of a promotion, if it is as it was: of another currency only if nothing was taken off since.
/// Says whether it did.
pub(super) async fn replace_promotion(tx: &Tx, was: &promotion::Model, next: &promotion::Model) -> Result<bool, Fault> {
    let update = tx.update::<promotion::Entity>().by(next.id).filter(promotion::Column::Version.eq(was.version));
    let update = if next.currency == was.currency {
        update
    } else {
        update.filter(promotion::Column::SpentMinor.eq(was.spent_minor))
    };
    let update = update.set(promotion::Column::NameAr, next.name_ar.clone());
    let update = update.set(promotion::Column::NameEn, next.name_en.clone());
    let update = update.set(promotion::Column::Currency, next.currency.clone());
    let update = update.set(promotion::Column::Channels, next.channels.clone());
    let update = update.set(promotion::Column::Rule, next.rule.clone());
    let update = update.set(promotion::Column::NeedsCoupon, next.needs_coupon);
    let update = update.set(promotion::Column::StartsAt, next.starts_at);
    let update = update.set(promotion::Column::EndsAt, next.ends_at);
    let update = update.set(promotion::Column::OrdersMax, next.orders_max);
    let update = update.set(promotion::Column::OrdersMaxOfCustomer, next.orders_max_of_customer);
    let update = update.set(promotion::Column::OrdersMaxOfOrganisation, next.orders_max_of_organisation);
    let update = update.set(promotion::Column::BudgetMinor, next.budget_minor);
    Ok(update.set(promotion::Column::Version, next.version).run().await? == 1)
}

/// Coupons by what is written on them.
pub(super) async fn coupons_by_code(read: &Read, codes: Vec<String>) -> Result<Vec<coupon::Model>, Fault> {
    read.find::<coupon::Entity>().filter(coupon::Column::Code.is_in(codes)).all().await
}

/// Coupons by id.
pub(super) async fn coupons(read: &Read, ids: &[Id<Coupon>]) -> Result<Vec<coupon::Model>, Fault> {
    read.find::<coupon::Entity>().by_any(ids.iter().copied()).all().await
}

/// The coupons of a promotion, by code.
pub(super) async fn page_of_coupons(
    read: &Read,
    promotion: Id<Promotion>,
    (slice, with_total): (Slice, bool),
) -> Result<Listed, Fault> {
    let find = || read.find::<coupon::Entity>().by(promotion);
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((coupon::Entity, coupon::Column::Code));
    let sort = Sort { by, kind: COUPONS_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(coupon::Column::Id, sort, slice).await?, total })
}

/// A coupon by id.
pub(super) async fn coupon(read: &Read, id: Id<Coupon>) -> Result<Option<coupon::Model>, Fault> {
    read.find::<coupon::Entity>().by(id).one().await
}

/// How often coupons were used; nothing of those that never were.
pub(super) async fn counts(read: &Read, codes: Vec<String>) -> Result<HashMap<String, i64>, Fault> {
    let rows = read.find::<coupon_count::Entity>().filter(coupon_count::Column::Code.is_in(codes)).all().await?;
    Ok(rows.into_iter().map(|row| (row.code, row.orders)).collect())
}

/// How often customers used promotions; nothing of those who never did.
pub(super) async fn counts_of_customers(
    read: &Read,
    promotions: &[Id<Promotion>],
    customers: &[Id<Account>],
) -> Result<HashMap<(Id<Promotion>, Id<Account>), i64>, Fault> {
    let find = read.find::<promotion_customer::Entity>();
    let rows = find.by_any(promotions.iter().copied()).by_any(customers.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| ((row.promotion_id, row.customer_id), row.orders)).collect())
}

/// How often promotions were used for companies; nothing of those for which they never were.
pub(super) async fn counts_of_companies(
    read: &Read,
    promotions: &[Id<Promotion>],
    companies: &[Id<Organisation>],
) -> Result<HashMap<(Id<Promotion>, Id<Organisation>), i64>, Fault> {
    let find = read.find::<promotion_organisation::Entity>();
    let rows = find.by_any(promotions.iter().copied()).by_any(companies.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| ((row.promotion_id, row.organisation_id), row.orders)).collect())
}

/// Counts an order of a promotion and what it took off, if there is so much left, in the currency that the promotion has.
/// Says whether there is.
pub(super) async fn count(tx: &Tx, promotion: Id<Promotion>, amount: Money) -> Result<bool, Fault> {
    use promotion::Column::{BudgetMinor, Currency, Orders, OrdersMax, SpentMinor};
    let (code, amount) = (amount.currency.code(), amount.minor);
    let same = Condition::any().add(Currency.is_null()).add(Currency.eq(code));
    let one = Expr::col(Orders).add(1_i64);
    let spent = Expr::col(SpentMinor).add(amount);
    let orders = Condition::any().add(OrdersMax.is_null()).add(one.clone().lte(Expr::col(OrdersMax)));
    let budget = Condition::any().add(BudgetMinor.is_null()).add(spent.clone().lte(Expr::col(BudgetMinor)));
    let update = tx.update::<promotion::Entity>().by(promotion).filter(orders).filter(budget).filter(same);
    Ok(update.set(Orders, one).set(SpentMinor, spent).run().await? == 1)
}

/// Counts an order of a coupon, if it was used less often than it may be. Says whether it was.
pub(super) async fn count_coupon(tx: &Tx, code: &str, max: i64) -> Result<bool, Fault> {
    use coupon_count::Column::{Code, Orders};
    let row = coupon_count::Model { tenant_id: tx.scope().tenant(), code: code.to_owned(), orders: 0 };
    tx.insert_new(row.into_active_model()).await?;
    let update = tx.update::<coupon_count::Entity>().filter(Code.eq(code));
    let update = update.filter(Expr::col(Orders).lt(max));
    Ok(update.set(Orders, Expr::col(Orders).add(1_i64)).run().await? == 1)
}

/// Counts an order of a customer, if they used the promotion less often than they may. Says whether they did.
pub(super) async fn count_customer(
    tx: &Tx,
    (promotion, customer): (Id<Promotion>, Id<Account>),
    max: i64,
) -> Result<bool, Fault> {
    use promotion_customer::Column::Orders;
    let (tenant_id, orders) = (tx.scope().tenant(), 0);
    let row = promotion_customer::Model { tenant_id, promotion_id: promotion, customer_id: customer, orders };
    tx.insert_new(row.into_active_model()).await?;
    let update = tx.update::<promotion_customer::Entity>().by(promotion).by(customer);
    let update = update.filter(Expr::col(Orders).lt(max));
    Ok(update.set(Orders, Expr::col(Orders).add(1_i64)).run().await? == 1)
}

/// Counts an order for a company, if the promotion was used for it less often than it may be. Says whether it was.
pub(super) async fn count_company(
    tx: &Tx,
    (promotion, organisation): (Id<Promotion>, Id<Organisation>),
    max: i64,
) -> Result<bool, Fault> {
    use promotion_organisation::Column::Orders;
    let (tenant_id, promotion_id, organisation_id) = (tx.scope().tenant(), promotion, organisation);
    let row = promotion_organisation::Model { tenant_id, promotion_id, organisation_id, orders: 0 };
    tx.insert_new(row.into_active_model()).await?;
    let update = tx.update::<promotion_organisation::Entity>().by(promotion).by(organisation);
    let update = update.filter(Expr::col(Orders).lt(max));
    Ok(update.set(Orders, Expr::col(Orders).add(1_i64)).run().await? == 1)
}

/// Counts an order less.
pub(super) async fn uncount(tx: &Tx, row: &promotion_use::Model) -> Result<(), Fault> {
    let less = |column| Expr::col(column).sub(1_i64);
    let update = tx.update::<promotion::Entity>().by(row.promotion_id);
    let update = update.set(promotion::Column::Orders, less(promotion::Column::Orders));
    let spent = Expr::col(promotion::Column::SpentMinor).sub(row.amount_minor);
    update.set(promotion::Column::SpentMinor, spent).run().await?;
    if let Some(code) = &row.code {
        let update = tx.update::<coupon_count::Entity>().filter(coupon_count::Column::Code.eq(code.as_str()));
        let orders = Expr::col(coupon_count::Column::Orders).sub(1_i64);
        update.set(coupon_count::Column::Orders, orders).run().await?;
    }
    if let Some(customer) = row.customer_id {
        let update = tx.update::<promotion_customer::Entity>().by(row.promotion_id).by(customer);
        let orders = Expr::col(promotion_customer::Column::Orders).sub(1_i64);
        update.set(promotion_customer::Column::Orders, orders).run().await?;
    }
    if let Some(organisation) = row.organisation_id {
        let update = tx.update::<promotion_organisation::Entity>().by(row.promotion_id).by(organisation);
        let orders = Expr::col(promotion_organisation::Column::Orders).sub(1_i64);
        update.set(promotion_organisation::Column::Orders, orders).run().await?;
    }
    Ok(())
}

/// What an order used and did not give back, by promotion.
pub(super) async fn uses(read: &Read, order: Id<Order>) -> Result<Vec<promotion_use::Model>, Fault> {
    let find = read.find::<promotion_use::Entity>().by(order).filter(promotion_use::Column::GivenBackAt.is_null());
    find.order_by_asc(promotion_use::Column::PromotionId).all().await
}

/// Forgets what an order used.
pub(super) async fn forget(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    tx.delete::<promotion_use::Entity>().by(order).run().await.map(drop)
}

/// Notes that an order gave back what it used. Says whether it had not.
pub(super) async fn given_back(tx: &Tx, row: &promotion_use::Model) -> Result<bool, Fault> {
    let update = tx.update::<promotion_use::Entity>().by(row.order_id).by(row.promotion_id);
    let update = update.filter(promotion_use::Column::GivenBackAt.is_null());
    Ok(update.set(promotion_use::Column::GivenBackAt, tx.now()).run().await? == 1)
}

/// Makes a coupon worth nothing from now on. Says whether it was worth something.
pub(super) async fn revoke(tx: &Tx, coupon: Id<Coupon>) -> Result<bool, Fault> {
    let update = tx.update::<coupon::Entity>().by(coupon).filter(coupon::Column::RevokedAt.is_null());
    Ok(update.set(coupon::Column::RevokedAt, tx.now()).run().await? == 1)
}
