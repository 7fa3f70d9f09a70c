//! Replays bytes that the gateway sent, good and bad.

use domain::{id::Payment, money::Currency};

use super::*;

const KEY: &str = "sk_test_tenant_01h455vb4pex5vsknk084sn02q_00ff";
const ENTRY: &str = "paymententry_01h455vb4pex5vsknk084sn02q";
const TOLD: &str = r#"{"id":"simnotice_01","news":"authorised","charge":"simcharge_01","idempotency_key":"paymententry_01h455vb4pex5vsknk084sn02q"}"#;

fn simulator() -> Simulator {
    Simulator::new("http://127.0.0.1:8000/", KEY.to_owned())
}

fn answer(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, body: body.to_owned() }
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> &'r str {
    request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()).unwrap()
}

#[test]
fn an_authorisation_is_asked_for_once_per_attempt() {
    let payment: Id<Payment> = "payment_01h455vb4pex5vsknk084sn02q".parse().unwrap();
    let request = simulator().authorise(&Authorise {
        payment,
        attempt: ENTRY.parse().unwrap(),
        amount: Money::new(11_500, Currency::SAR),
        card_token: "tok_approved".to_owned(),
        return_url: "https://shop.example/back".to_owned(),
    });
    assert_eq!(request.url, "http://127.0.0.1:8000/simulator/v1/charges");
    assert_eq!(header(&request, "authorization"), format!("Bearer {KEY}"));
    assert_eq!(header(&request, wire::IDEMPOTENCY_KEY), ENTRY);
    let body = r#"{"amount_minor":11500,"currency":"SAR","card_token":"tok_approved","return_url":"https://shop.example/back"}"#;
    assert_eq!(request.body, body);
}

#[test]
fn what_is_asked_of_a_charge_has_a_path_and_a_key_of_its_own() {
    let (gateway, key, amount) = (simulator(), ENTRY.parse().unwrap(), Money::new(50, Currency::KWD));
    let asked = [
        (gateway.capture("simcharge_01", amount, key), "capture", r#"{"amount_minor":50}"#),
        (gateway.void("simcharge_01", key), "void", "{}"),
        (gateway.refund("simcharge_01", amount, key), "refund", r#"{"amount_minor":50}"#),
    ];
    for (request, verb, body) in asked {
        assert_eq!(request.url, format!("http://127.0.0.1:8000/simulator/v1/charges/simcharge_01/{verb}"));
        assert_eq!(header(&request, wire::IDEMPOTENCY_KEY), ENTRY);
        assert_eq!(request.body, body);
    }
}

#[test]
fn recorded_answers_to_an_authorisation_are_read() {
    let charge = "simcharge_01".to_owned();
    let table = [
        (200, r#"{"id":"simcharge_01","state":"authorised"}"#, Authorisation::Granted { charge: charge.clone() }),
        (200, r#"{"id":"simcharge_01","state":"captured"}"#, Authorisation::Granted { charge: charge.clone() }),
        (
            200,
            r#"{"id":"simcharge_01","state":"challenged","challenge_url":"http://x/3ds"}"#,
            Authorisation::Challenge { charge: charge.clone(), url: "http://x/3ds".to_owned() },
        ),
        (
            200,
            r#"{"id":"simcharge_01","state":"declined","decline_code":"expired-card","new_field":1}"#,
            Authorisation::Refused { charge: Some(charge.clone()), code: DeclineCode::ExpiredCard },
        ),
        (
            200,
            r#"{"id":"simcharge_01","state":"declined","decline_code":"moon-phase"}"#,
            Authorisation::Refused { charge: Some(charge), code: DeclineCode::DoNotHonour },
        ),
        (400, r#"{"code":"invalid_card"}"#, Authorisation::Refused { charge: None, code: DeclineCode::DoNotHonour }),
    ];
    for (status, body, expected) in table {
        assert_eq!(simulator().authorised(&answer(status, body)), Ok(expected), "{body}");
    }
}

#[test]
fn an_answer_without_sense_is_no_authorisation() {
    let table = [
        (200, ""),
        (200, "<html>"),
        (200, r#"{"id":"simcharge_01","state":"blessed"}"#),
        (200, r#"{"id":"simcharge_01","state":"challenged"}"#),
        (200, r#"{"id":"simcharge_01","state":"voided"}"#),
        (400, r#"{"code":"invalid_amount"}"#),
        (401, r#"{"code":"unauthorised"}"#),
        (500, r#"{"id":"simcharge_01","state":"authorised"}"#),
    ];
    for (status, body) in table {
        assert_eq!(simulator().authorised(&answer(status, body)), Err(NotDone { status }), "{status} {body}");
    }
}

#[test]
fn only_200_means_that_it_was_done() {
    assert_eq!(simulator().done(&answer(200, "{}")), Ok(()));
    for status in [0, 202, 302, 401, 404, 409, 500] {
        assert_eq!(simulator().done(&answer(status, "{}")), Err(NotDone { status }));
    }
}

#[test]
fn a_signed_notice_is_read() {
    let notice = simulator().notice(&sign(KEY, 1_795_000_000, TOLD), TOLD).unwrap();
    assert_eq!(notice.id, "simnotice_01");
    assert_eq!(notice.charge, "simcharge_01");
    assert_eq!(notice.attempt, ENTRY.parse().unwrap());
    assert_eq!(notice.news, News::Authorised);
    let declined = TOLD.replace("authorised", "declined").replace('}', r#","decline_code":"lost-card"}"#);
    let notice = simulator().notice(&sign(KEY, 1, &declined), &declined).unwrap();
    assert_eq!(notice.news, News::Declined(DeclineCode::LostCard));
}

#[test]
fn a_notice_that_was_not_signed_so_is_refused() {
    let good = sign(KEY, 1_795_000_000, TOLD);
    let bad = [
        String::new(),
        "t=1795000000".to_owned(),
        good.replace("t=1795000000", "t=1795000001"),
        good.replace("v1=", "v0="),
        format!("{good}00"),
        sign("sk_test_of_somebody_else", 1_795_000_000, TOLD),
        sign(KEY, 1_795_000_000, "{}"),
    ];
    for signature in bad {
        assert_eq!(simulator().notice(&signature, TOLD), Err(NotGenuine), "{signature}");
    }
}

#[test]
fn a_signed_notice_without_sense_is_refused() {
    let strange = TOLD.replace("authorised", "celebrated");
    let foreign = TOLD.replace("paymententry", "invoice");
    for body in ["", "{}", "null", &strange, &foreign] {
        assert_eq!(simulator().notice(&sign(KEY, 1, body), body), Err(NotGenuine), "{body}");
    }
}
