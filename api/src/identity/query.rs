//! Queries of identity.

use std::sync::Arc;

use app::identity::list;
use async_graphql::{Context, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadCustomers},
};

use super::{account::Account, customer::Customer};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
    loader,
};

/// Which customers are wanted. What is not said does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CustomerFilter {
    /// The one of exactly this e-mail address, in upper or lower case.
    pub email: Option<String>,
}

/// Queries of identity.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityQuery;

/// Who signs in.
#[Object]
impl IdentityQuery {
    /// The account whose access token the request bears; none for a guest.
    async fn me(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Account>> {
        let Some(id) = ctx.cx().caller().account else { return Ok(None) };
        Ok(loader::one(ctx, id).await?.map(|row| Account::new(Arc::clone(ctx.cx()), row)))
    }

    /// The customers, the latest first.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which customers.", default)] filter: CustomerFilter,
    ) -> async_graphql::Result<Connection<Customer>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let slice = page.slice(cx, list::CUSTOMERS_SORTED_BY)?;
        let listed = list::customers(cx, &may, filter.email.as_deref(), slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Account>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Account>::new(row.id)).map(Customer)))
    }
}
