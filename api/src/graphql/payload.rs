//! From a use case's result to a mutation's payload.

use app::cx::Cx;

use super::{
    error::{self, UserError},
    explain::{Explain, Explained, Said},
};

/// What a payload shows: the thing done, or why it was not.
pub type Outcome<T> = Result<T, Vec<UserError>>;

/// Runs a use case. Refusals become data; a missing permission and a fault become top-level errors.
pub async fn outcome<T, E: Explain>(
    cx: &Cx,
    work: impl Future<Output = Result<T, E>>,
) -> async_graphql::Result<Outcome<T>> {
    match work.await {
        Ok(done) => Ok(Ok(done)),
        Err(refused) => match refused.explain() {
            Explained::Denied(denied) => Err(error::denied(cx.language(), denied)),
            Explained::Fault(fault) => Err(error::fault(cx.language(), cx.request_id(), &fault)),
            Explained::Refused(said) => Ok(Err(told(cx, said))),
        },
    }
}

/// Refusals, worded in the reader's language.
pub fn told(cx: &Cx, said: impl IntoIterator<Item = Said>) -> Vec<UserError> {
    let told = |said: Said| {
        let error = UserError::new(cx.language(), said.code, said.path, &said.args);
        if let Some(sku) = said.sku { error.of_sku(cx.language(), sku) } else { error }
    };
    said.into_iter().map(told).collect()
}

/// The two fields of a payload.
pub fn split<T>(outcome: Outcome<T>) -> (Option<T>, Vec<UserError>) {
    match outcome {
        Ok(done) => (Some(done), Vec::new()),
        Err(errors) => (None, errors),
    }
}
