//! Where carts are delivered to.

use serde_json::{Value, json};
use tests::{
    client::{Client, codes},
    shop::Shop,
    world::{kuwait, riyadh},
};

use super::{
    read::{cart_with, read},
    refusal::{refused, try_it},
};

/// An address with one field changed.
fn with(mut address: Value, field: &str, value: Value) -> Value {
    address[field] = value;
    address
}

/// Has addresses refused, each for one field, and the cart left as it was.
async fn each_refused(client: &Client, address: &Value, cases: &[(&str, Value, &str)]) {
    let id = cart_with(client, &[("TEA", 1)]).await;
    let before = read(client, &id).await;
    for (field, value, code) in cases {
        let address = with(address.clone(), field, value.clone());
        let wanted = format!("{code} address.{field}");
        refused(client, "cartShippingAddressSet", json!({ "cart": id, "address": address }), &[&wanted]).await;
    }
    assert_eq!(read(client, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_national_address_is_checked_field_by_field() {
    let shop = Shop::open().await;
    let cases = [
        ("phone", json!("12345"), "INVALID_PHONE"),
        ("phone", json!(""), "REQUIRED"),
        ("country", json!("Saudi Arabia"), "INVALID_COUNTRY"),
        ("country", json!("S"), "INVALID_COUNTRY"),
        ("country", json!("S1"), "INVALID_COUNTRY"),
        ("country", json!(""), "REQUIRED"),
        ("buildingNumber", json!("29"), "INVALID_BUILDING_NUMBER"),
        ("buildingNumber", json!("29295"), "INVALID_BUILDING_NUMBER"),
        ("buildingNumber", json!("29a9"), "INVALID_BUILDING_NUMBER"),
        ("buildingNumber", Value::Null, "REQUIRED"),
        ("street", Value::Null, "REQUIRED"),
        ("district", json!("  "), "REQUIRED"),
        ("city", Value::Null, "REQUIRED"),
        ("postalCode", json!("1221"), "INVALID_POSTAL_CODE"),
        ("postalCode", json!("122111"), "INVALID_POSTAL_CODE"),
        ("postalCode", json!("ABCDE"), "INVALID_POSTAL_CODE"),
        ("postalCode", json!("12211\u{0}"), "INVALID_POSTAL_CODE"),
        ("postalCode", Value::Null, "REQUIRED"),
        ("additionalNumber", json!("612"), "INVALID_ADDITIONAL_NUMBER"),
        ("additionalNumber", json!("6123x"), "INVALID_ADDITIONAL_NUMBER"),
        ("shortAddress", json!("RRR2929"), "INVALID_SHORT_ADDRESS"),
        ("shortAddress", json!("RR1D2929"), "INVALID_SHORT_ADDRESS"),
        ("shortAddress", json!("2929RRRD"), "INVALID_SHORT_ADDRESS"),
        ("region", json!("م".repeat(61)), "TOO_LONG"),
    ];
    each_refused(&shop.anonymous(), &riyadh(), &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_an_address_are_neither_too_long_nor_tricky() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for (field, most) in [("name", 100), ("street", 100), ("district", 100), ("city", 60)] {
        let cases = [
            (field, json!("ش".repeat(most + 1)), "TOO_LONG"),
            (field, json!("ليلى\0أحمد"), "CONTROL_CHARACTER"),
            (field, json!("ليلى\nأحمد"), "CONTROL_CHARACTER"),
            (field, json!("ليلى\u{7f}"), "CONTROL_CHARACTER"),
            (field, json!("ليلى \u{202e}دمحأ"), "DIRECTION_OVERRIDE"),
            (field, json!("ليلى \u{2066}أحمد\u{2069}"), "DIRECTION_OVERRIDE"),
            (field, json!("\u{200f}"), "REQUIRED"),
        ];
        each_refused(&guest, &riyadh(), &cases).await;
        let id = cart_with(&guest, &[]).await;
        let address = with(riyadh(), field, json!("ش".repeat(most)));
        let longest = json!({ "cart": id, "address": address });
        assert_eq!(codes(&try_it(&guest, "cartShippingAddressSet", longest).await), [""; 0], "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_another_country_is_checked_as_one() {
    let shop = Shop::open().await;
    let cases = [
        ("postalCode", json!("153"), "INVALID_POSTAL_CODE"),
        ("postalCode", json!("1530A"), "INVALID_POSTAL_CODE"),
        ("line1", Value::Null, "REQUIRED"),
        ("line1", json!("a".repeat(101)), "TOO_LONG"),
        ("line2", json!("a\u{202e}b"), "DIRECTION_OVERRIDE"),
        ("line2", json!("a\0b"), "CONTROL_CHARACTER"),
        ("region", json!("a".repeat(61)), "TOO_LONG"),
        ("city", Value::Null, "REQUIRED"),
        ("phone", json!("+9655123456"), "INVALID_PHONE"),
    ];
    each_refused(&shop.anonymous().in_channel("web-kw"), &kuwait(), &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_the_channel_does_not_deliver_to_is_refused() {
    let shop = Shop::open().await;
    let emirates = with(with(kuwait(), "country", json!("AE")), "postalCode", Value::Null);
    let nowhere = with(emirates.clone(), "country", json!("ZZ"));
    for (channel, address) in [("web-sa", kuwait()), ("web-kw", riyadh()), ("web-sa", emirates), ("web-sa", nowhere)] {
        let guest = shop.anonymous().in_channel(channel);
        let id = cart_with(&guest, &[("TEA", 1)]).await;
        let before = read(&guest, &id).await;
        let set = json!({ "cart": id, "address": address });
        refused(&guest, "cartShippingAddressSet", set, &["UNSUPPORTED_COUNTRY address.country"]).await;
        let step = json!({ "cart": id, "steps": [{ "shippingAddressSet": { "address": address } }] });
        let wanted = ["UNSUPPORTED_COUNTRY steps.0.shippingAddressSet.address.country"];
        refused(&guest, "cartUpdate", step, &wanted).await;
        assert_eq!(read(&guest, &id).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_wrong_fields_of_an_address_are_told_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let address = json!({
        "name": "ليلى\u{202e}", "phone": "1", "country": "SA", "buildingNumber": "1", "street": "\0 x", "district": "ح".repeat(101),
        "city": " ", "postalCode": "1", "additionalNumber": "1", "shortAddress": "1",
    });
    let wanted = [
        "DIRECTION_OVERRIDE address.name",
        "INVALID_PHONE address.phone",
        "INVALID_BUILDING_NUMBER address.buildingNumber",
        "CONTROL_CHARACTER address.street",
        "TOO_LONG address.district",
        "REQUIRED address.city",
        "INVALID_POSTAL_CODE address.postalCode",
        "INVALID_ADDITIONAL_NUMBER address.additionalNumber",
        "INVALID_SHORT_ADDRESS address.shortAddress",
    ];
    refused(&guest, "cartShippingAddressSet", json!({ "cart": id, "address": address }), &wanted).await;
    assert_eq!(read(&guest, &id).await["shippingAddress"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_kept_in_one_form_however_it_was_typed() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let address = json!({
        "name": "  ليلى أحمد ", "phone": "٠٥١٢ ٣٤٥ ٦٧٨", "country": "sa", "city": " الرياض", "district": "العليا",
        "street": "طريق العروبة", "buildingNumber": "٢٩٢٩", "postalCode": "١٢٢١١", "additionalNumber": " ۶۱۲۳",
        "shortAddress": "rrrd٢٩٢٩", "line1": "not asked for in Saudi Arabia",
    });
    assert_eq!(
        codes(&try_it(&guest, "cartShippingAddressSet", json!({ "cart": id, "address": address })).await),
        [""; 0]
    );
    let mut wanted = riyadh();
    for none in ["line1", "line2", "region"] {
        wanted[none] = Value::Null;
    }
    assert_eq!(read(&guest, &id).await["shippingAddress"], wanted);

    let within = with(riyadh(), "region", json!(" منطقة الرياض "));
    assert_eq!(
        codes(&try_it(&guest, "cartShippingAddressSet", json!({ "cart": id, "address": within })).await),
        [""; 0]
    );
    assert_eq!(read(&guest, &id).await["shippingAddress"]["region"], "منطقة الرياض");

    let short = with(with(riyadh(), "shortAddress", json!("")), "additionalNumber", Value::Null);
    assert_eq!(
        codes(&try_it(&guest, "cartShippingAddressSet", json!({ "cart": id, "address": short })).await),
        [""; 0]
    );
    let shown = read(&guest, &id).await["shippingAddress"].take();
    assert_eq!((&shown["shortAddress"], &shown["additionalNumber"]), (&Value::Null, &Value::Null));
}
