//! What carts of one channel are offered: promotions that run, and those for which they have coupons.

use std::collections::HashMap;

use domain::{
    id::{Account, Id, Organisation},
    pricing::promotions::{Coupon, Left, Promotion, effect::Stage},
    time::Instant,
};
use entity::{
    channels::channel,
    pricing::{coupon, promotion},
};
use serde::{Deserialize, Serialize};
use store::{Fault, Read};

use super::{codes, rows};
use crate::{catalog::Looks, organisations::Party};

/// What carts of one channel are offered at an instant.
#[derive(Clone, Debug)]
pub struct Offers {
    promotions: Vec<Promotion>,
    /// By code.
    coupons: HashMap<String, Found>,
    used: HashMap<(Id<domain::id::Promotion>, Id<Account>), i64>,
    used_by_companies: HashMap<(Id<domain::id::Promotion>, Id<Organisation>), i64>,
    /// One that is tried, and that is offered to nobody.
    tried: Option<Promotion>,
}

/// A coupon that is one.
#[derive(Clone, Debug)]
struct Found {
    row: coupon::Model,
    is_used_up: bool,
}

/// Why a coupon is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCoupon {
    /// There is no such coupon here.
    Unknown,
    /// It is not good any more.
    Over,
    /// It was used as often as it may be.
    UsedUp,
}

impl Offers {
    /// What carts with these coupons, of these and of guests, are offered: one statement, and few more if there are coupons
    /// or promotions that are counted for each customer or company.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        (parties, given): (&[Party], &[String]),
        at: Instant,
    ) -> Result<Self, Fault> {
        let coupons = found(read, given).await?;
        let named: Vec<_> = coupons.values().map(|found| found.row.promotion_id).collect();
        let mut promotions = Vec::new();
        for row in rows::running(read, at, &named).await? {
            if goes_in(&row, channel)? {
                promotions.push(rows::domain_promotion(&row)?);
            }
        }
        let counted = |is_counted: fn(&Left) -> bool| {
            let counted = promotions.iter().filter(|one| is_counted(&one.left));
            counted.map(|one| one.id).collect::<Vec<_>>()
        };
        let customers: Vec<_> = parties.iter().filter_map(|party| party.customer).collect();
        let used = match (counted(|left| left.orders_of_customer.is_some()).as_slice(), customers.as_slice()) {
            ([], _) | (_, []) => HashMap::new(),
            (counted, customers) => rows::counts_of_customers(read, counted, customers).await?,
        };
        let companies: Vec<_> = parties.iter().filter_map(Party::organisation).collect();
        let counted = counted(|left| left.orders_of_organisation.is_some());
        let used_by_companies = match (counted.as_slice(), companies.as_slice()) {
            ([], _) | (_, []) => HashMap::new(),
            (counted, companies) => rows::counts_of_companies(read, counted, companies).await?,
        };
        Ok(Self { promotions, coupons, used, used_by_companies, tried: None })
    }

    /// The same, to try a promotion: it is not among what is offered, as if there was no such promotion, but what its rule looks
    /// at is loaded.
    #[must_use]
    pub fn trying(mut self, promotion: &Promotion) -> Self {
        self.promotions.retain(|one| one.id != promotion.id);
        self.tried = Some(promotion.clone());
        self
    }

    /// The promotions that a customer, for whomever they buy, or a guest, who has these coupons is offered, and the coupons
    /// that are some: of several for one promotion the first of them counts.
    pub fn of(&self, party: &Party, given: &[String]) -> (Vec<Promotion>, Vec<Coupon>) {
        let mut promotions = self.promotions.clone();
        let mut coupons = Vec::new();
        for code in given {
            if let (Some(promotion), None) = (self.promotion_of(code), self.why_not(code)) {
                coupons.push(Coupon { code: code.clone(), promotion });
            }
        }
        for promotion in &mut promotions {
            let used = party.customer.and_then(|customer| self.used.get(&(promotion.id, customer))).copied();
            let left = &mut promotion.left.orders_of_customer;
            *left = left.map(|max| max.saturating_sub(used.unwrap_or_default()));
            let company = party.organisation();
            let used = company.and_then(|company| self.used_by_companies.get(&(promotion.id, company))).copied();
            let left = &mut promotion.left.orders_of_organisation;
            *left = left.map(|max| max.saturating_sub(used.unwrap_or_default()));
        }
        (promotions, coupons)
    }

    /// Those of them that are seen while browsing.
    pub fn browsing(&self) -> Vec<Promotion> {
        let seen = self.promotions.iter().filter(|one| one.rule.effect.stage() == Stage::Catalogue);
        seen.cloned().collect()
    }

    /// What their rules look at.
    pub fn looks(&self) -> Looks {
        looks(self.promotions.iter().chain(&self.tried))
    }

    /// Whether a rule looks at what customers ordered before.
    pub fn ask_history(&self) -> bool {
        self.promotions.iter().chain(&self.tried).any(|one| one.rule.condition.asks_history())
    }

    /// What a code is for, if it is that of a coupon.
    pub fn promotion_of(&self, code: &str) -> Option<Id<domain::id::Promotion>> {
        self.coupons.get(code).map(|found| found.row.promotion_id)
    }

    /// Why a coupon is worth nothing here, whatever becomes of its promotion; `None`: it is worth something.
    pub fn why_not(&self, code: &str) -> Option<NoCoupon> {
        let Some(found) = self.coupons.get(code) else { return Some(NoCoupon::Unknown) };
        if !self.promotions.iter().chain(&self.tried).any(|one| one.id == found.row.promotion_id) {
            return Some(NoCoupon::Unknown);
        }
        if found.row.revoked_at.is_some() {
            return Some(NoCoupon::Over);
        }
        found.is_used_up.then_some(NoCoupon::UsedUp)
    }

    /// Whether a code is that of a coupon which is good here.
    pub fn check(&self, code: &str, at: Instant) -> Result<(), NoCoupon> {
        let found = self.coupons.get(code).ok_or(NoCoupon::Unknown)?;
        let promotion = self.promotions.iter().find(|one| one.id == found.row.promotion_id).ok_or(NoCoupon::Unknown)?;
        if found.row.revoked_at.is_some() || promotion.validity.until.is_some_and(|until| until <= at) {
            return Err(NoCoupon::Over);
        }
        if !promotion.validity.has_begun(at) {
            // What is planned is told to nobody.
            return Err(NoCoupon::Unknown);
        }
        let is_used_up = found.is_used_up || promotion.left.orders.is_some_and(|orders| orders <= 0);
        if is_used_up || promotion.left.budget.is_some_and(|budget| budget <= 0) {
            Err(NoCoupon::UsedUp)
        } else {
            Ok(())
        }
    }
}

