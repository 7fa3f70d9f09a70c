//! Queries of companies.

use app::organisations::{list, load};
use async_graphql::{Context, Object};
use domain::{
    id::Id,
    identity::permission::{Proves, proof::ReadCustomers},
};

use super::organisation::Organisation;
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
};

/// Queries of companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganisationsQuery;

/// Companies that buy.
#[Object]
impl OrganisationsQuery {
    /// The companies, by code.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Organisation>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let failed = |fault| error::fault(cx.language(), cx.request_id(), &fault);
        let slice = page.slice(cx, list::ORGANISATIONS_SORTED_BY)?;
        let listed = list::organisations(cx, &may, slice, wants_total(ctx)).await.map_err(failed)?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let mut found = load::organisations(cx, &may, &ids).await.map_err(failed)?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(Organisation)))
    }
}
