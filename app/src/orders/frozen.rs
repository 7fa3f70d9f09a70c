//! Orders as they were priced when they were placed, to price them again.

use std::collections::{HashMap, HashSet};

use domain::{
    cart::quantity::Quantity,
    id::{Account, Id, Organisation, Promotion, Variant},
    identity::{address::Address, country::Country},
    money::Money,
    orders::state::State,
    payments::method::Method,
    pricing::{
        floor::Floors,
        promotions::{
            Coupon, DiscountCap, Left, Promotion as Rules, Why, condition::Buyer, effect::Stage, selector::Item,
        },
        quote::{Facts, LineFacts},
        tax::{Basis, Treatment},
    },
    time::Instant,
};
use entity::{
    channels::channel,
    orders::{order, order_line, order_status},
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use store::{Fault, Read};
use uuid::Uuid;

use super::{
    fall::currency,
    promotions::{Discounts, discounts},
    rows, taxed,
};
use crate::list::grouped;

/// What was bought, as promotions look at it, and the lowest prices of that.
type Bought<'a> = (&'a HashMap<Id<Variant>, Item>, &'a HashMap<Id<Variant>, Floors>);

/// An order as it was priced when it was placed.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The order.
    pub order: order::Model,
    /// The lines with which it was placed, in their order.
    pub lines: Vec<order_line::Model>,
    discounts: Discounts,
}

/// The last orders of a channel in its currency that were not cancelled, the oldest first: three statements.
pub async fn last_of(read: &Read, channel: &channel::Model, n: u64) -> Result<Vec<Frozen>, Fault> {
    let cancelled = read.find::<order_status::Entity>();
    let cancelled = cancelled.filter(order_status::Column::State.eq(State::Cancelled.code()));
    let cancelled = cancelled.only(order_status::Column::OrderId);
    let find = read.find::<order::Entity>().by(channel.id).filter(order::Column::Currency.eq(&channel.currency));
    let find = find.filter(order::Column::Id.not_in_subquery(cancelled));
    let find = find.order_by_desc(order::Column::PlacedAt).order_by_desc(order::Column::Id);
    let mut orders = find.limit(n).all().await?;
    orders.reverse();
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let came_later: HashSet<_> = rows::edit_lines(read, &ids).await?.iter().map(|row| row.order_line_id).collect();
    let lines = rows::lines(read, &ids).await?.into_iter().filter(|line| !came_later.contains(&line.id));
    let mut lines = grouped(lines.map(|line| (line.order_id, line)));
    let frozen = |order: order::Model| {
        let lines = lines.remove(&order.id).unwrap_or_default();
        Ok(Frozen { discounts: discounts(&order)?, order, lines })
    };
    orders.into_iter().map(frozen).collect()
}

impl Frozen {
    /// Who placed it.
    pub const fn customer(&self) -> Option<Id<Account>> {
        self.order.customer_id
    }

    /// The company that it was bought for.
    pub const fn organisation(&self) -> Option<Id<Organisation>> {
        self.order.organisation_id
    }

    /// To which country it went when it was placed.
    pub fn country(&self) -> Result<Country, Fault> {
        let address: Address = serde_json::from_str(&self.order.address).map_err(Fault::new)?;
        Ok(address.country)
    }

    /// How it was to be paid.
    pub fn payment(&self) -> Option<Method> {
        Method::parse(&self.order.payment_method)
    }

    /// The coupons that were in its cart.
    pub fn coupons(&self) -> Vec<Coupon> {
        let applied = self.discounts.applied.iter().map(|one| (one.promotion, &one.coupon));
        let refused = self.discounts.refused.iter().map(|one| (one.promotion, &one.coupon));
        let coupon = |(promotion, code): (_, &Option<String>)| Some(Coupon { code: code.clone()?, promotion });
        applied.chain(refused).filter_map(coupon).collect()
    }

    /// A promotion as the order was offered it: with nothing left, if it was used up then.
    fn offered(&self, promotion: &Rules) -> Rules {
        let left = if self.used_up(promotion.id) { Left { orders: Some(0), ..promotion.left } } else { promotion.left };
        Rules { left, ..promotion.clone() }
    }

    fn used_up(&self, promotion: Id<Promotion>) -> bool {
        let refused = self.discounts.refused.iter().find(|refused| refused.promotion == promotion);
        refused.is_some_and(|refused| match refused.why {
            Why::UsedUp | Why::UsedUpByCustomer | Why::UsedUpByOrganisation | Why::SignIn | Why::BudgetSpent => true,
            Why::NotYet
            | Why::Over
            | Why::Unmet(_)
            | Why::NothingToTake
            | Why::CheapAlready
            | Why::GiftNotInCart
            | Why::NoDelivery
            | Why::BetterInGroup { .. }
            | Why::Exclusive { .. }
            | Why::BetterTogether { .. }
            | Why::Capped
            | Why::AtFloor => false,
        })
    }

    /// Everything that its price depended on, as far as it is frozen, with these promotions, and the lowest prices that there
    /// are, at an instant.
    pub fn facts(
        &self,
        (items, floors): Bought<'_>,
        (promotions, cap): (&[Rules], Option<DiscountCap>),
        (buyer, at): (Buyer, Instant),
    ) -> Result<Facts, Fault> {
        let currency = currency(&self.order)?;
        let money = |minor| Money::new(minor, currency);
        let basis = Basis::of(self.order.prices_include_tax);
        let line = |line: &order_line::Model| {
            let charged = taxed::charged(line)?;
            let floor = floors.get(&line.variant_id).and_then(|floors| floors.at(at)).map(money);
            Ok(LineFacts {
                item: items.get(&line.variant_id).cloned().unwrap_or_else(|| unknown(line.variant_id)),
                unit: money(line.unit_minor),
                floor: floor.map(|floor| charged.asked(floor, basis)).transpose().map_err(Fault::new)?,
                quantity: Quantity::parse(line.quantity).map_err(|_| Fault::new("a line without a quantity"))?,
                // What the buyer was relieved of is not in the prices that are kept.
                tax: charged.treatment.into(),
            })
        };
        // The fee is kept without what promotions took off it.
        let off_fee = self.discounts.applied.iter().filter(|applied| applied.stage == Stage::Fee);
        let fee = off_fee.fold(self.order.fee_minor, |fee, applied| fee.saturating_add(applied.amount));
        Ok(Facts {
            currency,
            lines: self.lines.iter().map(line).collect::<Result<_, Fault>>()?,
            promotions: promotions.iter().map(|promotion| self.offered(promotion)).collect(),
            buyer,
            coupons: self.coupons(),
            cap,
            delivery: Some(money(self.order.delivery_minor)),
            fee: Some(money(fee)),
            service_tax: taxed::services(&self.order)?.unwrap_or_else(Treatment::unknown).into(),
            basis,
            at,
        })
    }
}

/// What was bought and the catalogue does not know, such as what orders of other systems name: it is of no product, and rules
/// that ask for nothing special take it.
const fn unknown(variant: Id<Variant>) -> Item {
    Item {
        variant,
        product: Id::new(Uuid::nil()),
        categories: Vec::new(),
        collections: Vec::new(),
        attributes: Vec::new(),
    }
}
