//! What is asked of a tax engine, and which answers go.

use domain::{id::Id, identity::country::Country, pricing::tax::rules::Place, time::Instant};

use super::*;

fn engine() -> JsonEngine {
    JsonEngine::new("https://tax.example/ask".to_owned(), Key::derived("secret", "tests"))
}

fn food() -> Class {
    Class { id: Some("taxclass_01h455vb4pex5vsknk084sn02q".parse().unwrap()), code: Some("food".to_owned()) }
}

fn question() -> Question {
    let company: Id<_> = "organisation_01h455vb4pex5vsknk084sn02q".parse().unwrap();
    Question {
        channel: "web-sa".to_owned(),
        from: Country::SA,
        to: Place::new(Country::SA, Some("Najran")),
        taxpayer: Taxpayer::Organisation(company),
        tax_number: Some("300000000000003".to_owned()),
        classes: vec![Class { id: None, code: None }, food()],
        at: Instant::from_millis(1_700_000_000_500),
    }
}

fn read(status: u16, body: &str) -> Result<Answer, NotAnswered> {
    engine().answer(&question(), &HttpResponse { status, body: body.to_owned() })
}

#[test]
fn a_question_says_who_buys_what_and_where_to_and_is_signed() {
    let asked = engine().ask(&question());
    assert_eq!(asked.url, "https://tax.example/ask");
    let said: wire::Question = serde_json::from_str(&asked.body).unwrap();
    assert_eq!((said.from_country.as_str(), said.at.as_str()), ("SA", "2023-11-14T22:13:20.5Z"));
    assert_eq!((said.channel.as_str(), said.to.region.as_deref()), ("web-sa", Some("Najran")));
    assert_eq!(said.buyer.organisation.as_deref(), Some("organisation_01h455vb4pex5vsknk084sn02q"));
    assert_eq!((said.buyer.customer, said.buyer.tax_number.as_deref()), (None, Some("300000000000003")));
    assert_eq!(said.tax_classes, [None, Some("food".to_owned())]);
    let (_, id) = &asked.headers[0];
    let signature = Key::derived("secret", "tests").sign(id, 1_700_000_000, &asked.body);
    assert!(asked.headers.contains(&("webhook-signature", signature)));
    let other = engine().ask(&Question { at: Instant::from_millis(1_700_000_000_501), ..question() });
    assert_ne!(&other.headers[0].1, id);
}

#[test]
fn what_is_said_of_classes_that_were_asked_for_goes() {
    let body = r#"{ "taxes": [{ "category": "STANDARD", "ratePercent": "12.5" },
        { "taxClass": "food", "category": "ZERO_RATED", "reasonCode": "vatex-sa-35" },
        { "taxClass": "cars", "category": "NONSENSE" }], "goodForSeconds": 90 }"#;
    let answer = read(200, body).unwrap();
    assert_eq!(answer.good_for, Duration::from_secs(90));
    assert_eq!(answer.treatments.len(), 2);
    assert_eq!(answer.treatments[&None], Treatment::at(TaxRate::from_bps(1250)));
    assert_eq!(answer.treatments[&food().id].category(), Category::ZeroRated);
}

#[test]
fn an_answer_is_good_for_an_hour_if_it_does_not_say_and_for_a_day_at_most() {
    let good_for = |said: &str| read(200, &format!(r#"{{ "taxes": []{said} }}"#)).unwrap().good_for;
    assert_eq!(good_for(""), GOOD_FOR);
    assert_eq!(good_for(r#", "goodForSeconds": 0"#), GOOD_FOR_MIN);
    assert_eq!(good_for(r#", "goodForSeconds": 18446744073709551615"#), GOOD_FOR_MAX);
}

#[test]
fn what_cannot_be_is_no_answer() {
    for body in [
        "",
        "[]",
        r#"{ "taxes": [{ "category": "STANDARD" }] }"#,
        r#"{ "taxes": [{ "category": "STANDARD", "ratePercent": "-1" }] }"#,
        r#"{ "taxes": [{ "category": "STANDARD", "ratePercent": "101" }] }"#,
        r#"{ "taxes": [{ "category": "EXEMPT" }] }"#,
        r#"{ "taxes": [{ "category": "EXEMPT", "ratePercent": "5", "reasonCode": "VATEX-SA-29" }] }"#,
        r#"{ "taxes": [{ "category": "STANDARD", "ratePercent": "5" }, { "category": "STANDARD", "ratePercent": "6" }] }"#,
    ] {
        assert!(read(200, body).is_err(), "{body}");
    }
    let is_down = |status| read(status, r#"{ "taxes": [] }"#).unwrap_err().is_down;
    assert_eq!([400, 307, 429, 500, 503].map(is_down), [false, false, true, true, true]);
}
