//! Mutations of units of companies.

use app::{cx::Cx, organisations::units};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageCustomers},
};

use super::{
    unit::OrganisationUnit,
    unit_input::{OrganisationUnitCreateInput, OrganisationUnitDeleteInput, OrganisationUnitUpdateInput},
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A unit of a company, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationUnitPayload {
    /// The unit as it is now; none if the change was refused, and with `dryRun`.
    pub unit: Option<OrganisationUnit>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// The id of a unit that was removed, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationUnitDeletePayload {
    /// The id that it had, or with `dryRun` has; none if it was refused.
    pub deleted_unit: Option<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of units of companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganisationUnitMutation;

/// What staff say of the units of companies.
#[Object]
impl OrganisationUnitMutation {
    /// Makes a unit of a company, which nobody is in yet. Refuses with `NOT_FOUND`, `ORGANISATION_UNIT_CODE_TAKEN`,
    /// `ORGANISATION_UNIT_TOO_DEEP` or `ORGANISATION_UNITS_TOO_MANY`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.unit_created".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_unit_create(
        &self,
        ctx: &Context<'_>,
        input: OrganisationUnitCreateInput,
    ) -> async_graphql::Result<OrganisationUnitPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { units::create_unit(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Renames a unit, or moves it with all that is below it. Refuses with `CONFLICT`, `NOT_FOUND`,
    /// `ORGANISATION_UNIT_CODE_TAKEN`, `ORGANISATION_UNIT_LOOP` or `ORGANISATION_UNIT_TOO_DEEP`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.unit_updated".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_unit_update(
        &self,
        ctx: &Context<'_>,
        input: OrganisationUnitUpdateInput,
    ) -> async_graphql::Result<OrganisationUnitPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { units::update_unit(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Removes a unit. Refuses with `CONFLICT`, `NOT_FOUND` or `ORGANISATION_UNIT_IN_USE`: something is below it, or
    /// somebody is in it.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.unit_deleted".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_unit_delete(
        &self,
        ctx: &Context<'_>,
        input: OrganisationUnitDeleteInput,
    ) -> async_graphql::Result<OrganisationUnitDeletePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { units::delete_unit(cx, cx.permit()?, input.parse()?).await });
        let (unit, user_errors) = split(done.await?);
        let deleted_unit = unit.map(|unit| ID(unit.to_string()));
        Ok(OrganisationUnitDeletePayload { deleted_unit, user_errors })
    }
}

async fn payload(
    ctx: &Context<'_>,
    done: Outcome<Option<Id<id::OrganisationUnit>>>,
) -> async_graphql::Result<OrganisationUnitPayload> {
    let (id, user_errors) = split(done);
    let unit = match id.flatten() {
        Some(id) => loader::one(ctx, id).await?.map(OrganisationUnit),
        None => None,
    };
    Ok(OrganisationUnitPayload { unit, user_errors })
}
