//! The companies that buy, their units and who buys for them, and the groups of customers; each with the list they buy by.

use domain::{
    id::{CustomerGroup, Id, Organisation, PriceList},
    identity::country::Country,
    text,
};
use entity::{
    identity::{customer_group, customer_group_member},
    organisations::{organisation, organisation_member, organisation_unit},
    pricing::price_list_assignment,
};
use sea_orm::Set;

use super::{
    desk::{At, shop},
    error::What,
    format_shop::{self, Shop},
    names::Names,
    plan::Work,
};

const CITY_MAX: usize = 60;

pub(super) fn plan(work: &mut Work, of: &Shop) {
    let mut organisations = Names::of("organisation");
    for organisation in &of.organisation {
        self::organisation(work, organisation, &mut organisations);
    }
    let mut groups = Names::of("customer group");
    for group in &of.customer_group {
        self::group(work, group, &mut groups);
    }
}

fn organisation(work: &mut Work, of: &format_shop::Organisation, organisations: &mut Names<()>) {
    let at = shop("organisation", &of.code);
    let (id, code) = (work.desk.id(), work.desk.code(at, &of.code));
    let (name_ar, name_en) = work.desk.name(at, "name", &of.name);
    let city = work.desk.field(at, "city", text::line(&of.city, CITY_MAX));
    organisations.add(&mut work.desk, at, &of.code, ());
    let (registration, vat) = (&of.registration_number, &of.vat_number);
    if !is_number(registration, 10) {
        work.desk.wrong(at, What::Bounds { key: "registration_number".to_owned(), wanted: "10 digits" });
    }
    if !is_number(vat, 15) || !vat.starts_with('3') || !vat.ends_with('3') {
        let wanted = "15 digits, of which the first and the last are 3";
        work.desk.wrong(at, What::Bounds { key: "vat_number".to_owned(), wanted });
    }
    work.rows.organisations.push(organisation::ActiveModel {
        id: Set(id),
        code: Set(code),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        registration_number: Set(registration.clone()),
        vat_number: Set(vat.clone()),
        city: Set(city.unwrap_or_default()),
        country: Set(Country::SA.as_str().to_owned()),
        is_suspended: Set(false),
        version: Set(1),
        ..Default::default()
    });
    people(work, at, (id, of));
    if let Some(list) = &of.price_list {
        assign(work, at, (list, Buyers { organisation: Some(id), group: None }));
    }
}

/// The units of a company, and who buys for it.
fn people(work: &mut Work, at: At<'_>, (company, of): (Id<Organisation>, &format_shop::Organisation)) {
    let mut units = Names::of("unit");
    for unit in &of.units {
        let (id, code) = (work.desk.id(), work.desk.code(at, &unit.code));
        let (name_ar, name_en) = work.desk.name(at, "units.name", &unit.name);
        units.add(&mut work.desk, at, &unit.code, id);
        work.rows.units.push(organisation_unit::ActiveModel {
            id: Set(id),
            organisation_id: Set(company),
            code: Set(code),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            version: Set(1),
            ..Default::default()
        });
    }
    let mut members = Names::of("member");
    for member in &of.members {
        members.add(&mut work.desk, at, &member.email, ());
        let unit = member.unit.as_ref().and_then(|unit| units.find(&mut work.desk, at, unit));
        let Some(account) = work.known.customers.find(&mut work.desk, at, &member.email) else { continue };
        work.rows.members.push(organisation_member::ActiveModel {
            organisation_id: Set(company),
            account_id: Set(account),
            unit_id: Set(unit),
            ..Default::default()
        });
    }
}

fn group(work: &mut Work, of: &format_shop::CustomerGroup, groups: &mut Names<()>) {
    let at = shop("customer_group", &of.code);
    let id = work.desk.id();
    let code = work.desk.slug(at, "code", &of.code);
    let (name_ar, name_en) = work.desk.name(at, "name", &of.name);
    groups.add(&mut work.desk, at, &of.code, ());
    work.rows.groups.push(customer_group::ActiveModel {
        id: Set(id),
        code: Set(code),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        version: Set(1),
        ..Default::default()
    });
    let mut members = Names::of("member");
    for email in &of.members {
        members.add(&mut work.desk, at, email, ());
        let Some(account) = work.known.customers.find(&mut work.desk, at, email) else { continue };
        work.rows.group_members.push(customer_group_member::ActiveModel {
            group_id: Set(id),
            account_id: Set(account),
            ..Default::default()
        });
    }
    if let Some(list) = &of.price_list {
        assign(work, at, (list, Buyers { organisation: None, group: Some(id) }));
    }
}

/// Who buys by a list.
struct Buyers {
    organisation: Option<Id<Organisation>>,
    group: Option<Id<CustomerGroup>>,
}

fn assign(work: &mut Work, at: At<'_>, (list, buyers): (&str, Buyers)) {
    let Some(list) = work.known.lists.find(&mut work.desk, at, list) else { return };
    let list: Id<PriceList> = list.id;
    work.rows.assignments.push(price_list_assignment::ActiveModel {
        id: Set(work.desk.id()),
        price_list_id: Set(list),
        group_id: Set(buyers.group),
        organisation_id: Set(buyers.organisation),
        priority: Set(0),
        countries: Set(String::new()),
        starts_at: Set(Some(work.desk.now)),
        ..Default::default()
    });
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}
