//! Signing in and registering, for the tests beside it.

use serde_json::{Value, json};
use tests::client::{Client, PASSWORD};

/// What one is handed when one is let in.
const HANDED: &str = "accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt
    account { id kind email name phone language { tag } permissions cart { id } }
    cart { id state totalQuantity lines { quantity variant { sku } } }
    userErrors { code field message params { name value } }";

/// A customer of the fixture, as an input of `signIn`.
pub fn layla() -> Value {
    json!({ "email": "layla@customer.example", "password": PASSWORD })
}

/// Somebody new, as an input of `customerRegister`.
pub fn sara() -> Value {
    json!({ "email": "sara@customer.example", "password": "ten characters", "name": "سارة العتيبي" })
}

/// The same input with another value.
pub fn with(mut input: Value, key: &str, value: impl Into<Value>) -> Value {
    input[key] = value.into();
    input
}

/// The payload of `signIn`.
pub async fn sign_in(client: &Client, input: Value) -> Value {
    let query = format!("mutation ($input: SignInInput!) {{ signIn(input: $input) {{ {HANDED} }} }}");
    client.run(&query, json!({ "input": input })).await["signIn"].take()
}

/// The payload of `customerRegister`.
pub async fn register(client: &Client, input: Value) -> Value {
    let query =
        format!("mutation ($input: CustomerRegisterInput!) {{ customerRegister(input: $input) {{ {HANDED} }} }}");
    client.run(&query, json!({ "input": input })).await["customerRegister"].take()
}

/// The payload of `tokenRefresh`.
pub async fn refresh(client: &Client, token: &str) -> Value {
    let query = "mutation ($token: String!) { tokenRefresh(input: { refreshToken: $token }) {
        accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt account { email }
        userErrors { code field message } } }";
    client.run(query, json!({ "token": token })).await["tokenRefresh"].take()
}

/// The payload of `signOut`.
pub async fn sign_out(client: &Client, token: &str) -> Value {
    let query = "mutation ($token: String!) { signOut(input: { refreshToken: $token }) { userErrors { code field } } }";
    client.run(query, json!({ "token": token })).await["signOut"].take()
}

/// A text of a payload.
pub fn text(payload: &Value, key: &str) -> String {
    payload[key].as_str().unwrap_or_else(|| panic!("no {key} in {payload:#}")).to_owned()
}

/// Nothing was handed out.
pub fn assert_nothing_handed(payload: &Value) {
    for key in ["accessToken", "accessTokenExpiresAt", "refreshToken", "refreshTokenExpiresAt", "account"] {
        assert_eq!(payload[key], Value::Null, "{key} of a refusal: {payload:#}");
    }
}

/// The fields that `userErrors` name, with their codes.
pub fn refusals(payload: &Value) -> Vec<(String, String)> {
    let errors = payload["userErrors"].as_array().expect("userErrors");
    let path = |field: &Value| {
        let parts: Vec<_> = field.as_array().into_iter().flatten().map(|part| part.as_str().unwrap()).collect();
        parts.join(".")
    };
    errors.iter().map(|error| (path(&error["field"]), error["code"].as_str().unwrap().to_owned())).collect()
}

/// How often this happened, by the audit trail.
pub async fn n_audited(staff: &Client, action: &str) -> u64 {
    let query = "query ($action: String!) { auditEntries(filter: { action: $action }) { totalCount } }";
    staff.run(query, json!({ "action": action })).await["auditEntries"]["totalCount"].as_u64().unwrap()
}

/// How many customers there are.
pub async fn n_customers(staff: &Client) -> u64 {
    staff.run("{ customers { totalCount } }", json!({})).await["customers"]["totalCount"].as_u64().unwrap()
}
