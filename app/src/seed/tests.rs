//! What a folder becomes, and what is wrong with it.

use std::path::{Path, PathBuf};

use domain::time::Instant;
use sea_orm::ActiveValue;

use super::{
    error::SeedError,
    files::Files,
    format_catalog::{Collections, Department, Options, Types},
    plan::{Plan, plan},
};

const NOW: Instant = Instant::from_millis(1_795_000_000_123);

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seed/demo")
}

/// A folder of a shop and one department, with an option `size` and a type `food` of an `origin`.
fn files(shop: &str, department: &str) -> Files {
    let options = r#"option = [{ code = "size", name = { en = "Size" }, values = [{ code = "s", en = "S" }] }]"#;
    let types = r#"
        attribute = [{ code = "origin", name = { en = "Origin" } }, { code = "care", name = { en = "Care" } }]
        type = [{ code = "food", name = { en = "Food" }, attributes = ["origin"] }]"#;
    let department: Department = toml::from_str(department).unwrap();
    Files {
        shop: toml::from_str(shop).unwrap(),
        options: toml::from_str::<Options>(options).unwrap(),
        types: toml::from_str::<Types>(types).unwrap(),
        collections: Collections::default(),
        departments: vec![("departments/food.toml".to_owned(), department)],
    }
}

fn wrong(files: &Files) -> Vec<String> {
    match plan(files, NOW) {
        Err(SeedError::Wrong(wrong)) => wrong.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => Vec::new(),
    }
}

fn set<T: Clone + Into<sea_orm::Value>>(value: &ActiveValue<T>) -> T {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => value.clone(),
        ActiveValue::NotSet => panic!("not set"),
    }
}

const SMALL: &str = r#"
    tenant = { name = { ar = "متجر" } }
    price_list = [{ code = "sar", currency = "SAR" }, { code = "kwd", currency = "KWD" }]
    location = [{ code = "here", name = { en = "Here" }, kind = "SHOP", city = "Riyadh" }]
    [[channel]]
    code = "web"
    name = { en = "Web" }
    price_list = "sar"
    languages = ["ar"]
    country = "SA"
    order_prefix = "W"
    [[channel]]
    code = "kw"
    name = { en = "Kuwait" }
    price_list = "kwd"
    languages = ["ar"]
    country = "KW"
    order_prefix = "K""#;

const TEA: &str = r#"
    category = [{ slug = "food", name = { en = "Food" } }]
    [[product]]
    slug = "tea"
    type = "food"
    category = "food"
    name = { ar = "شايٌ" }
    options = ["size"]
    published_at = "2026-01-01T00:00:00Z"
    variants = [{ sku = "T", ean = "4006381333931", values = ["s"], sar = "9.50", was_sar = "12", grams = 1, stock = [3] }]"#;

fn planned(shop: &str, department: &str) -> Plan {
    plan(&files(shop, department), NOW).unwrap()
}

#[test]
fn the_demo_has_nothing_wrong() {
    let plan = plan(&Files::read(&demo()).unwrap(), NOW).unwrap();
    let loaded = plan.rows.loaded();
    assert_eq!((loaded.n_channels, loaded.n_products, loaded.n_variants), (3, 335, 1411));
    let levels: i64 = plan.rows.stock_levels.iter().map(|level| set(&level.on_hand)).sum();
    let movements: i64 = plan.rows.movements.iter().map(|movement| set(&movement.on_hand_delta)).sum();
    assert_eq!(levels, movements);
    assert_eq!(plan.rows.publications.len(), 3 * 335);
    let ids: Vec<_> = plan.rows.products.iter().map(|product| (set(&product.created_at), set(&product.id))).collect();
    assert!(ids.is_sorted_by(|one, next| one.0 < next.0 && one.1 < next.1));
    assert_eq!(ids.last().unwrap().0, NOW);
}

