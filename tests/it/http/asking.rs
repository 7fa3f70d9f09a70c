//! Asking by GET, for the tests beside it.

use std::fmt::Write;

use tests::client::{Client, Reply};

/// Asks with these parameters.
pub async fn get(client: &Client, parameters: &[(&str, &str)]) -> Reply {
    client.get(&path(parameters)).await
}

/// `/graphql` with these parameters.
pub fn path(parameters: &[(&str, &str)]) -> String {
    let mut path = String::from("/graphql?");
    for (name, value) in parameters {
        write!(path, "{name}=").unwrap();
        for byte in value.bytes() {
            write!(path, "%{byte:02X}").unwrap();
        }
        path.push('&');
    }
    path
}

/// A message without the marks that keep its numbers to themselves.
pub fn plain(message: &serde_json::Value) -> String {
    message.as_str().unwrap_or_else(|| panic!("no message: {message}")).replace(['\u{2068}', '\u{2069}'], "")
}
