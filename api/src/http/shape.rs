//! Payloads that webhooks' own queries shape: each is run as a request of whoever stored it would be, with the same
//! loaders and within the same limits.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use app::{
    channels,
    cx::{Cx, Request},
    events::webhooks::{Shape, Shaped, VARIABLES, Wish},
    identity,
};
use async_graphql::{
    Response, ServerError, Variables,
    async_trait::async_trait,
    parser::{self, parse_query, types::OperationType},
};
use domain::language::Language;
use serde_json::{Map, Value};
use store::Fault;
use tokio::sync::Semaphore;

use super::{
    Limits,
    gate::OnlyLookedAt,
    graphql::{Asked, execute, name_errors, request, says},
    nesting::is_too_deep,
    reply::Refused,
};
use crate::{graphql::code::ErrorCode, schema::Schema};

/// How many are run at once by one process: who is told of events takes no more of the database from those who shop.
const AT_ONCE: usize = 2;

/// The most bytes of data and errors.
const MAX_BYTES: usize = 256 * 1024;

/// How many of a query's errors are told of.
const ERRORS_TOLD: usize = 3;

/// What a request fails with if that is ours to mend, or passes: then it is run again later.
const OURS: [ErrorCode; 3] = [ErrorCode::Internal, ErrorCode::Overloaded, ErrorCode::TimedOut];

/// Runs the queries of webhooks.
pub struct Shaper {
    schema: LazyLock<Schema, Box<dyn FnOnce() -> Schema + Send>>,
    limits: Limits,
    room: Semaphore,
}

impl Shaper {
    /// Within these limits, with a schema that is made once it is needed: most commands need none.
    pub fn new(limits: Limits, schema: impl FnOnce() -> Schema + Send + 'static) -> Self {
        Self { schema: LazyLock::new(Box::new(schema)), limits, room: Semaphore::new(AT_ONCE) }
    }
}

impl fmt::Debug for Shaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shaper").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[async_trait]
impl Shape for Shaper {
    async fn check(&self, query: &str) -> Result<(), String> {
        is_one_query(query)?;
        let each: Map<_, _> = VARIABLES.map(|name| (name.to_owned(), Value::from(""))).into_iter().collect();
        let variables = Variables::from_json(each.into());
        let request = async_graphql::Request::new(query).variables(variables).data(OnlyLookedAt);
        let response = self.schema.execute(request).await;
        let told: Vec<_> = response.errors.iter().take(ERRORS_TOLD).map(|error| self.detail(error)).collect();
        if told.is_empty() { Ok(()) } else { Err(told.join("; ")) }
    }

    async fn shape(&self, cx: &Cx, wish: &Wish) -> Result<Shaped, Fault> {
        let _place = self.room.acquire().await.map_err(Fault::new)?;
        let cx = Arc::new(in_the_name_of(cx, wish).await?);
        let (request, loads) = request(&cx, Asked::of(wish.query.clone(), wish.variables.clone()));
        let executed = execute(&self.schema, self.limits, cx.language(), request.disable_introspection(), loads).await;
        match executed {
            Ok(mut response) => {
                name_errors(self.limits, cx.language(), &mut response);
                shaped(cx.language(), &response)
            }
            Err(refused) if OURS.contains(&refused.code) => Err(failed(refused.code)),
            Err(refused) => Ok(Shaped { data: Value::Null, errors: Some(refused.errors()) }),
        }
    }
}

impl Shaper {
    /// What is wrong with a query, and where, in English.
    fn detail(&self, error: &ServerError) -> String {
        let said = match error.source::<ErrorCode>() {
            Some(code) => Refused::new(Language::En, *code).with("max", self.limits.aliases).message(),
            None => error.message.clone(),
        };
        match error.locations.first() {
            Some(at) => format!("{at}: {said}"),
            None => said,
        }
    }
}

