//! `qafila seed`

use super::place::{Place, Said, fixture};

const QUIET: [(&str, &str); 1] = [("QAFILA_LOG", "error")];

fn seed(place: &Place, tenant: &str) -> Said {
    place.run_with(&QUIET, &["seed", "--tenant", tenant, "--from", "shop"])
}

/// What `verify` sees: one line a tenant.
fn tenants(place: &Place) -> Vec<String> {
    let said = place.run_with(&QUIET, &["verify"]);
    said.well().lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn a_tenant_is_filled_once() {
    let place = Place::new();
    place.copy_fixture("shop");
    assert_eq!(seed(&place, "one").well(), "one: 7 products, 10 variants.\n");
    assert_eq!(seed(&place, "two").well(), "two: 7 products, 10 variants.\n");
    assert_eq!(seed(&place, "one").refused(), "the tenant has a shop already\n");
    assert_eq!(tenants(&place), ["one", "two"]);
}

#[test]
fn without_a_folder_it_is_the_demo_shop() {
    let place = Place::new();
    assert_eq!(
        place.run_with(&QUIET, &["seed"]).well(),
        "demo: 335 products, 1411 variants.\n\
         This is the demo: everybody knows its passwords and its gift card. It is not for a real shop.\n"
    );
    assert_eq!(tenants(&place), ["demo"]);
}

#[test]
fn a_broken_folder_is_refused_by_file_and_item_and_changes_nothing() {
    let place = Place::new();
    for (file, right, wrong, told) in [
        ("shop.toml", "[[location]]", "[[loction]]", &["shop.toml", "unknown field `loction`", "line"][..]),
        ("shop.toml", "cities = [[\"العلا\"", "citys = [[\"العلا\"", &["shop.toml", "unknown field `citys`", "line"]),
        ("types.toml", "attributes = [\"origin\"]", "attributes = [", &["types.toml", "line"]),
        ("departments/shop.toml", "grams = 120", "grams = \"120\"", &["departments/shop.toml", "line"]),
    ] {
        place.copy_fixture("shop");
        let text = fixture(file);
        assert!(text.contains(right), "{right} is in {file}");
        place.write(&format!("shop/{file}"), &text.replacen(right, wrong, 1));
        let said = seed(&place, "broken");
        let said = said.refused();
        assert!(told.iter().all(|part| said.contains(part)), "{told:?}: {said}");
        assert_eq!(tenants(&place), Vec::<String>::new(), "{wrong}");
    }
    std::fs::remove_file(place.path().join("shop/shop.toml")).unwrap();
    assert!(seed(&place, "broken").refused().contains("shop/shop.toml: "), "it must be there");
    assert_eq!(tenants(&place), Vec::<String>::new());
}

#[test]
fn all_that_is_wrong_with_a_folder_is_told_at_once_and_it_can_be_loaded_when_mended() {
    let place = Place::new();
    place.copy_fixture("shop");
    let department = fixture("departments/shop.toml");
    let mut broken = department.clone();
    for (right, wrong) in [
        ("ean = \"6281999000057\"", "ean = \"6281999000058\""),
        (
            "slug = \"cup\"\ntype = \"home\"\ncategory = \"home\"",
            "slug = \"cup\"\ntype = \"home\"\ncategory = \"hmoe\"",
        ),
        ("values = [\"250g\", \"dark\"]", "values = [\"250g\", \"blond\"]"),
        ("sku = \"DATES\"", "sku = \"TEA\""),
        ("sar = \"34.50\"", "sar = \"34.505\""),
    ] {
        assert!(broken.contains(right), "{right}");
        broken = broken.replacen(right, wrong, 1);
    }
    place.write("shop/departments/shop.toml", &broken);
    place.write("shop/shop.toml", &fixture("shop.toml").replacen("price_list = \"kwd\"", "price_list = \"usd\"", 1));
    let said = seed(&place, "shop");
    let said = said.refused();
    for told in [
        "shop.toml: channel `web-kw`: there is no price list `usd`",
        "departments/shop.toml: variant `TEA`: `ean` is wrong: ",
        "departments/shop.toml: product `cup`: there is no category `hmoe`",
        "departments/shop.toml: variant `COFFEE-250-DARK`: there is no option value `roast/blond`",
        "departments/shop.toml: variant `TEA`: variant `TEA` is there twice",
        "departments/shop.toml: variant `INCENSE`: `sar` is not an amount of SAR, not below zero: `34.505`",
    ] {
        assert!(said.contains(told), "{told}\nis not in\n{said}");
    }
    assert_eq!(tenants(&place), Vec::<String>::new());
    place.copy_fixture("shop");
    assert_eq!(seed(&place, "shop").well(), "shop: 7 products, 10 variants.\n");
}

#[test]
fn a_name_that_no_tenant_can_have_is_refused() {
    let place = Place::new();
    place.copy_fixture("shop");
    for name in ["Two Words", "متجر", "UPPER", "a/b", ""] {
        let said = seed(&place, name);
        assert!(said.refused().contains("is not a name for a tenant: use a-z, 0-9 and -"), "{name:?}: {said:?}");
    }
    assert_eq!(tenants(&place), Vec::<String>::new());
}
