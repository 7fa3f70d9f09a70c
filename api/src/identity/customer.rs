//! Customers, as staff see them.

use std::fmt;

use async_graphql::{Context, ID, Object};
use domain::identity::permission::{Proves, proof::ReadCustomers};
use entity::identity::account;

use super::group::CustomerGroup;
use crate::graphql::{
    directive::requires,
    error,
    language::{Language, Reading},
    loader::{self, GroupsOf, MembershipsOf},
    scalar::DateTime,
};
use crate::organisations::member::{self, OrganisationMembership};

/// Somebody who buys and has an account.
#[derive(Clone)]
pub struct Customer(pub account::Model);

/// Shows the id alone: the row has the password's hash.
impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Customer").field(&self.0.id).finish()
    }
}

/// Somebody who buys and has an account.
#[Object]
impl Customer {
    /// The account's id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// E-mail address, in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The name, as they write it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Telephone number in international form, such as `+966512345678`.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// The language to write to them in.
    async fn language(&self) -> Option<Language> {
        domain::language::Language::parse(&self.0.language).map(Language::from)
    }

    /// The groups that they are in, by code.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn groups(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<CustomerGroup>> {
        let cx = ctx.cx();
        cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let groups = loader::one(ctx, GroupsOf(self.0.id)).await?.unwrap_or_default();
        Ok(groups.into_iter().map(CustomerGroup).collect())
    }

    /// The companies that they can buy for.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn organisations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrganisationMembership>> {
        let cx = ctx.cx();
        cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let rows = loader::one(ctx, MembershipsOf(self.0.id)).await?.unwrap_or_default();
        member::memberships(ctx, rows).await
    }

    /// When they registered.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}
