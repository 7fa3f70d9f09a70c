//! Queries of companies.

use app::{
    cx::{Cx, Permit},
    organisations::{
        list::{self, Wanted},
        load,
    },
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadCustomers},
};

use super::organisation::Organisation;
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    loader,
};

/// How a company is named.
#[derive(OneofObject, Clone, Debug)]
pub enum OrganisationBy {
    /// By its id.
    Id(ID),
    /// By its code.
    Code(String),
}

/// Which companies are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OrganisationFilter {
    /// Of this number in the commercial register, exactly.
    pub registration_number: Option<String>,
    /// Of this number for value added tax, exactly.
    pub vat_number: Option<String>,
    /// Whether they are suspended.
    pub is_suspended: Option<bool>,
}

/// Queries of companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganisationsQuery;

/// Companies that buy.
#[Object]
impl OrganisationsQuery {
    /// A company that buys; none if there is none.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: OrganisationBy,
    ) -> async_graphql::Result<Option<Organisation>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let found = match by {
            OrganisationBy::Id(id) => {
                let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
                loader::one(ctx, input::id::<id::Organisation>(&id).map_err(wrong)?).await?
            }
            OrganisationBy::Code(code) => {
                let found = load::by_code(cx, &may, &code).await;
                found.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?
            }
        };
        Ok(found.map(Organisation))
    }

    /// The companies, by code.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which companies.", default)] filter: OrganisationFilter,
    ) -> async_graphql::Result<Connection<Organisation>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, list::ORGANISATIONS_SORTED_BY)?;
        let OrganisationFilter { registration_number, vat_number, is_suspended } = filter;
        let wanted = Wanted { registration_number, vat_number, is_suspended };
        let listed = list::organisations(cx, &may, wanted, (slice, wants_total(ctx))).await;
        let listed = listed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Organisation>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Organisation>::new(row.id)).map(Organisation)))
    }
}

fn reads(cx: &Cx) -> async_graphql::Result<Permit<ReadCustomers>> {
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}
