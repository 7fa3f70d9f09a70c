//! What is refused as soon as a query is read, before anybody walks through it: also one that is named by its hash
//! alone.

use std::sync::Arc;

use async_graphql::{
    ServerError, ServerResult, Variables,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery},
    parser::types::ExecutableDocument,
};

use super::{Limits, walk};
use crate::graphql::code::ErrorCode;

/// Lets through what is within the limits, and mutations that were sent by POST.
#[derive(Clone, Copy, Debug)]
pub struct Gate(pub Limits);

/// Marks a request that came by GET, with the operation it names.
#[derive(Clone, Debug)]
pub(crate) struct OverGet(pub(crate) Option<String>);

impl ExtensionFactory for Gate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for Gate {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        let over_get = ctx.data_opt::<OverGet>();
        if over_get.is_some_and(|OverGet(operation)| walk::is_mutation(&document, operation.as_deref())) {
            return Err(stopped(ErrorCode::MutationOverGet));
        }
        if self.0.aliases < walk::aliases(&document) {
            return Err(stopped(ErrorCode::QueryTooManyAliases));
        }
        // The library counts later, and walks through every spread of a fragment for it.
        if self.0.complexity < walk::selections(&document) {
            return Err(ServerError::new("Query is too complex.", None));
        }
        Ok(document)
    }
}

/// An error that bears why, for who answers.
fn stopped(code: ErrorCode) -> ServerError {
    ServerError { source: Some(Arc::new(code)), ..ServerError::new("Not let through.", None) }
}
