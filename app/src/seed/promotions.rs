//! Discounts that apply by themselves.

use domain::{
    id::{Collection, Id},
    money::Currency,
};
use entity::pricing::promotion;
use sea_orm::Set;

use super::{
    desk::{At, shop},
    error::What,
    format_shop::{Effect, Promotion},
    names::Names,
    plan::Work,
};

/// All of it, in basis points.
const WHOLE_BPS: u16 = 10_000;

pub(super) fn plan(work: &mut Work, promotions: &[Promotion]) {
    let mut named = Names::of("promotion");
    for promotion in promotions {
        let at = shop("promotion", &promotion.code);
        let code = work.desk.code(at, &promotion.code);
        let (name_ar, name_en) = work.desk.name(at, "name", &promotion.name);
        let starts_at = work.desk.time(at, "starts_at", promotion.starts_at.as_ref());
        let ends_at = work.desk.time(at, "ends_at", promotion.ends_at.as_ref());
        for channel in &promotion.channels {
            let Some(sells) = work.known.channels.find(&mut work.desk, at, channel) else { continue };
            named.add(&mut work.desk, at, &format!("{} in {channel}", promotion.code), ());
            let columns = columns(work, at, &promotion.effect, sells.list.currency);
            work.rows.promotions.push(promotion::ActiveModel {
                id: Set(work.desk.id()),
                channel_id: Set(sells.id),
                code: Set(code.clone()),
                name_ar: Set(name_ar.clone()),
                name_en: Set(name_en.clone()),
                effect: Set(columns.effect.to_owned()),
                percent_bps: Set(columns.percent_bps),
                collection_id: Set(columns.collection),
                over_minor: Set(columns.over_minor),
                priority: Set(promotion.priority),
                starts_at: Set(starts_at),
                ends_at: Set(ends_at),
                ..Default::default()
            });
        }
    }
}

/// An effect, as it stands in the table.
struct Columns {
    effect: &'static str,
    percent_bps: Option<i32>,
    collection: Option<Id<Collection>>,
    over_minor: Option<i64>,
}

fn columns(work: &mut Work, at: At<'_>, effect: &Effect, currency: Currency) -> Columns {
    match effect {
        Effect::CollectionPercent { collection, percent_bps } => Columns {
            effect: "COLLECTION_PERCENT",
            percent_bps: Some(percent(work, at, *percent_bps)),
            collection: work.known.collections.find(&mut work.desk, at, collection),
            over_minor: None,
        },
        Effect::OrderPercent { percent_bps, over } => Columns {
            effect: "ORDER_PERCENT",
            percent_bps: Some(percent(work, at, *percent_bps)),
            collection: None,
            over_minor: work.desk.amount(at, "over", over, currency),
        },
        Effect::FreeDelivery { over } => Columns {
            effect: "FREE_DELIVERY",
            percent_bps: None,
            collection: None,
            over_minor: work.desk.amount(at, "over", over, currency),
        },
    }
}

fn percent(work: &mut Work, at: At<'_>, bps: u16) -> i32 {
    if bps == 0 || WHOLE_BPS < bps {
        work.desk.wrong(at, What::Bounds { key: "percent_bps".to_owned(), wanted: "1 to 10000" });
    }
    bps.into()
}
