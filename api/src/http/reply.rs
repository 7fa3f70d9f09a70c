//! Answers that are no answer of a resolver.

use std::any::Any;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::language::Language;
use serde_json::{Value, json};

use crate::{
    graphql::code::ErrorCode,
    i18n::{self, Arg},
};

/// Seconds after which whoever came in a rush may try again: a rush is shorter, or goes on for minutes.
pub(super) const COME_BACK_AFTER: HeaderValue = HeaderValue::from_static("1");

/// A request that is not executed.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The language to say it in.
    pub language: Language,
    /// Why.
    pub code: ErrorCode,
    /// The values in the message.
    pub args: Vec<(&'static str, Arg)>,
}

impl Refused {
    /// A refusal without values.
    pub(crate) const fn new(language: Language, code: ErrorCode) -> Self {
        Self { language, code, args: Vec::new() }
    }

    /// The same, with a number in its message.
    pub(crate) fn with(mut self, name: &'static str, n: usize) -> Self {
        self.args.push((name, Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))));
        self
    }
}

impl Refused {
    /// Why, in words.
    pub(crate) fn message(&self) -> String {
        i18n::message(self.language, &self.code.key(), &self.args)
    }

    /// The list of errors, as GraphQL has it.
    pub(crate) fn errors(&self) -> Value {
        json!([{ "message": self.message(), "extensions": { "code": self.code.name() } }])
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "errors": self.errors() });
        let mut response = (status(self.code), Json(body)).into_response();
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            let allowed = if self.code == ErrorCode::MutationOverGet { "POST" } else { "GET, POST" };
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, COME_BACK_AFTER);
        }
        reply_language(&mut response, self.language);
        response
    }
}

/// Says which language an answer is in.
pub(crate) fn reply_language(response: &mut Response, language: Language) {
    let tag = HeaderValue::from_static(language.tag());
    response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
}

fn status(code: ErrorCode) -> StatusCode {
    if code == ErrorCode::BodyTooLarge {
        StatusCode::PAYLOAD_TOO_LARGE
    } else if matches!(code, ErrorCode::MethodNotAllowed | ErrorCode::MutationOverGet) {
        StatusCode::METHOD_NOT_ALLOWED
    } else if matches!(code, ErrorCode::TokenInvalid | ErrorCode::TokenExpired | ErrorCode::Unauthenticated) {
        StatusCode::UNAUTHORIZED
    } else if code == ErrorCode::Forbidden {
        StatusCode::FORBIDDEN
    } else if code == ErrorCode::TenantUnknown {
        StatusCode::NOT_FOUND
    } else if code == ErrorCode::Overloaded {
        StatusCode::SERVICE_UNAVAILABLE
    } else if code == ErrorCode::TimedOut {
        StatusCode::GATEWAY_TIMEOUT
    } else if code == ErrorCode::Internal {
        StatusCode::INTERNAL_SERVER_ERROR
    } else {
        StatusCode::BAD_REQUEST
    }
}

/// The answer when a handler panicked: a bug of ours.
#[expect(clippy::needless_pass_by_value, reason = "the layer gives it so")]
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = what.unwrap_or("of no text"), "a handler panicked");
    Refused::new(Language::En, ErrorCode::Internal).into_response()
}
