//! In what a request is answered: whose shop, which channel, currency and language.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::asking::plain;

const CONTEXT: &str = "{ context { channel { code currencyCode name } language { tag direction } } }";

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_what_it_is_in() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let reply = guest.try_run(CONTEXT, json!({})).await;
    let context =
        json!({ "channel": "web-sa", "currency": "SAR", "language": "ar", "direction": "RTL", "organisation": null });
    assert_eq!((&reply.body["extensions"]["context"], reply.header("content-language")), (&context, "ar"));
    let reply = guest.clone().in_channel("web-kw").in_language("en").try_run(CONTEXT, json!({})).await;
    let context =
        json!({ "channel": "web-kw", "currency": "KWD", "language": "en", "direction": "LTR", "organisation": null });
    assert_eq!((&reply.body["extensions"]["context"], reply.header("content-language")), (&context, "en"));
    let said = json!({
        "channel": { "code": "web-kw", "currencyCode": "KWD", "name": "Web shop, Kuwait" },
        "language": { "tag": "en", "direction": "LTR" },
    });
    assert_eq!(reply.body["data"]["context"], said);
    let refused = guest.try_run("{ orders { totalCount } }", json!({})).await;
    assert_eq!(refused.body["extensions"]["context"]["channel"], "web-sa", "also what was refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_one_named_else_the_best_accepted_else_the_channel_s() {
    let shop = Shop::open().await;
    for (accepted, language) in [
        ("en", "en"),
        ("ar", "ar"),
        ("en-GB,en;q=0.9", "en"),
        ("ar-SA", "ar"),
        ("fr, en;q=0.5, ar;q=0.1", "en"),
        ("en;q=0.1, ar;q=0.9", "ar"),
        ("en;q=0, ar;q=0.1", "ar"),
        ("fr, de", "ar"),
        ("*", "ar"),
        ("nonsense;;;q=", "ar"),
        ("", "ar"),
    ] {
        let client = shop.anonymous().with_header("accept-language", accepted);
        let reply = client.try_run(CONTEXT, json!({})).await;
        assert_eq!(reply.header("content-language"), language, "{accepted:?}");
        let named = client.in_language("en").try_run(CONTEXT, json!({})).await;
        assert_eq!(named.header("content-language"), "en", "who names one is not negotiated with");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_header_names_must_be_there() {
    let shop = Shop::open().await;
    for (header, value, status, code, arabic, english) in [
        ("qafila-tenant", "nowhere", 404, "TENANT_UNKNOWN", "لا يوجد متجر", "There is no shop at this address."),
        ("qafila-tenant", "", 404, "TENANT_UNKNOWN", "لا يوجد متجر", "There is no shop at this address."),
        ("qafila-channel", "pos", 400, "CHANNEL_UNKNOWN", "قناة", "There is no sales channel of this name."),
        ("qafila-channel", "WEB-SA", 400, "CHANNEL_UNKNOWN", "قناة", "There is no sales channel of this name."),
        (
            "qafila-currency",
            "KWD",
            400,
            "UNSUPPORTED_CURRENCY",
            "العملة",
            "This currency is not available in this shop.",
        ),
        (
            "qafila-currency",
            "sar",
            400,
            "UNSUPPORTED_CURRENCY",
            "العملة",
            "This currency is not available in this shop.",
        ),
        ("qafila-language", "fr", 400, "UNSUPPORTED_LANGUAGE", "اللغة", "This language is not available in this shop."),
        ("qafila-language", "", 400, "UNSUPPORTED_LANGUAGE", "اللغة", "This language is not available in this shop."),
    ] {
        for (language, said) in [("ar", arabic), ("en", english)] {
            let client = shop.anonymous().with_header("accept-language", language).with_header(header, value);
            let reply = client.try_run("mutation { cartCreate(input: {}) { cart { id } } }", json!({})).await;
            assert_eq!((reply.status, reply.codes()), (status, vec![code]), "{header}: {value:?}");
            assert!(plain(&reply.body["errors"][0]["message"]).contains(said), "{reply}");
            assert_eq!((reply.header("content-language"), &reply.body["data"]), (language, &Value::Null));
        }
    }
    let client = shop.anonymous().with_header("qafila-currency", "KWD").in_channel("web-kw");
    client.run(CONTEXT, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_name_the_shop_is_that_of_the_host_else_the_first() {
    let shop = Shop::open().await;
    shop.db_execute("UPDATE tenant SET created_at = created_at - 1 WHERE slug = 'shop'").await;
    shop.db_execute("UPDATE tenant SET host = 'neighbour.example' WHERE slug = 'neighbour'").await;
    let (ours, theirs) = (shop.variant("TEA").await, shop.neighbour().variant("TEA").await);
    for (host, wanted) in [
        ("neighbour.example", &theirs),
        ("neighbour.example:8000", &theirs),
        ("shop.example", &ours),
        ("sub.neighbour.example", &ours),
    ] {
        let client = shop.anonymous().without_header("qafila-tenant").with_header("host", host);
        assert_eq!(&client.variant("TEA").await, wanted, "{host}");
        let named = client.with_header("qafila-tenant", "shop");
        assert_eq!(named.variant("TEA").await, ours, "the name beats the host");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_bears_the_request_s_id() {
    let shop = Shop::open().await;
    let named = shop.anonymous().with_header("x-request-id", "trace-0815-aZ");
    for reply in [
        named.try_run("{ __typename }", json!({})).await,
        named.post("nonsense").await,
        named.clone().in_channel("nowhere").try_run("{ __typename }", json!({})).await,
        named.get("/healthz").await,
        named.get("/nowhere").await,
    ] {
        assert_eq!(reply.header("x-request-id"), "trace-0815-aZ", "{reply}");
    }
    let longest = "a".repeat(64);
    let reply = shop.anonymous().with_header("x-request-id", &longest).get("/healthz").await;
    assert_eq!(reply.header("x-request-id"), longest);
    let mut fresh = Vec::new();
    for odd in ["", "two words", "<script>", "a,b", &"a".repeat(65)] {
        let reply = shop.anonymous().with_header("x-request-id", odd).try_run("{ __typename }", json!({})).await;
        let id = reply.header("x-request-id").to_owned();
        assert!(id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()), "{odd:?}: {id:?}");
        fresh.push(id);
    }
    fresh.dedup();
    assert_eq!(fresh.len(), 5, "each has one of its own");
}
