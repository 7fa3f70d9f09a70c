//! One operation of a connection: run when it is asked for, and again whenever there are news for it.

use std::sync::Arc;

use app::live::{Deaf, ListenError, Listener};
use async_graphql::Response;
use axum::http::HeaderMap;
use domain::language::Language;
use futures_util::StreamExt as _;
use serde_json::Value;
use store::Fault;

use super::Hearing;
use crate::{
    graphql::code::ErrorCode,
    http::{
        Shared, admit, batch,
        gate::OverGet,
        graphql::{Asked, context, name_errors, request},
        reply::Refused,
    },
    i18n::Arg,
};

/// An operation, and who asks for it.
#[derive(Clone)]
pub(super) struct Operation {
    pub(super) shared: Shared,
    pub(super) headers: HeaderMap,
    pub(super) asked: Asked,
    pub(super) over_get: Option<OverGet>,
}

/// What became of an operation that was asked for.
pub(super) enum Opened {
    /// It was answered, and that is all.
    Answered(Value),
    /// It is not executed: errors as a list.
    Refused(Value),
    /// It is a subscription.
    Listens(Box<Listening>),
}

/// A subscription.
pub(super) struct Listening {
    operation: Operation,
    listener: Listener,
    told: std::collections::VecDeque<Value>,
}

/// What a subscription is told.
pub(super) enum Told {
    /// A response.
    News(Value),
    /// That it ends: errors as a list.
    Ends(Value),
}

impl Operation {
    /// Runs it for the first time.
    pub(super) async fn open(self) -> Opened {
        let hearing = Hearing::opens();
        let (scope, responses) = match self.run(&hearing).await {
            Ok(done) => done,
            Err(refused) => return Opened::Refused(refused.errors()),
        };
        if let Some(response) = responses.into_iter().next() {
            let is_refused = response.data == async_graphql::Value::Null && !response.errors.is_empty();
            let json = json(&response);
            return if is_refused { Opened::Refused(errors(&json)) } else { Opened::Answered(json) };
        }
        let Shared { app, live, .. } = &self.shared;
        match live.live.listen(app, scope, hearing.interests()).await {
            Ok(listener) => Opened::Listens(Box::new(Listening { operation: self, listener, told: [].into() })),
            Err(ListenError::Full { max }) => {
                Opened::Refused(self.refused(ErrorCode::SubscriptionLimitReached).with("max", max).errors())
            }
            Err(ListenError::Fault(fault)) => Opened::Refused(self.failed(&fault)),
        }
    }

    /// Runs it once: who asks is found out anew, so that who was signed out or lost a role is told nothing more.
    async fn run(&self, hearing: &Arc<Hearing>) -> Result<(store::Scope, Vec<Response>), Refused> {
        // As any request it has a place, but waits for one: it is told when the rush is over.
        let _place = self.shared.room.acquire().await;
        let cx = admit::admit(&self.shared, &self.headers).await?;
        let (mut request, loads) = request(&cx, self.asked.clone());
        request = request.data(Arc::clone(hearing));
        if let Some(over_get) = self.over_get.clone() {
            request = request.data(over_get);
        }
        let stream = self.shared.schema.execute_stream(request);
        let run = batch::drive(stream.collect::<Vec<_>>(), loads);
        let ran = tokio::time::timeout(self.shared.limits.time, run).await;
        let mut responses = ran.map_err(|_| Refused::new(cx.language(), ErrorCode::TimedOut))?;
        for response in &mut responses {
            if let Some(code) = response.errors.iter().find_map(|error| error.source::<ErrorCode>()) {
                return Err(Refused::new(cx.language(), *code).with("max", self.shared.limits.aliases));
            }
            name_errors(self.shared.limits, cx.language(), response);
        }
        let responses = responses.into_iter().map(|response| response.extension("context", context(&cx)));
        Ok((cx.scope(), responses.collect()))
    }

    fn language(&self) -> Language {
        admit::spoken(&self.headers)
    }

    fn refused(&self, code: ErrorCode) -> Refused {
        Refused::new(self.language(), code)
    }

    fn failed(&self, fault: &Fault) -> Value {
        let trace = format!("{:032x}", rand::random::<u128>());
        tracing::error!(trace, error = %fault, "a subscription failed");
        let args = vec![("trace", Arg::Text(trace))];
        Refused { language: self.language(), code: ErrorCode::Internal, args }.errors()
    }
}

impl Listening {
    /// What there is to tell next.
    pub(super) async fn next(&mut self) -> Told {
        loop {
            if let Some(response) = self.told.pop_front() {
                return Told::News(response);
            }
            let operation = &self.operation;
            let news = match self.listener.next(&operation.shared.app).await {
                Ok(news) => news,
                Err(Ok(Deaf::Lagged | Deaf::Ended)) => {
                    return Told::Ends(operation.refused(ErrorCode::SubscriptionLagged).errors());
                }
                Err(Err(fault)) => return Told::Ends(operation.failed(&fault)),
            };
            let responses = match operation.run(&Arc::new(Hearing::Tells(news))).await {
                Ok((_, responses)) => responses,
                Err(refused) => return Told::Ends(refused.errors()),
            };
            for response in responses {
                let json = json(&response);
                if response.data == async_graphql::Value::Null && !response.errors.is_empty() {
                    return Told::Ends(errors(&json));
                }
                self.told.push_back(json);
            }
        }
    }
}

fn json(response: &Response) -> Value {
    serde_json::to_value(response).unwrap_or_default()
}

fn errors(response: &Value) -> Value {
    response.get("errors").cloned().unwrap_or_default()
}
