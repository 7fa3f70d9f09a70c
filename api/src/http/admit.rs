//! Who asks, for which company, whose shop, which channel, which language: told by host, headers and token.

use std::sync::Arc;

use app::{
    channels,
    cx::{Caller, Cx, Request},
    identity::{AuthError, authenticate},
    organisations,
};
use axum::{
    extract,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::{
    id::{self, Id},
    language::Language,
};
use store::{Fault, Read, Scope, Tenant};

use super::{Shared, reply::Refused};
use crate::{graphql::code::ErrorCode, i18n::Arg};

/// The context of a request.
pub(crate) async fn admit(shared: &Shared, headers: &HeaderMap) -> Result<Arc<Cx>, Refused> {
    let request_id = request_id(headers);
    let language = spoken(headers);
    let failed = |fault: Fault| {
        if fault.is_overload() {
            tracing::warn!(request_id, error = %fault, "the database had no room to admit a request");
            return Refused::new(language, ErrorCode::Overloaded);
        }
        tracing::error!(request_id, error = %fault, "a request could not be admitted");
        let trace = vec![("trace", Arg::Text(request_id.clone()))];
        Refused { language, code: ErrorCode::Internal, args: trace }
    };
    let refused = |code| Refused::new(language, code);
    let tenants = shared.app.db.platform().tenants().await.map_err(failed)?;
    let scope = scope(&tenants, headers).ok_or_else(|| refused(ErrorCode::TenantUnknown))?;
    let caller = match bearer(headers) {
        None => Caller::default(),
        Some(token) => authenticate(&shared.app, scope, token).await.map_err(|error| match error {
            AuthError::TokenInvalid => refused(ErrorCode::TokenInvalid),
            AuthError::TokenExpired => refused(ErrorCode::TokenExpired),
            AuthError::Fault(fault) => failed(fault),
        })?,
    };
    let read = shared.app.db.read(scope);
    let channel = match text(headers, "qafila-channel") {
        Some(code) => channels::by_code(&read, code).await.map_err(failed)?,
        None => channels::all(&read).await.map_err(failed)?.into_iter().next(),
    };
    let channel = channel.ok_or_else(|| refused(ErrorCode::ChannelUnknown))?;
    if text(headers, "qafila-currency").is_some_and(|code| code != channel.currency) {
        return Err(refused(ErrorCode::UnsupportedCurrency));
    }
    let language = chosen(headers, &channels::offered(&channel)).map_err(refused)?;
    let buys_for = match text(headers, "qafila-organisation") {
        Some(organisation) => {
            let admitted = admitted(&read, &caller, organisation).await.map_err(failed)?;
            Some(admitted.ok_or_else(|| refused(ErrorCode::OrganisationUnknown))?)
        }
        None => None,
    };
    let (id, channel) = (request_id.clone(), Some(Arc::new(channel)));
    let request = Request { caller, buys_for, id, channel, language };
    Ok(Arc::new(Cx::of_request(Arc::clone(&shared.app), scope, request)))
}

/// The company of an id, if the caller is a customer who may buy for it.
async fn admitted(read: &Read, caller: &Caller, text: &str) -> Result<Option<Id<id::Organisation>>, Fault> {
    let customer = caller.account.filter(|_| !caller.is_staff);
    let (Some(customer), Ok(organisation)) = (customer, text.parse()) else { return Ok(None) };
    Ok(organisations::admits(read, customer, organisation).await?.then_some(organisation))
}

/// Gives a request an id, which every answer bears.
pub(crate) async fn identify(mut request: extract::Request, next: Next) -> Response {
    let Ok(id) = HeaderValue::from_str(&request_id(request.headers())) else { return next.run(request).await };
    request.headers_mut().insert("x-request-id", id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert("x-request-id", id);
    response
}

/// The language to refuse in, before the channel is known.
pub(crate) fn spoken(headers: &HeaderMap) -> Language {
    let asked = text(headers, "qafila-language").and_then(Language::parse);
    let accepted = || text(headers, header::ACCEPT_LANGUAGE.as_str());
    asked.or_else(|| accepted().and_then(|header| Language::negotiate(header, &Language::ALL))).unwrap_or(Language::Ar)
}

/// The language named, else the best accepted one that is offered, else the channel's first.
fn chosen(headers: &HeaderMap, offered: &[Language]) -> Result<Language, ErrorCode> {
    if let Some(tag) = text(headers, "qafila-language") {
        let named = Language::parse(tag).filter(|language| offered.contains(language));
        return named.ok_or(ErrorCode::UnsupportedLanguage);
    }
    let accepted = text(headers, header::ACCEPT_LANGUAGE.as_str());
    let accepted = accepted.and_then(|header| Language::negotiate(header, offered));
    Ok(accepted.or_else(|| offered.first().copied()).unwrap_or(Language::Ar))
}

/// The tenant of the header, else of the host, else the first.
fn scope(tenants: &[Tenant], headers: &HeaderMap) -> Option<Scope> {
    if let Some(slug) = text(headers, "qafila-tenant") {
        return tenants.iter().find(|tenant| tenant.slug == slug).map(|tenant| tenant.scope);
    }
    let host = text(headers, header::HOST.as_str()).map(|host| host.split(':').next().unwrap_or_default());
    let of_host = tenants.iter().find(|tenant| tenant.host.is_some() && tenant.host.as_deref() == host);
    of_host.or_else(|| tenants.first()).map(|tenant| tenant.scope)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, header::AUTHORIZATION.as_str())?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The client's request id if it is a plain one, else a fresh one.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |id: &&str| (1..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let given = text(headers, "x-request-id").filter(plain);
    given.map_or_else(|| format!("{:032x}", rand::random::<u128>()), str::to_owned)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