#[test]
fn the_demo_knows_the_taxes_of_the_gulf() {
    let rows = plan(&Files::read(&demo()).unwrap(), NOW).unwrap().rows;
    let rates: Vec<_> = rows
        .tax_rules
        .iter()
        .map(|rule| (set(&rule.country), set(&rule.category).unwrap(), set(&rule.rate_bps).unwrap()))
        .collect();
    let wanted = [
        ("SA", "STANDARD", 1500),
        ("AE", "STANDARD", 500),
        ("BH", "STANDARD", 1000),
        ("OM", "STANDARD", 500),
        ("KW", "OUT_OF_SCOPE", 0),
        ("QA", "OUT_OF_SCOPE", 0),
    ];
    assert_eq!(rates, wanted.map(|(country, category, bps)| (country.to_owned(), category.to_owned(), bps)));
}

#[test]
fn the_demo_has_a_company_with_a_contract_a_coupon_and_a_gift_card() {
    let rows = plan(&Files::read(&demo()).unwrap(), NOW).unwrap().rows;
    assert_eq!((rows.units.len(), rows.members.len(), rows.groups.len(), rows.group_members.len()), (2, 1, 1, 1));
    let [company, group] = rows.assignments.as_slice() else { panic!("a list for a company, and one for a group") };
    assert!(set(&company.organisation_id).is_some() && set(&group.group_id).is_some());
    let followed: Vec<_> = rows.price_lists.iter().filter(|list| set(&list.rules) != "[]").collect();
    assert_eq!(followed.len(), 2);
    let coupon = &rows.coupons[0];
    let of = rows.promotions.iter().find(|promotion| set(&promotion.id) == set(&coupon.promotion_id)).unwrap();
    assert!(set(&of.needs_coupon) && rows.promotions.iter().filter(|one| set(&one.needs_coupon)).count() == 1);
    let (lot, entry) = (&rows.credit_lots[0], &rows.credit_entries[0]);
    assert_eq!((set(&lot.left_minor), set(&lot.amount_minor), set(&entry.amount_minor)), (5_000, 5_000, 5_000));
    assert_eq!((set(&entry.lot_id), set(&entry.credit_id)), (set(&lot.id), set(&lot.credit_id)));
}

#[test]
fn what_companies_lists_and_gift_cards_name_wrongly_is_said() {
    let more = r#"
        customer = [{ email = "a@b.example", name = "A", language = "ar", password = "long-enough-2026" }]
        gift_card = [{ code = "X", amount = "-1", currency = "SAR" }, { code = "GOOD-CODE-2026", amount = "1", currency = "EURO" }]
        customer_group = [{ code = "loyal", name = { en = "Loyal" }, members = ["a@b.example", "a@b.example"], price_list = "none" }]
        [[organisation]]
        code = "wadi"
        name = { en = "Wadi" }
        registration_number = "1010999001"
        vat_number = "300999000100003"
        city = "Riyadh"
        units = [{ code = "one", name = { en = "One" } }, { code = "one", name = { en = "Two" } }]
        members = [{ email = "nobody@b.example", unit = "three" }]"#;
    let lists = r#"{ code = "kwd", currency = "KWD" },
        { code = "more", currency = "SAR", follows = { list = "kwd", percent = "-101" } },
        { code = "less", currency = "SAR", follows = { list = "later", percent = "-1" } }]"#;
    let shop = SMALL.replacen("{ code = \"kwd\", currency = \"KWD\" }]", lists, 1);
    let shop =
        shop.replacen("location =", &format!("{}\n    location =", more.split("[[organisation]]").next().unwrap()), 1);
    let shop = format!("{shop}\n[[organisation]]{}", more.split("[[organisation]]").nth(1).unwrap());
    assert_eq!(
        wrong(&files(&shop, "")),
        [
            "shop.toml: price_list `more`: `follows.percent` should be percent such as -12, of which something is left",
            "shop.toml: price_list `more`: `follows.list` should be a list of the same currency",
            "shop.toml: price_list `less`: there is no price list `later`",
            "shop.toml: organisation `wadi`: unit `one` is there twice",
            "shop.toml: organisation `wadi`: there is no unit `three`",
            "shop.toml: organisation `wadi`: there is no customer `nobody@b.example`",
            "shop.toml: customer_group `loyal`: member `a@b.example` is there twice",
            "shop.toml: customer_group `loyal`: there is no price list `none`",
            "shop.toml: gift_card `X`: `code` is wrong: TooShort { min: 12 }",
            "shop.toml: gift_card `X`: `amount` is not an amount of SAR, not below zero: `-1`",
            "shop.toml: gift_card `GOOD-CODE-2026`: `currency` is wrong: UnsupportedCurrency",
        ]
    );
}

