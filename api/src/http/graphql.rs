//! GraphQL over HTTP: <https://graphql.github.io/graphql-over-http/draft/>.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::cx::Cx;
use async_graphql::{Request, ServerError, Variables, dataloader::DataLoader};
use axum::{
    Json,
    body::Bytes,
    extract::{
        FromRequest, Query, State,
        rejection::BytesRejection,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::language::{Direction, Language};
use serde::Deserialize;
use serde_json::json;

use super::{
    Limits, Shared, admit, batch,
    gate::OverGet,
    live::{socket, sse},
    reply::{COME_BACK_AFTER, Refused, reply_language},
};
use crate::{
    graphql::{code::ErrorCode, loader::Load},
    i18n::{self, Arg},
    schema::Schema,
};

/// What a client sends. Its variables may hold passwords, so it is never shown.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    #[serde(default)]
    query: String,
    operation_name: Option<String>,
    variables: Option<serde_json::Value>,
    extensions: Option<HashMap<String, serde_json::Value>>,
}

impl Asked {
    /// A query with its variables.
    pub(super) const fn of(query: String, variables: serde_json::Value) -> Self {
        Self { query, operation_name: None, variables: Some(variables), extensions: None }
    }
}

/// Answers a POST.
pub(crate) async fn post(
    State(shared): State<Shared>,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Response {
    let language = admit::spoken(&headers);
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(BytesRejection::FailedToBufferBody(_)) => {
            let refused = Refused::new(language, ErrorCode::BodyTooLarge);
            return refused.with("max", shared.limits.body_bytes).into_response();
        }
        Err(_) => return Refused::new(language, ErrorCode::InvalidJson).into_response(),
    };
    match serde_json::from_slice::<Asked>(&body) {
        Ok(asked) if sse::is_wanted(&headers) => sse::answer(&shared, &headers, asked, None).await,
        Ok(asked) => answer(&shared, &headers, asked, None).await,
        Err(_) => Refused::new(language, ErrorCode::InvalidJson).into_response(),
    }
}

/// Answers a GET: queries, and subscriptions as events; also what becomes a WebSocket.
pub(crate) async fn get(
    State(shared): State<Shared>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    Query(mut params): Query<HashMap<String, String>>,
) -> Response {
    if let Ok(upgrade) = upgrade {
        return socket::upgrade(shared, headers, upgrade);
    }
    let json = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    let (variables, extensions) = (json(params.remove("variables")), params.remove("extensions"));
    let extensions = extensions.map(|text| serde_json::from_str(&text)).transpose();
    let (Ok(variables), Ok(extensions)) = (variables, extensions) else {
        return Refused::new(admit::spoken(&headers), ErrorCode::InvalidJson).into_response();
    };
    let query = params.remove("query").unwrap_or_default();
    let operation_name = params.remove("operationName").filter(|name| !name.is_empty());
    let over_get = OverGet(operation_name.clone());
    let asked = Asked { query, operation_name, variables, extensions };
    if sse::is_wanted(&headers) {
        return sse::answer(&shared, &headers, asked, Some(over_get)).await;
    }
    answer(&shared, &headers, asked, Some(over_get)).await
}

/// Answers every other method.
pub(crate) async fn other_method(headers: HeaderMap) -> Response {
    Refused::new(admit::spoken(&headers), ErrorCode::MethodNotAllowed).into_response()
}

async fn answer(shared: &Shared, headers: &HeaderMap, asked: Asked, over_get: Option<OverGet>) -> Response {
    let Ok(_place) = shared.room.try_acquire() else {
        return Refused::new(admit::spoken(headers), ErrorCode::Overloaded).into_response();
    };
    let cx = match admit::admit(shared, headers).await {
        Ok(cx) => cx,
        Err(refused) => return refused.into_response(),
    };
    let language = cx.language();
    let (mut request, loads) = request(&cx, asked);
    if let Some(over_get) = over_get {
        request = request.data(over_get);
    }
    let mut response = match execute(&shared.schema, shared.limits, language, request, loads).await {
        Ok(response) => response,
        Err(refused) => return refused.into_response(),
    };
    let not_executed = response.data == async_graphql::Value::Null && !response.errors.is_empty();
    let is_overloaded = response.errors.iter().any(|error| says(error, ErrorCode::Overloaded));
    if not_executed && is_overloaded {
        return Refused::new(language, ErrorCode::Overloaded).into_response();
    }
    name_errors(shared.limits, language, &mut response);
    let response = response.extension("context", context(&cx));
    let wants_status = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.to_str().is_ok_and(|accept| accept.contains("application/graphql-response+json")));
    let status = if not_executed && wants_status { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let mut reply = (status, Json(&response)).into_response();
    if wants_status {
        let kind = header::HeaderValue::from_static("application/graphql-response+json");
        reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    if is_overloaded {
        reply.headers_mut().insert(header::RETRY_AFTER, COME_BACK_AFTER);
    }
    reply_language(&mut reply, language);
    reply
}

/// Whether an error is of this code.
pub(super) fn says(error: &ServerError, code: ErrorCode) -> bool {
    let said = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    said == Some(&async_graphql::Value::from(code.name()))
}

/// Executes a request within the time it may take. What takes longer, and what the gate stops, is refused.
pub(super) async fn execute(
    schema: &Schema,
    limits: Limits,
    language: Language,
    request: Request,
    loads: batch::Loads,
) -> Result<async_graphql::Response, Refused> {
    let executed = batch::drive(schema.execute(request), loads);
    let ran = tokio::time::timeout(limits.time, executed).await;
    let response = ran.map_err(|_| Refused::new(language, ErrorCode::TimedOut))?;
    let Some(code) = response.errors.iter().find_map(|error| error.source::<ErrorCode>()) else { return Ok(response) };
    let refused = Refused::new(language, *code);
    Err(if *code == ErrorCode::QueryTooManyAliases { refused.with("max", limits.aliases) } else { refused })
}

pub(super) fn request(cx: &Arc<Cx>, asked: Asked) -> (Request, batch::Loads) {
    let (spawner, loads) = batch::spawner();
    let loader = DataLoader::new(Load { cx: Arc::clone(cx) }, spawner).delay(Duration::ZERO);
    let mut request = Request::new(asked.query)
        .variables(Variables::from_json(asked.variables.unwrap_or_default()))
        .data(Arc::clone(cx))
        .data(loader);
    if let Some(operation) = asked.operation_name.filter(|name| !name.is_empty()) {
        request = request.operation_name(operation);
    }
    for (name, value) in asked.extensions.unwrap_or_default() {
        if let Ok(value) = async_graphql::Value::from_json(value) {
            request.extensions.0.insert(name, value);
        }
    }
    (request, loads)
}

/// What the request was answered in.
pub(super) fn context(cx: &Cx) -> async_graphql::Value {
    let direction = match cx.language().direction() {
        Direction::Ltr => "LTR",
        Direction::Rtl => "RTL",
    };
    let channel = cx.channel().ok();
    let context = json!({
        "language": cx.language().tag(),
        "direction": direction,
        "channel": channel.map(|channel| &channel.code),
        "currency": channel.map(|channel| &channel.currency),
        "organisation": cx.buys_for().map(|organisation| organisation.to_string()),
    });
    async_graphql::Value::from_json(context).unwrap_or_default()
}

/// Gives a code and the reader's language to errors of the library: those that parsing and validating
/// the query found. Its own words stay in `extensions.detail`.
pub(super) fn name_errors(limits: Limits, language: Language, response: &mut async_graphql::Response) {
    let limit = |max: usize| vec![("max", Arg::Number(i64::try_from(max).unwrap_or(i64::MAX)))];
    for error in &mut response.errors {
        let named = error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some());
        if named || error.message == "PersistedQueryNotFound" {
            continue;
        }
        let (code, args) = match error.message.as_str() {
            "Query is nested too deep." => (ErrorCode::QueryTooDeep, limit(limits.depth)),
            "Query is too complex." => (ErrorCode::QueryTooComplex, limit(limits.complexity)),
            _ => (ErrorCode::MalformedQuery, Vec::new()),
        };
        let said = i18n::message(language, &code.key(), &args);
        let detail = std::mem::replace(&mut error.message, said);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", code.name());
        extensions.set("detail", detail);
    }
}
