//! Where it is sold: price lists, tax, places, and the channels themselves.

use domain::{
    invalid::Problem,
    language::Language,
    money::Currency,
    payments::method::Method,
    pricing::{
        derive::{Adjustment, CompareAt, Derivation},
        list::Rule,
        tax::{Category, TaxRate},
    },
    text,
    time::Instant,
};
use entity::{
    channels::{channel, channel_location, channel_payment},
    inventory::location,
    pricing::{price_list, tax_rule},
};
use sea_orm::Set;

use super::{
    desk::{At, position, shop},
    error::What,
    format_shop::{Channel, Follows, LocationKind, Shop},
    names::Names,
    plan::{List, Sells, Work},
};

/// The highest rate of tax, in basis points: all of it.
const WHOLE_BPS: u32 = 10_000;
const PREFIX_MAX: usize = 10;
const CITY_MAX: usize = 60;

pub(super) fn plan(work: &mut Work, shop: &Shop) {
    price_lists(work, shop);
    tax_rates(work, shop);
    locations(work, shop);
    for (index, channel) in shop.channel.iter().enumerate() {
        self::channel(work, index, channel);
    }
}

fn price_lists(work: &mut Work, of: &Shop) {
    for list in &of.price_list {
        let at = shop("price_list", &list.code);
        let (id, code) = (work.desk.id(), work.desk.code(at, &list.code));
        let currency = Currency::parse(&list.currency).ok_or(Problem::UnsupportedCurrency);
        let Some(currency) = work.desk.field(at, "currency", currency) else { continue };
        let rules = list.follows.as_ref().and_then(|follows| rules(work, at, (follows, currency)));
        work.known.lists.add(&mut work.desk, at, &list.code, List { id, currency });
        work.rows.price_lists.push(price_list::ActiveModel {
            id: Set(id),
            code: Set(code),
            currency: Set(currency.code().to_owned()),
            rules: Set(rules.unwrap_or_else(|| "[]".to_owned())),
            version: Set(1),
            ..Default::default()
        });
    }
}

/// That a list takes the prices of another.
fn rules(work: &mut Work, at: At<'_>, (follows, currency): (&Follows, Currency)) -> Option<String> {
    let parent = work.known.lists.find(&mut work.desk, at, &follows.list)?;
    let adjustment = Adjustment::parse_percent(&follows.percent);
    if adjustment.is_none() {
        let wanted = "percent such as -12, of which something is left";
        work.desk.wrong(at, What::Bounds { key: "follows.percent".to_owned(), wanted });
    }
    if parent.currency != currency {
        let wanted = "a list of the same currency";
        work.desk.wrong(at, What::Bounds { key: "follows.list".to_owned(), wanted });
    }
    let (parent, adjustment) = (parent.id, adjustment?);
    let derivation = Derivation { parent, adjustment, rounding: None, compare_at: CompareAt::Parent };
    serde_json::to_string(&[Rule { from: Instant::from_millis(0), derivation: Some(derivation) }]).ok()
}

fn tax_rates(work: &mut Work, of: &Shop) {
    let mut countries = Names::of("tax rate");
    for rate in &of.tax_rate {
        let at = shop("tax_rate", &rate.country);
        let country = work.desk.country(at, &rate.country);
        countries.add(&mut work.desk, at, &country, ());
        let bps = TaxRate::from_bps(rate.rate_bps).bps();
        if WHOLE_BPS < bps {
            work.desk.wrong(at, What::Bounds { key: "rate_bps".to_owned(), wanted: "at most 10000" });
        }
        let category = if bps == 0 { Category::OutOfScope } else { Category::Standard };
        work.rows.tax_rules.push(tax_rule::ActiveModel {
            id: Set(work.desk.id()),
            country: Set(country),
            region_key: Set(String::new()),
            starts_at: Set(Instant::from_millis(0)),
            category: Set(Some(category.code().to_owned())),
            rate_bps: Set(i32::try_from(bps).ok()),
            ..Default::default()
        });
    }
}