#[test]
fn a_small_shop_needs_few_files() {
    let plan = planned(SMALL, TEA);
    assert_eq!(plan.name, ("متجر".to_owned(), "متجر".to_owned()));
    let [price] = plan.rows.prices.as_slice() else { panic!("one price") };
    assert_eq!((set(&price.amount_minor), set(&price.was_minor)), (950, Some(1200)));
    let [shown] = plan.rows.publications.as_slice() else { panic!("shown where it has a price") };
    assert_eq!(set(&shown.lowest_minor), 950);
    assert_eq!(set(&shown.published_at), Instant::parse("2026-01-01T00:00:00Z").unwrap());
    assert_eq!(set(&plan.rows.products[0].search_text), "شاي tea");
    assert_eq!(planned(SMALL, "").rows.loaded().n_channels, 2);
}

#[test]
fn a_product_that_names_its_channels_is_shown_in_no_other() {
    let both = TEA.replace("sar = \"9.50\"", "sar = \"9.50\", kwd = \"0.800\"");
    assert_eq!(planned(SMALL, &both).rows.publications.len(), 2);
    let one = both.replace("options =", "channels = [\"kw\"]\noptions =");
    let rows = planned(SMALL, &one).rows;
    assert_eq!(rows.publications.iter().map(|shown| set(&shown.lowest_minor)).collect::<Vec<_>>(), [800]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let shop = SMALL.replacen("order_prefix = \"W\"", "order_prefix = \"W\"\nlocations = [\"there\"]", 1);
    let department = TEA
        .replace("type = \"food\"", "type = \"fodd\"")
        .replace("ean = \"4006381333931\"", "ean = \"4006381333932\"")
        .replace("values = [\"s\"]", "values = [\"m\"]")
        .replace("was_sar = \"12\"", "was_sar = \"9.50\", usd = \"1\"")
        .replace("stock = [3]", "stock = [3, 4]")
        .replace("2026-01-01T00:00:00Z", "yesterday");
    assert_eq!(
        wrong(&files(&shop, &department)),
        [
            "shop.toml: channel `web`: there is no location `there`",
            "departments/food.toml: product `tea`: there is no type `fodd`",
            "departments/food.toml: variant `T`: `ean` is wrong: InvalidId",
            "departments/food.toml: variant `T`: there is no option value `size/m`",
            "departments/food.toml: variant `T`: `was_sar` should be higher than the present price",
            "departments/food.toml: variant `T`: `usd` is not a key of it, nor the code of a price list",
            "departments/food.toml: variant `T`: `stock` has 2, and should have 1, one of each location",
            "departments/food.toml: product `tea`: `published_at` is not a time such as 2026-11-20T10:00:00Z",
        ]
    );
}

#[test]
fn what_its_type_does_not_know_a_product_does_not_say() {
    let said = TEA.replace("options =", "attributes = { care = { en = \"Keep dry\" } }\noptions =");
    let expected = "departments/food.toml: product `tea`: there is no attribute of its type `care`";
    assert_eq!(wrong(&files(SMALL, &said)), [expected]);
}

#[test]
fn a_city_lies_in_one_zone() {
    let zones = r#"
        zone = [
          { code = "one", country = "SA", cities = [["مكة", "مكه", "Makkah"]] },
          { code = "two", country = "SA", cities = [["makkah"]] },
          { code = "rest", country = "SA" },
          { code = "other", country = "SA" },
        ]"#;
    let shop = SMALL.replacen("price_list", &format!("{zones}\nprice_list"), 1);
    let twice = [
        "shop.toml: zone `two`: city `SA: makkah` is there twice",
        "shop.toml: zone `other`: city `SA: the rest` is there twice",
    ];
    assert_eq!(wrong(&files(&shop, "")), twice);
}

#[test]
fn an_unknown_key_is_refused() {
    assert!(toml::from_str::<Department>("colour = 1").is_err());
    let twin = TEA.replace("options =", "optoins =");
    let refused = toml::from_str::<Department>(&twin).map(drop).unwrap_err().to_string();
    assert!(refused.contains("unknown field `optoins`"), "{refused}");
}
