//! A third tenant, `many`, whose list of products is long.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::json;
use tests::{
    binary::qafila,
    client::{Client, PASSWORD},
    shop::Shop,
};

/// How many products it has. Each has all that a product can have, and one variant: `MANY-0`, `MANY-1`, …
pub(crate) const N_PRODUCTS: usize = 201;

/// Fills the tenant by `qafila seed`, and gives a guest of it.
pub(crate) async fn guest(shop: &Shop) -> Client {
    let url = shop.database_url().to_owned();
    tokio::task::spawn_blocking(move || seed(&url)).await.unwrap();
    shop.anonymous().with_header("qafila-tenant", "many")
}

/// The one of its staff who may everything.
pub(crate) async fn staff(guest: &Client) -> Client {
    let query = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
    let input = json!({ "input": { "email": "all@staff.example", "password": PASSWORD } });
    let signed_in = guest.done(query, input).await;
    guest.clone().bearing(signed_in["accessToken"].as_str().unwrap())
}

fn seed(url: &str) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture");
    let folder = tempfile::tempdir().unwrap();
    for name in ["shop.toml", "types.toml", "options.toml", "collections.toml"] {
        fs::copy(fixture.join(name), folder.path().join(name)).unwrap();
    }
    fs::create_dir(folder.path().join("departments")).unwrap();
    fs::write(folder.path().join("departments/many.toml"), department()).unwrap();
    let mut command = qafila(url, folder.path());
    command.args(["seed", "--tenant", "many", "--from"]).arg(folder.path());
    let output = command.output().expect("qafila runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// They were all published in the same moment.
fn department() -> String {
    let mut text = r#"
[[category]]
slug = "root"
name = { ar = "الكل", en = "Everything" }
[[category]]
slug = "leaf"
parent = "root"
name = { ar = "كثير", en = "Many" }
"#
    .to_owned();
    for n in 0..N_PRODUCTS {
        let ean = ean13(628_199_910_000 + n);
        let product = format!(
            r#"
[[product]]
slug = "many-{n}"
type = "food"
category = "leaf"
collections = ["gifts", "favourites"]
brand = {{ ar = "كثير", en = "Many" }}
name = {{ ar = "منتج {n}", en = "Product {n}" }}
description = {{ ar = "واحد من كثير.", en = "One of many." }}
attributes = {{ origin = {{ ar = "السعودية", en = "Saudi Arabia" }} }}
options = ["weight", "roast"]
published_at = "2026-01-01T00:00:00Z"
variants = [{{ sku = "MANY-{n}", ean = "{ean}", values = ["250g", "light"], sar = "11.50", was_sar = "23.00", kwd = "1.000", grams = 100, stock = [5, 5, 5] }}]
"#
        );
        text.write_str(&product).unwrap();
    }
    text
}

/// A number of twelve digits and its check digit.
fn ean13(twelve: usize) -> String {
    let digits = twelve.to_string();
    let weighed: u32 =
        digits.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - weighed % 10) % 10)
}