/// What the rules of promotions look at.
pub fn looks<'p>(mut promotions: impl Iterator<Item = &'p Promotion> + Clone) -> Looks {
    Looks {
        categories: promotions.clone().any(|one| one.rule.asks_categories()),
        attributes: promotions.any(|one| one.rule.asks_attributes()),
    }
}

/// Whether a promotion applies in a channel, as far as its channels and its currency tell.
pub(super) fn goes_in(row: &promotion::Model, channel: &channel::Model) -> Result<bool, Fault> {
    let channels = rows::channels(row)?;
    let is_here = channels.is_empty() || channels.contains(&channel.id);
    Ok(is_here && row.currency.as_ref().is_none_or(|currency| *currency == channel.currency))
}

/// The promotions of a channel that run at some instant between two without a coupon, and those named: as if nothing of their
/// limits was used.
pub async fn running_in(
    read: &Read,
    channel: &channel::Model,
    span: (Instant, Instant),
    named: &[Id<domain::id::Promotion>],
) -> Result<Vec<Promotion>, Fault> {
    let mut promotions = Vec::new();
    for row in rows::running_in(read, span, named).await? {
        if goes_in(&row, channel)? {
            promotions.push(Promotion { left: Left::default(), ..rows::domain_promotion(&row)? });
        }
    }
    Ok(promotions)
}

/// The coupons of codes.
async fn found(read: &Read, given: &[String]) -> Result<HashMap<String, Found>, Fault> {
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = rows::coupons_by_code(read, codes::written(given.iter().map(String::as_str))).await?;
    let mut coupons = HashMap::new();
    for code in given {
        for row in &rows {
            if codes::is_on(row, code)? {
                coupons.insert(code.clone(), Found { row: row.clone(), is_used_up: false });
            }
        }
    }
    if coupons.values().any(|found| found.row.orders_max.is_some()) {
        let counts = rows::counts(read, coupons.keys().cloned().collect()).await?;
        for (code, found) in &mut coupons {
            let used = counts.get(code).copied().unwrap_or_default();
            found.is_used_up = found.row.orders_max.is_some_and(|max| max <= used);
        }
    }
    Ok(coupons)
}
