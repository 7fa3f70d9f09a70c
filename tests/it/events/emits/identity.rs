//! Sessions that begin and end, and groups of customers.

use serde_json::{Value, json};
use tests::{client::PASSWORD, shop::Shop};

use super::Recorder;
use crate::identity::groups::customer;

/// Sessions that begin, go on, end and are stolen.
pub async fn sign_in_and_out(shop: &Shop, sent: &Recorder) {
    let nobody = shop.anonymous();
    let new = json!({ "email": "noura@customer.example", "name": "نورة", "password": PASSWORD });
    sent.done(&nobody, "customerRegister", new, "").await;
    let credentials = json!({ "email": "layla@customer.example", "password": PASSWORD });
    let refresh = |token: &Value| json!({ "refreshToken": token });
    for stolen_at in ["tokenRefresh", "signOut"] {
        let first = sent.done(&nobody, "signIn", credentials.clone(), "refreshToken").await["refreshToken"].take();
        sent.done(&nobody, "tokenRefresh", refresh(&first), "").await;
        sent.send(&nobody, stolen_at, refresh(&first), "").await;
    }
    let last = sent.done(&nobody, "signIn", credentials, "refreshToken").await["refreshToken"].take();
    sent.done(&nobody, "signOut", refresh(&last), "").await;
}

/// A group of customers from its beginning to its end.
pub async fn grouped(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let made = json!({ "code": "loyal", "nameEn": "Loyal" });
    let group = sent.done(&staff, "customerGroupCreate", made, "group { id }").await["group"]["id"].take();
    sent.done(&staff, "customerGroupUpdate", json!({ "group": group, "nameEn": "Most loyal" }), "").await;
    for name in ["customerGroupMembersAdd", "customerGroupMembersRemove"] {
        sent.done(&staff, name, json!({ "group": group, "customers": [layla] }), "").await;
    }
    sent.done(&staff, "customerGroupDelete", json!({ "group": group }), "").await;
}
