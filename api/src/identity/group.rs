//! Groups of customers.

use app::{
    cx::{Cx, Permit},
    identity::{
        group_members,
        groups::{self, Group},
    },
};
use async_graphql::{Context, ID, Object, OneofObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadCustomers},
};

use super::customer::Customer;
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::{self, Reading},
    loader,
};

/// Customers who are treated alike, such as those who buy wholesale.
#[derive(Clone, Debug)]
pub struct CustomerGroup(pub Group);

/// How a group of customers is named.
#[derive(OneofObject, Clone, Debug)]
pub enum CustomerGroupBy {
    /// By its id.
    Id(ID),
    /// By its code.
    Code(String),
}

/// Customers who are treated alike, such as those who buy wholesale.
#[Object]
impl CustomerGroup {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports, such as `wholesale`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// Counts the changes of its names; 1 when it is new. See `expectedVersion`. Who is in it does not count.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who is in it, the latest to register first.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Customer>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, group_members::MEMBERS_SORTED_BY)?;
        let listed = group_members::members(cx, &may, self.0.id, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::Account>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Account>::new(row.id)).map(Customer)))
    }
}

/// Queries of groups of customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct CustomerGroupQuery;

/// Who is treated alike.
#[Object]
impl CustomerGroupQuery {
    /// A group of customers; none if there is none.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn customer_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: CustomerGroupBy,
    ) -> async_graphql::Result<Option<CustomerGroup>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let found = match by {
            CustomerGroupBy::Id(id) => {
                let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
                loader::one(ctx, input::id::<id::CustomerGroup>(&id).map_err(wrong)?).await?
            }
            CustomerGroupBy::Code(code) => {
                let found = groups::group_by_code(cx, &may, &code).await;
                found.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?
            }
        };
        Ok(found.map(CustomerGroup))
    }

    /// The groups of customers, by code.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn customer_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<CustomerGroup>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, groups::GROUPS_SORTED_BY)?;
        let listed = groups::groups(cx, &may, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::CustomerGroup>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::CustomerGroup>::new(row.id)).map(CustomerGroup)))
    }
}

fn reads(cx: &Cx) -> async_graphql::Result<Permit<ReadCustomers>> {
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}
