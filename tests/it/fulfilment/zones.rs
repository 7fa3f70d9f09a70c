//! Zones, and the places that serve them.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{try_set, zone};
use crate::{
    cart::refusal::wrong,
    inventory::ask::{place, told},
};

const ZONE: &str = "zone { id code name isRemote version areas { country cities } }";

fn south() -> Value {
    let cities = json!([{ "country": "SA", "cities": ["أبها", "Abha"] }, { "country": "BH" }]);
    json!({ "code": "south", "nameAr": "الجنوب", "nameEn": "The south", "areas": cities, "idempotencyKey": "south" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_is_made_changed_and_found() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE").in_language("en");
    let made = try_set(&staff, "zoneCreate", ZONE, south()).await;
    assert_eq!(made["userErrors"], json!([]));
    let id = made["zone"]["id"].clone();
    let areas = json!([{ "country": "BH", "cities": [] }, { "country": "SA", "cities": ["abha", "ابها"] }]);
    let wanted = json!({ "id": id, "code": "south", "name": "The south", "isRemote": false, "version": 1,
        "areas": areas });
    assert_eq!(made["zone"], wanted);
    assert_eq!(try_set(&staff, "zoneCreate", ZONE, south()).await["zone"]["id"], id, "the same key makes it once");
    let change = json!({ "zone": id, "nameEn": "South", "isRemote": true, "areas": [{ "country": "sa" }],
        "expectedVersion": 1 });
    let changed = try_set(&staff, "zoneUpdate", ZONE, change.clone()).await;
    let wanted = json!({ "id": id, "code": "south", "name": "South", "isRemote": true, "version": 2,
        "areas": [{ "country": "SA", "cities": [] }] });
    assert_eq!(changed["zone"], wanted);
    assert_eq!(wrong(&try_set(&staff, "zoneUpdate", ZONE, change).await), ["CONFLICT expectedVersion"]);
    assert_eq!((told(&shop, "zone.created").await.len(), told(&shop, "zone.updated").await.len()), (1, 1));
    let list = "{ zones(page: { first: 2 }) { totalCount nodes { code name } } }";
    let found = shop.staff("STOCK_READ").run(list, json!({})).await;
    let first = json!([{ "code": "kw", "name": "kw" }, { "code": "sa-remote", "name": "sa-remote" }]);
    assert_eq!(found["zones"], json!({ "totalCount": 5, "nodes": first }), "by code, which names what has no name");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_of_a_zone_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let bad = json!({ "code": "South!", "areas": [{ "country": "Saudi" }, { "country": "SA", "cities": [" "] }] });
    let refused = try_set(&staff, "zoneCreate", ZONE, bad).await;
    let wanted = ["INVALID_SLUG code", "REQUIRED nameEn", "INVALID_COUNTRY areas.0.country", "REQUIRED areas.1.cities"];
    assert_eq!(wrong(&refused), wanted);
    let taken = json!({ "code": "kw", "nameEn": "Kuwait", "areas": [{ "country": "KW" }] });
    assert_eq!(wrong(&try_set(&staff, "zoneCreate", ZONE, taken).await), ["ZONE_CODE_TAKEN code"]);
    let nothing = json!({ "code": "no", "nameEn": "No", "areas": [] });
    assert_eq!(wrong(&try_set(&staff, "zoneCreate", ZONE, nothing).await), ["REQUIRED areas"]);
    let many = json!({ "code": "no", "nameEn": "No", "areas": vec![json!({ "country": "SA" }); 201] });
    assert_eq!(wrong(&try_set(&staff, "zoneCreate", ZONE, many).await), ["TOO_LONG areas"]);
    let none = json!({ "zone": "zone_01h455vb4pex5vsknk084sn02q", "nameEn": "x" });
    assert_eq!(wrong(&try_set(&staff, "zoneUpdate", ZONE, none).await), ["NOT_FOUND zone"]);
    let nameless = json!({ "zone": zone(&shop, "kw").await, "isRemote": true });
    assert_eq!(wrong(&try_set(&staff, "zoneUpdate", ZONE, nameless).await), ["REQUIRED nameEn"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_serves_the_zones_that_were_set() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (riyadh, rest, kw) = (place(&shop, "riyadh").await, zone(&shop, "sa-rest").await, zone(&shop, "kw").await);
    let select = "location { code version zones { rank costMinor zone { code } } }";
    let both = json!([{ "zone": kw, "rank": 7 }, { "zone": rest, "rank": 1, "costMinor": 1800 }]);
    let input = json!({ "location": riyadh, "zones": both, "idempotencyKey": "served" });
    let served = json!([
        { "rank": 1, "costMinor": 1800, "zone": { "code": "sa-rest" } },
        { "rank": 7, "costMinor": null, "zone": { "code": "kw" } },
    ]);
    for _ in 0..2 {
        let set = try_set(&staff, "locationZonesSet", select, input.clone()).await;
        assert_eq!(set["location"], json!({ "code": "riyadh", "version": 2, "zones": served }), "the nearest first");
    }
    assert_eq!(told(&shop, "location.zones_set").await.len(), 1);
    let none = try_set(&staff, "locationZonesSet", select, json!({ "location": riyadh, "zones": [] })).await;
    assert_eq!(none["location"]["zones"], json!([]));
    let unknown = "zone_01h455vb4pex5vsknk084sn02q";
    for (zones, refusal) in [
        (json!([{ "zone": "kw", "rank": 1 }]), "INVALID_ID zones.0.zone"),
        (json!([{ "zone": kw, "rank": 1 }, { "zone": unknown, "rank": 1 }]), "NOT_FOUND zones.1.zone"),
        (json!([{ "zone": kw, "rank": 1 }, { "zone": kw, "rank": 2 }]), "DUPLICATE zones.1.zone"),
        (json!([{ "zone": kw, "rank": -1 }]), "QUANTITY_NEGATIVE zones.0.rank"),
        (json!([{ "zone": kw, "rank": 1, "costMinor": -1 }]), "QUANTITY_NEGATIVE zones.0.costMinor"),
    ] {
        let input = json!({ "location": riyadh, "zones": zones });
        assert_eq!(wrong(&try_set(&staff, "locationZonesSet", select, input).await), [refusal]);
    }
    let nowhere = json!({ "location": "location_01h455vb4pex5vsknk084sn02q", "zones": [] });
    assert_eq!(wrong(&try_set(&staff, "locationZonesSet", select, nowhere).await), ["NOT_FOUND location"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn zones_that_many_set_at_once_are_those_of_one_of_them() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let (riyadh, kw) = (place(&shop, "riyadh").await, zone(&shop, "kw").await);
    let answers = at_once(8, async |rank| {
        let input = json!({ "location": riyadh, "zones": [{ "zone": kw, "rank": rank }] });
        try_set(&staff, "locationZonesSet", "location { zones { rank } }", input).await
    });
    assert!(answers.await.iter().all(|answer| wrong(answer).is_empty()));
    let query = "query ($id: ID!) { node(id: $id) { ... on Location { zones { rank } } } }";
    let found = staff.run(query, json!({ "id": riyadh })).await;
    assert_eq!(found["node"]["zones"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_joins_a_zone_is_delivered_to_at_its_price() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let price = "query ($id: ID!) { cart(id: $id) { deliveryOptions { code price { amount } } } }";
    let paid = async || {
        let options = guest.run(price, json!({ "id": cart })).await["cart"]["deliveryOptions"].take();
        options.as_array().unwrap().iter().find(|way| way["code"] == "standard").unwrap()["price"]["amount"].clone()
    };
    assert_eq!(paid().await, "18.00");
    let cities = json!([{ "country": "SA", "cities": ["العلا", "الخرج"] }]);
    let change = json!({ "zone": zone(&shop, "sa-riyadh").await, "nameEn": "Elsewhere", "areas": cities });
    let changed = try_set(&shop.staff_all(), "zoneUpdate", ZONE, change).await;
    assert_eq!(changed["userErrors"], json!([]));
    assert_eq!(paid().await, "25.00", "Riyadh is the rest of the country now");
}
