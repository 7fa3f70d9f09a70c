//! Companies.

use app::organisations::members;
use async_graphql::{Context, ID, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadCustomers},
};
use entity::organisations::organisation;

use super::{
    member::{self, OrganisationMember},
    unit::OrganisationUnit,
};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::{self, Reading},
    loader::{self, UnitsOf},
};

/// A company that buys.
#[derive(Clone, Debug)]
pub struct Organisation(pub organisation::Model);

/// A company that buys.
#[Object]
impl Organisation {
    /// Its id: send it as the header `Qafila-Organisation` to buy for it.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// Number of its commercial registration.
    async fn registration_number(&self) -> &str {
        &self.0.registration_number
    }

    /// Number of its registration for value added tax; none if it has none.
    async fn vat_number(&self) -> Option<&str> {
        Some(self.0.vat_number.as_str()).filter(|number| !number.is_empty())
    }

    /// The country of its seat, ISO 3166-1 alpha-2.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// The city of its seat.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// Whether it is suspended: then nobody can buy for it.
    async fn is_suspended(&self) -> bool {
        self.0.is_suspended
    }

    /// Counts its changes; 1 when it is new. See `expectedVersion`. Its units and members do not count.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Its units, by code; 1,000 at most.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn units(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrganisationUnit>> {
        let cx = ctx.cx();
        cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let units = loader::one(ctx, UnitsOf(self.0.id)).await?.unwrap_or_default();
        Ok(units.into_iter().map(OrganisationUnit).collect())
    }

    /// Who buys for it, the latest to register first.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<OrganisationMember>> {
        let cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        let slice = page.slice(cx, members::MEMBERS_SORTED_BY)?;
        let listed = members::members(cx, &may, self.0.id, (slice, wants_total(ctx))).await;
        let listed = listed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Account>::new(row.id)).collect();
        let mut found = member::members(ctx, self.0.id, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Account>::new(row.id))))
    }
}