fn locations(work: &mut Work, of: &Shop) {
    for location in &of.location {
        let at = shop("location", &location.code);
        let (id, code) = (work.desk.id(), work.desk.code(at, &location.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &location.name);
        let city = work.desk.field(at, "city", text::line(&location.city, CITY_MAX));
        let kind = match location.kind {
            LocationKind::Warehouse => "WAREHOUSE",
            LocationKind::Shop => "SHOP",
        };
        work.known.locations.add(&mut work.desk, at, &location.code, id);
        work.known.places.push(id);
        work.rows.locations.push(location::ActiveModel {
            id: Set(id),
            code: Set(code),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            kind: Set(kind.to_owned()),
            city: Set(city.unwrap_or_default()),
            ..Default::default()
        });
    }
}

fn channel(work: &mut Work, index: usize, channel: &Channel) {
    let at = shop("channel", &channel.code);
    let (id, code) = (work.desk.id(), work.desk.code(at, &channel.code));
    let (name_ar, name_en) = work.desk.name(at, "name", &channel.name);
    let languages = languages(work, at, &channel.languages);
    let country = work.desk.country(at, &channel.country);
    let prefix = work.desk.field(at, "order_prefix", text::line(&channel.order_prefix, PREFIX_MAX));
    let Some(list) = work.known.lists.find(&mut work.desk, at, &channel.price_list) else { return };
    let sells = Sells { id, list };
    work.known.channels.add(&mut work.desk, at, &channel.code, sells);
    work.known.sells.push(sells);
    work.rows.channels.push(channel::ActiveModel {
        id: Set(id),
        code: Set(code),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        currency: Set(list.currency.code().to_owned()),
        languages: Set(languages),
        country: Set(country),
        price_list_id: Set(list.id),
        order_prefix: Set(prefix.unwrap_or_default()),
        next_number: Set(channel.first_order.unwrap_or(1).into()),
        position: Set(position(index)),
        ..Default::default()
    });
    stock_sources(work, sells, channel);
    payments(work, sells, channel);
}

/// The tags of a channel's languages, separated by commas.
fn languages(work: &mut Work, at: At<'_>, tags: &[String]) -> String {
    let mut offered = Vec::new();
    for tag in tags {
        let language = Language::parse(tag).ok_or(Problem::UnsupportedLanguage);
        let Some(language) = work.desk.field(at, "languages", language) else { continue };
        if offered.contains(&language.tag()) {
            work.desk.wrong(at, What::Twice { kind: "language", code: tag.clone() });
        }
        offered.push(language.tag());
    }
    if tags.is_empty() {
        work.desk.wrong(at, What::Field { key: "languages".to_owned(), problem: Problem::Required });
    }
    offered.join(",")
}

fn stock_sources(work: &mut Work, sells: Sells, channel: &Channel) {
    let at = shop("channel", &channel.code);
    let mut named = Names::of("location");
    for (index, code) in channel.locations.iter().enumerate() {
        let Some(location) = work.known.locations.find(&mut work.desk, at, code) else { continue };
        named.add(&mut work.desk, at, code, ());
        work.rows.channel_locations.push(channel_location::ActiveModel {
            channel_id: Set(sells.id),
            location_id: Set(location),
            priority: Set(position(index)),
            ..Default::default()
        });
    }
}

fn payments(work: &mut Work, sells: Sells, channel: &Channel) {
    let at = shop("channel", &channel.code);
    let mut named = Names::of("payment method");
    for (index, payment) in channel.payments.iter().enumerate() {
        let Some(method) = Method::parse(&payment.method) else {
            work.desk.wrong(at, What::Unknown { kind: "payment method", code: payment.method.clone() });
            continue;
        };
        named.add(&mut work.desk, at, &payment.method, ());
        let fee = payment.fee.as_deref().unwrap_or("0");
        let fee = work.desk.amount(at, "fee", fee, sells.list.currency);
        work.rows.channel_payments.push(channel_payment::ActiveModel {
            channel_id: Set(sells.id),
            method: Set(method.code().to_owned()),
            fee_minor: Set(fee.unwrap_or_default()),
            position: Set(position(index)),
            ..Default::default()
        });
    }
}
