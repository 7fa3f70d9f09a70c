//! The harness of the black-box tests: a shop of its own for each test, spoken to over HTTP only.
//!
//! ```no_run
//! use serde_json::json;
//! use tests::shop::Shop;
//!
//! # async fn example() {
//! let shop = Shop::open().await;
//! let tea = shop.variant("TEA").await;
//! let query = "query ($id: ID!) { node(id: $id) { ... on ProductVariant { price { amount } } } }";
//! let read = shop.customer("layla").in_channel("web-kw").run(query, json!({ "id": tea })).await;
//! assert_eq!(read["node"]["price"]["amount"], "1.000");
//! shop.close().await;
//! # }
//! ```

pub mod at_once;
pub mod binary;
pub mod broker;
pub mod client;
pub mod database;
pub mod environment;
pub mod replica;
pub mod shop;
pub mod socket;
pub mod tenant;
pub mod torture;
mod verify;
mod wire;
pub mod world;
