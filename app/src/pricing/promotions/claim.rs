//! Orders use promotions that are counted: each by one conditional statement, and none more often than it may be.

use std::collections::BTreeSet;

use domain::{
    id::{Id, Order},
    money::{Currency, Money},
    pricing::promotions::Applied,
};
use entity::pricing::{coupon, promotion, promotion_use};
use sea_orm::IntoActiveModel;
use store::{Fault, Tx};

use super::{codes, rows};
use crate::organisations::Party;

/// What an order is to use of promotions that are counted.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    uses: Vec<Use>,
}

/// What an order is to use of one promotion.
#[derive(Clone, Debug)]
struct Use {
    applied: Applied,
    /// How often the coupon may be used, if it is counted.
    coupon: Option<i64>,
    /// How often a customer may use the promotion, if that is counted.
    of_customer: Option<i64>,
    /// How often it may be used for a company, if that is counted.
    of_organisation: Option<i64>,
}

/// Another order was faster: nothing is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The coupon by which it applied.
    pub coupon: Option<String>,
}

impl Claims {
    /// What each of these is to use of promotions that are counted, in their order.
    pub async fn of(tx: &Tx, orders: &[Vec<Applied>]) -> Result<Vec<Self>, Fault> {
        let all: Vec<_> = orders.iter().flatten().collect();
        let ids: BTreeSet<_> = all.iter().map(|applied| applied.promotion).collect();
        if ids.is_empty() {
            return Ok(vec![Self::default(); orders.len()]);
        }
        let promotions = rows::promotions(tx, ids.into_iter().collect()).await?;
        let written = codes::written(all.iter().filter_map(|applied| applied.coupon.as_deref()));
        let coupons = if written.is_empty() { Vec::new() } else { rows::coupons_by_code(tx, written).await? };
        let mut claims = Vec::with_capacity(orders.len());
        for applied in orders {
            let mut uses: Vec<_> = applied.iter().filter_map(|one| used(one, &promotions, &coupons)).collect();
            // In one order for all, so that no two wait for each other.
            uses.sort_by_key(|one| one.applied.promotion);
            claims.push(Self { uses });
        }
        Ok(claims)
    }

    /// Whether nothing is counted.
    pub fn are_none(&self) -> bool {
        self.uses.is_empty()
    }

    /// Uses all of it for an order, or nothing: then it says what is spent.
    pub async fn take(
        &self,
        tx: &Tx,
        (order, currency): (Id<Order>, Currency),
        party: &Party,
    ) -> Result<Result<(), Spent>, Fault> {
        let mut taken = Vec::with_capacity(self.uses.len());
        for one in &self.uses {
            let row = one.row(tx, order, party);
            if !one.count(tx, &row, currency).await? {
                for row in &taken {
                    rows::uncount(tx, row).await?;
                }
                return Ok(Err(Spent { coupon: one.applied.coupon.clone() }));
            }
            taken.push(row);
        }
        tx.insert_many(taken.into_iter().map(IntoActiveModel::into_active_model)).await?;
        Ok(Ok(()))
    }
}

impl Use {
    fn row(&self, tx: &Tx, order: Id<Order>, party: &Party) -> promotion_use::Model {
        promotion_use::Model {
            tenant_id: tx.scope().tenant(),
            order_id: order,
            promotion_id: self.applied.promotion,
            customer_id: self.of_customer.and(party.customer),
            organisation_id: self.of_organisation.and(party.organisation()),
            code: self.coupon.and_then(|_| self.applied.coupon.clone()),
            amount_minor: self.applied.amount,
            used_at: tx.now(),
            given_back_at: None,
        }
    }

    /// Counts the promotion, its coupon, its customer and its company: all, or none. Says whether there was so much left of each.
    async fn count(&self, tx: &Tx, row: &promotion_use::Model, currency: Currency) -> Result<bool, Fault> {
        if !rows::count(tx, row.promotion_id, Money::new(row.amount_minor, currency)).await? {
            return Ok(false);
        }
        let coupon = self.coupon.zip(row.code.as_deref());
        if let Some((max, code)) = coupon
            && !rows::count_coupon(tx, code, max).await?
        {
            let counted = promotion_use::Model { code: None, customer_id: None, organisation_id: None, ..row.clone() };
            rows::uncount(tx, &counted).await?;
            return Ok(false);
        }
        if let (Some(max), Some(customer)) = (self.of_customer, row.customer_id)
            && !rows::count_customer(tx, (row.promotion_id, customer), max).await?
        {
            let counted = promotion_use::Model { customer_id: None, organisation_id: None, ..row.clone() };
            rows::uncount(tx, &counted).await?;
            return Ok(false);
        }
        if let (Some(max), Some(organisation)) = (self.of_organisation, row.organisation_id)
            && !rows::count_company(tx, (row.promotion_id, organisation), max).await?
        {
            rows::uncount(tx, &promotion_use::Model { organisation_id: None, ..row.clone() }).await?;
            return Ok(false);
        }
        Ok(true)
    }
}

fn used(applied: &Applied, promotions: &[promotion::Model], coupons: &[coupon::Model]) -> Option<Use> {
    let row = promotions.iter().find(|row| row.id == applied.promotion)?;
    let coupon = applied.coupon.as_deref().and_then(|code| {
        let is_of = |of: &&coupon::Model| {
            of.promotion_id == row.id && (of.code == code || codes::prefix(code) == Some(&of.code))
        };
        coupons.iter().find(is_of).and_then(|of| of.orders_max)
    });
    let (of_customer, of_organisation) = (row.orders_max_of_customer, row.orders_max_of_organisation);
    let limits = [row.orders_max, of_customer, of_organisation, row.budget_minor, coupon];
    let is_counted = limits.iter().any(Option::is_some);
    is_counted.then(|| Use { applied: applied.clone(), coupon, of_customer, of_organisation })
}

/// Takes back what was used for an order that does not come into being.
pub async fn undo(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    for row in rows::uses(tx, order).await? {
        rows::uncount(tx, &row).await?;
    }
    rows::forget(tx, order).await
}

/// Gives back what a cancelled order used; nothing, if it did already.
pub async fn give_back(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    for row in rows::uses(tx, order).await? {
        if rows::given_back(tx, &row).await? {
            rows::uncount(tx, &row).await?;
        }
    }
    Ok(())
}
