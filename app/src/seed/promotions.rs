//! Discounts that apply by themselves, or for who has a coupon.

use domain::{
    id::{Channel, Id},
    money::Currency,
    pricing::promotions::{
        Rule,
        code::CouponCode,
        condition::Condition,
        effect::{Effect, Off, Percent, Spend},
        selector::Selector,
    },
};
use entity::pricing::{coupon, promotion};
use sea_orm::Set;

use super::{
    desk::{At, shop},
    error::What,
    format_shop::{self, Promotion},
    names::Names,
    plan::Work,
};

pub(super) fn plan(work: &mut Work, promotions: &[Promotion]) {
    let mut named = Names::of("promotion");
    for promotion in promotions {
        let at = shop("promotion", &promotion.code);
        let code = work.desk.code(at, &promotion.code);
        named.add(&mut work.desk, at, &promotion.code, ());
        let (name_ar, name_en) = work.desk.name(at, "name", &promotion.name);
        let starts_at = work.desk.time(at, "starts_at", promotion.starts_at.as_ref());
        let ends_at = work.desk.time(at, "ends_at", promotion.ends_at.as_ref());
        let (channels, currency) = channels(work, at, promotion);
        let Some((rule, names_amounts)) = rule(work, at, promotion, currency) else { continue };
        let (Ok(rule), Ok(channels)) = (serde_json::to_string(&rule), serde_json::to_string(&channels)) else {
            continue;
        };
        let id = work.desk.id();
        if let Some(written) = &promotion.coupon {
            coupon(work, at, (id, written));
        }
        work.rows.promotions.push(promotion::ActiveModel {
            id: Set(id),
            code: Set(code),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            currency: Set(currency.filter(|_| names_amounts).map(|currency| currency.code().to_owned())),
            channels: Set(channels),
            rule: Set(rule),
            needs_coupon: Set(promotion.coupon.is_some()),
            starts_at: Set(starts_at),
            ends_at: Set(ends_at),
            orders: Set(0),
            spent_minor: Set(0),
            version: Set(1),
            ..Default::default()
        });
    }
}

/// Where it applies, and the currency that all of them sell in.
fn channels(work: &mut Work, at: At<'_>, promotion: &Promotion) -> (Vec<Id<Channel>>, Option<Currency>) {
    let (mut channels, mut currencies) = (Vec::new(), Vec::new());
    for channel in &promotion.channels {
        let Some(sells) = work.known.channels.find(&mut work.desk, at, channel) else { continue };
        channels.push(sells.id);
        currencies.push(sells.list.currency);
    }
    let first = currencies.first().copied();
    (channels, first.filter(|first| currencies.iter().all(|other| other == first)))
}

/// What it does, and whether it names an amount.
fn rule(work: &mut Work, at: At<'_>, of: &Promotion, currency: Option<Currency>) -> Option<(Rule, bool)> {
    let amount = |work: &mut Work, over: &str| {
        if let Some(currency) = currency {
            return work.desk.amount(at, "over", over, currency);
        }
        let wanted = "channels that sell in one currency";
        work.desk.wrong(at, What::Bounds { key: "channels".to_owned(), wanted });
        None
    };
    let all = Off::Percent(Percent::ALL);
    let (effect, group, condition, names_amounts) = match &of.effect {
        format_shop::Effect::CollectionPercent { collection, percent_bps } => {
            let collection = work.known.collections.find(&mut work.desk, at, collection);
            let off = Off::Percent(percent(work, at, *percent_bps)?);
            let of = Selector::Collections(vec![collection?]);
            (Effect::Catalogue { of, off }, None, Condition::ALWAYS, false)
        }
        format_shop::Effect::OrderPercent { percent_bps, over } => {
            let off = Off::Percent(percent(work, at, *percent_bps)?);
            let tiers = vec![Spend { at_least: amount(work, over)?, off }];
            // With a coupon it adds up with the others.
            let group = of.coupon.is_none().then_some("order");
            (Effect::Order { tiers }, group, Condition::ALWAYS, true)
        }
        format_shop::Effect::FreeDelivery { over } => {
            let condition = Condition::Amount { of: Selector::Everything, at_least: amount(work, over)? };
            (Effect::Delivery { off: all }, Some("delivery"), condition, true)
        }
    };
    let rule = Rule {
        priority: of.priority,
        group: group.map(str::to_owned),
        is_exclusive: false,
        needs_coupon: of.coupon.is_some(),
        condition,
        effect,
        cap: None,
    };
    Some((rule, names_amounts))
}

/// The coupon of a promotion, for any number of orders.
fn coupon(work: &mut Work, at: At<'_>, (promotion, written): (Id<domain::id::Promotion>, &str)) {
    let Some(code) = work.desk.field(at, "coupon", CouponCode::parse(written)) else { return };
    work.rows.coupons.push(coupon::ActiveModel {
        id: Set(work.desk.id()),
        promotion_id: Set(promotion),
        code: Set(code.as_str().to_owned()),
        created_at: Set(work.desk.now),
        ..Default::default()
    });
}

fn percent(work: &mut Work, at: At<'_>, bps: u16) -> Option<Percent> {
    let percent = Percent::from_bps(bps);
    if percent.is_none() {
        work.desk.wrong(at, What::Bounds { key: "percent_bps".to_owned(), wanted: "1 to 10000" });
    }
    percent
}
