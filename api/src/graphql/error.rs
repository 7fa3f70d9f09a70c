//! Errors as clients see them.

use app::refusal::Denied;
use async_graphql::{ErrorExtensions, SimpleObject};
use domain::language::Language;
use store::Fault;

use super::code::ErrorCode;
use crate::i18n::{self, Arg};

/// What is wrong with the input of a mutation. Nothing was changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct UserError {
    /// What to switch on.
    pub code: ErrorCode,
    /// The path of the field in the input; none if it is the input as a whole.
    pub field: Option<Vec<String>>,
    /// What to show, in the request's language.
    pub message: String,
    /// The values in the message, for clients that word it themselves.
    pub params: Vec<ErrorParam>,
}

/// A value in an error's message.
#[derive(SimpleObject, Clone, Debug)]
pub struct ErrorParam {
    /// Its name, such as `max`.
    pub name: String,
    /// Its value as text: of an amount the decimal string, of what has a code the code,
    /// of several the codes with commas.
    pub value: String,
}

impl UserError {
    /// An error at a path, worded in a language.
    pub fn new(language: Language, code: ErrorCode, path: Vec<String>, args: &[(&'static str, Arg)]) -> Self {
        let param = |(name, value): &(&'static str, Arg)| ErrorParam {
            name: (*name).to_owned(),
            value: match value {
                Arg::Text(text) => text.clone(),
                Arg::Number(number) => number.to_string(),
                Arg::Money(money) => money.decimal().to_string(),
                Arg::Label { code, .. } => (*code).to_owned(),
                Arg::Labels { codes, .. } => codes.join(","),
            },
        };
        Self {
            code,
            field: (!path.is_empty()).then_some(path),
            message: i18n::message(language, &code.key(), args),
            params: args.iter().map(param).collect(),
        }
    }

    /// The same, with the SKU of what it is about before its message, and in its parameters.
    #[must_use]
    pub fn of_sku(mut self, language: Language, sku: String) -> Self {
        let args = [("sku", Arg::Text(sku.clone())), ("error", Arg::Text(self.message))];
        self.message = i18n::message(language, "error-of-sku", &args);
        self.params.push(ErrorParam { name: "sku".to_owned(), value: sku });
        self
    }
}

/// A top-level error: what is no answer at all.
pub fn top(language: Language, code: ErrorCode, args: &[(&'static str, Arg)]) -> async_graphql::Error {
    let error = async_graphql::Error::new(i18n::message(language, &code.key(), args));
    error.extend_with(|_, extensions| extensions.set("code", code.name()))
}

/// A fault of ours: logged here, once; the client gets a trace id. Of one that passes the client is told to come back.
pub fn fault(language: Language, request_id: &str, fault: &Fault) -> async_graphql::Error {
    if fault.is_overload() {
        tracing::warn!(request_id, error = %fault, "the database had no room for a request");
        return top(language, ErrorCode::Overloaded, &[]);
    }
    tracing::error!(request_id, error = %fault, cause = ?std::error::Error::source(fault), "a request failed");
    top(language, ErrorCode::Internal, &[("trace", Arg::Text(request_id.to_owned()))])
}

/// A missing permission, or nobody signed in.
pub fn denied(language: Language, denied: Denied) -> async_graphql::Error {
    match denied {
        Denied::Unauthenticated => top(language, ErrorCode::Unauthenticated, &[]),
        Denied::Forbidden(_) => top(language, ErrorCode::Forbidden, &[]),
    }
}
