//! GraphiQL, with example operations in its tabs.

use axum::response::Html;
use serde_json::json;

use super::examples::EXAMPLES;

/// The page.
pub(crate) async fn page() -> Html<String> {
    let tabs: Vec<_> = EXAMPLES.iter().map(|example| json!({ "query": example })).collect();
    // `</` would end the script the tabs stand in.
    let tabs = serde_json::Value::from(tabs).to_string().replace("</", "<\\/");
    Html(include_str!("graphiql.html").replace("__TABS__", &tabs))
}
