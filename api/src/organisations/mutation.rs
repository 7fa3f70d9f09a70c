//! Mutations of companies, and of who buys for them.

use app::{
    cx::Cx,
    organisations::{self, members, members::MembersChange},
};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageCustomers},
};

use super::{
    input::{
        OrganisationCreateInput, OrganisationMembersAddInput, OrganisationMembersRemoveInput, OrganisationUpdateInput,
    },
    organisation::Organisation,
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A company, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationPayload {
    /// The company as it is now; none if the change was refused, and with `dryRun`.
    pub organisation: Option<Organisation>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Who came to buy for a company or does no more, or why nobody did.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrganisationMembersPayload {
    /// The company; none if the change was refused.
    pub organisation: Option<Organisation>,
    /// The ids of those who came, moved or left, in the order of the input, or with `dryRun` of those who would: not of
    /// those who were there, or were not, already.
    pub changed_customers: Vec<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganisationMutation;

/// What staff say of companies that buy.
#[Object]
impl OrganisationMutation {
    /// Notes a company that buys, for which nobody does yet. Refuses with `ORGANISATION_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.created".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_create(
        &self,
        ctx: &Context<'_>,
        input: OrganisationCreateInput,
    ) -> async_graphql::Result<OrganisationPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { organisations::create(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Changes what is known of a company, and whether it is suspended. Refuses with `CONFLICT`, `NOT_FOUND` or
    /// `ORGANISATION_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.updated".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_update(
        &self,
        ctx: &Context<'_>,
        input: OrganisationUpdateInput,
    ) -> async_graphql::Result<OrganisationPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { organisations::update(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Has customers buy for a company. Each is in one of its units, or in the company itself: who is in another one moves,
    /// who is there already stays, and is not told of. Refuses with `NOT_FOUND`, by customer; staff are no customers.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.members_added".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_members_add(
        &self,
        ctx: &Context<'_>,
        input: OrganisationMembersAddInput,
    ) -> async_graphql::Result<OrganisationMembersPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { members::add_members(cx, cx.permit()?, input.parse()?).await });
        members_payload(ctx, done.await?).await
    }

    /// Has customers buy for a company no more: what was agreed on with it is not theirs from now on, in carts that they
    /// have, too. Who does not buy for it is not told of. Refuses with `NOT_FOUND`, by customer.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("organisation.members_removed".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn organisation_members_remove(
        &self,
        ctx: &Context<'_>,
        input: OrganisationMembersRemoveInput,
    ) -> async_graphql::Result<OrganisationMembersPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { members::remove_members(cx, cx.permit()?, input.parse()?).await });
        members_payload(ctx, done.await?).await
    }
}

async fn payload(
    ctx: &Context<'_>,
    done: Outcome<Option<Id<id::Organisation>>>,
) -> async_graphql::Result<OrganisationPayload> {
    let (id, user_errors) = split(done);
    let organisation = match id.flatten() {
        Some(id) => loader::one(ctx, id).await?.map(Organisation),
        None => None,
    };
    Ok(OrganisationPayload { organisation, user_errors })
}

async fn members_payload(
    ctx: &Context<'_>,
    done: Outcome<MembersChange>,
) -> async_graphql::Result<OrganisationMembersPayload> {
    let (change, user_errors) = split(done);
    let Some(MembersChange { organisation, customers }) = change else {
        return Ok(OrganisationMembersPayload { organisation: None, changed_customers: Vec::new(), user_errors });
    };
    let organisation = loader::one(ctx, organisation).await?.map(Organisation);
    let changed_customers = customers.iter().map(|customer| ID(customer.to_string())).collect();
    Ok(OrganisationMembersPayload { organisation, changed_customers, user_errors })
}
