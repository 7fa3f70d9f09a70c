//! Server-sent events, one operation a connection: the mode of distinct connections of
//! <https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverSSE.md>.

use std::convert::Infallible;

use axum::{
    http::{HeaderMap, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use serde_json::{Value, json};

use super::operation::{Listening, Opened, Operation, Told};
use crate::http::{Shared, gate::OverGet, graphql::Asked};

/// Whether the client wants its answer as events.
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// What is sent next.
enum Next {
    Answer(Value),
    News(Box<Listening>),
    Complete,
    Nothing,
}

/// Answers by events: `next` for each response, and `complete` at the end.
pub(crate) async fn answer(shared: &Shared, headers: &HeaderMap, asked: Asked, over_get: Option<OverGet>) -> Response {
    let operation = Operation { shared: shared.clone(), headers: headers.clone(), asked, over_get };
    let first = match operation.open().await {
        Opened::Answered(response) => Next::Answer(response),
        Opened::Refused(errors) => Next::Answer(json!({ "errors": errors })),
        Opened::Listens(listening) => Next::News(listening),
    };
    // Counted as long as the client is there: the database is not closed before.
    let (stop, here) = (shared.live.stop.clone(), shared.live.tasks.token());
    let events = stream::unfold((first, stop, here), async |(next, stop, here)| {
        let (event, then) = match next {
            Next::Answer(response) => (named("next", &response), Next::Complete),
            Next::News(mut listening) => tokio::select! {
                () = stop.cancelled() => (named("complete", &Value::Null), Next::Nothing),
                told = listening.next() => match told {
                    Told::News(response) => (named("next", &response), Next::News(listening)),
                    Told::Ends(errors) => (named("next", &json!({ "errors": errors })), Next::Complete),
                },
            },
            Next::Complete => (named("complete", &Value::Null), Next::Nothing),
            Next::Nothing => return None,
        };
        Some((Ok::<_, Infallible>(event), (then, stop, here)))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

fn named(name: &str, data: &Value) -> Event {
    let data = if data.is_null() { String::new() } else { data.to_string() };
    Event::default().event(name).data(data)
}
