//! What is refused as soon as a query is read, before anybody walks through it: also one that is named by its hash
//! alone.

use std::{any::TypeId, sync::Arc};

use async_graphql::{
    Request, Response, ServerError, ServerResult, Variables,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest},
    parser::types::ExecutableDocument,
};

use super::{Limits, walk};
use crate::graphql::code::ErrorCode;

/// Lets through what is within the limits, without null bytes, and mutations that were sent by POST.
#[derive(Clone, Copy, Debug)]
pub struct Gate(pub Limits);

/// Marks a request that came by GET, with the operation it names.
#[derive(Clone, Debug)]
pub(crate) struct OverGet(pub(crate) Option<String>);

/// Marks a request of which it is asked only whether it would be let through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnlyLookedAt;

impl ExtensionFactory for Gate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for Gate {
    // Not when it is parsed: then the library walks through every spread of a fragment before it asks us.
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let over_get = request.data.get(&TypeId::of::<OverGet>()).and_then(|data| data.downcast_ref()).cloned();
        let variables = std::mem::take(&mut request.variables);
        self.look(request.parsed_query()?, &variables, over_get.as_ref())?;
        request.variables = variables;
        next.run(ctx, request).await
    }

    async fn execute(&self, ctx: &ExtensionContext<'_>, operation: Option<&str>, next: NextExecute<'_>) -> Response {
        if ctx.data_opt::<OnlyLookedAt>().is_some() { Response::default() } else { next.run(ctx, operation).await }
    }
}

impl Gate {
    fn look(
        self,
        document: &ExecutableDocument,
        variables: &Variables,
        over_get: Option<&OverGet>,
    ) -> ServerResult<()> {
        if over_get.is_some_and(|OverGet(operation)| walk::is_mutation(document, operation.as_deref())) {
            return Err(stopped(ErrorCode::MutationOverGet));
        }
        if walk::looks_for_null_byte(document, variables) {
            return Err(stopped(ErrorCode::ControlCharacter));
        }
        if self.0.aliases < walk::aliases(document) {
            return Err(stopped(ErrorCode::QueryTooManyAliases));
        }
        if self.0.complexity < walk::selections(document) {
            return Err(ServerError::new("Query is too complex.", None));
        }
        Ok(())
    }
}

/// An error that bears why, for who answers.
fn stopped(code: ErrorCode) -> ServerError {
    ServerError { source: Some(Arc::new(code)), ..ServerError::new("Not let through.", None) }
}