/// Whether it is one operation, a query, with no variables but those there are. Refuses with what it is, in English.
fn is_one_query(query: &str) -> Result<(), String> {
    if is_too_deep(query) {
        return Err("Query is nested too deep.".to_owned());
    }
    let document = parse_query(query).map_err(|error| of_parsing(&error))?;
    let mut operations = document.operations.iter().map(|(_, operation)| &operation.node);
    let (Some(only), None) = (operations.next(), operations.next()) else {
        return Err("there must be exactly one operation".to_owned());
    };
    if only.ty != OperationType::Query {
        return Err("the operation must be a query".to_owned());
    }
    let others = only.variable_definitions.iter().map(|definition| &definition.node).find(|definition| {
        let kind = definition.var_type.node.to_string();
        !VARIABLES.contains(&definition.name.node.as_str()) || (kind != "ID!" && kind != "ID")
    });
    let Some(other) = others else { return Ok(()) };
    let known = VARIABLES.map(|name| format!("${name}: ID!")).join(", ");
    Err(format!("there is no ${}: {}, but {known}", other.name.node, other.var_type.node))
}

/// What the parser says, without its drawing.
fn of_parsing(error: &parser::Error) -> String {
    let said = error.to_string();
    let said = said.lines().last().unwrap_or_default().trim_start_matches([' ', '=']);
    match error.positions().next() {
        Some(at) => format!("{at}: {said}"),
        None => said.to_owned(),
    }
}

/// The context of a request of whoever stored the query, in the tenant's first channel and its first language.
async fn in_the_name_of(cx: &Cx, wish: &Wish) -> Result<Cx, Fault> {
    // Given back before the request begins: who holds one connection must not wait for another.
    let read = cx.app().db.read(cx.scope());
    let caller = identity::in_the_name_of(&read, wish.account).await?;
    let channel = channels::all(&read).await?.into_iter().next();
    let channel = channel.ok_or_else(|| Fault::new("a tenant without a channel"))?;
    let language = channels::offered(&channel).first().copied().unwrap_or(Language::Ar);
    let (id, channel) = (cx.request_id().to_owned(), Some(Arc::new(channel)));
    let request = Request { caller, buys_for: None, id, channel, language };
    Ok(Cx::of_request(Arc::clone(cx.app()), cx.scope(), request))
}

/// What is told of a response. One that failed because of us is made again later.
fn shaped(language: Language, response: &Response) -> Result<Shaped, Fault> {
    if let Some(code) = OURS.into_iter().find(|code| response.errors.iter().any(|error| says(error, *code))) {
        return Err(failed(code));
    }
    let data = serde_json::to_value(&response.data).map_err(Fault::new)?;
    let errors = (!response.errors.is_empty()).then(|| serde_json::to_value(&response.errors));
    let errors = errors.transpose().map_err(Fault::new)?;
    let length = |value: &Value| value.to_string().len();
    if MAX_BYTES < length(&data).saturating_add(errors.as_ref().map_or(0, length)) {
        let refused = Refused::new(language, ErrorCode::BodyTooLarge).with("max", MAX_BYTES);
        return Ok(Shaped { data: Value::Null, errors: Some(refused.errors()) });
    }
    Ok(Shaped { data, errors })
}

fn failed(code: ErrorCode) -> Fault {
    Fault::new(format!("the query of a webhook failed with {}", code.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_query_of_one_record_is_told_from_everything_else() {
        for fine in
            ["{ shop { name } }", "query ($id: ID!, $order: ID!) { a }", "query Q($id: ID) { a } fragment F on T { b }"]
        {
            assert_eq!(is_one_query(fine), Ok(()), "{fine}");
        }
        for (wrong, said) in [
            ("query A { a } query B { a }", "exactly one operation"),
            ("mutation { a }", "must be a query"),
            ("subscription { a }", "must be a query"),
            ("query ($id: String!) { a }", "no $id: String!"),
            ("query ($id: [ID!]!) { a }", "no $id: [ID!]!"),
            ("query ($event: ID!) { a }", "no $event: ID!"),
            ("fragment F on T { b }", ""),
            ("{", ""),
        ] {
            let refused = is_one_query(wrong).unwrap_err();
            assert!(refused.contains(said), "{wrong}: {refused}");
        }
    }

    #[test]
    fn a_payload_that_is_too_large_is_an_error_and_no_payload() {
        let of = |n: usize| Response::new(async_graphql::Value::String("x".repeat(n)));
        assert_eq!(shaped(Language::En, &of(MAX_BYTES - 2)).unwrap().errors, None);
        let large = shaped(Language::En, &of(MAX_BYTES - 1)).unwrap();
        assert_eq!(large.data, Value::Null);
        assert_eq!(large.errors.unwrap()[0]["extensions"]["code"], "BODY_TOO_LARGE");
    }
}
