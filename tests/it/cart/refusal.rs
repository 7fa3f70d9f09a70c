//! Mutations that are refused.

use serde_json::{Value, json};
use tests::client::Client;

/// Tries a mutation of a cart or of checkout, and gives its payload.
pub(crate) async fn try_it(client: &Client, mutation: &str, input: Value) -> Value {
    let (first, rest) = mutation.split_at(1);
    let kind = format!("{}{rest}Input", first.to_uppercase());
    let thing = if mutation == "checkoutComplete" { "order { id number } orderToken" } else { "cart { id version }" };
    let errors = "userErrors { code field message params { name value } }";
    let query = format!("mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {thing} {errors} }} }}");
    client.run(&query, json!({ "input": input })).await[mutation].take()
}

/// What a payload refuses: `CODE path.of.field`, in its order.
pub(crate) fn wrong(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().unwrap();
    let path = |error: &Value| {
        let fields = error["field"].as_array().map(Vec::as_slice).unwrap_or_default();
        fields.iter().map(|field| field.as_str().unwrap()).collect::<Vec<_>>().join(".")
    };
    errors.iter().map(|error| format!("{} {}", error["code"].as_str().unwrap(), path(error))).collect()
}

/// Has a mutation refused twice, in Arabic and in English: with these codes and paths, and in words of the language
/// that was asked for.
pub(crate) async fn refused(client: &Client, mutation: &str, input: Value, wanted: &[&str]) {
    for language in ["ar", "en"] {
        let payload = try_it(&client.clone().in_language(language), mutation, input.clone()).await;
        assert_eq!(wrong(&payload), wanted, "{mutation} {input:#}");
        let made = if mutation == "checkoutComplete" { &payload["order"] } else { &payload["cart"] };
        assert_eq!(*made, Value::Null, "{mutation} {input:#}");
        for error in payload["userErrors"].as_array().unwrap() {
            let said = error["message"].as_str().unwrap();
            let is_arabic = said.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c));
            assert_eq!(is_arabic, language == "ar", "{said}");
            assert!(!said.contains(['{', '$']) && said.trim() == said && 10 < said.len(), "{said}");
        }
    }
}
