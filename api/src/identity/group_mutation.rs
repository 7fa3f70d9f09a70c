//! Mutations of groups of customers.

use app::{
    cx::Cx,
    identity::{
        group_members,
        groups::{self, GroupChange},
    },
};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::identity::permission::{Proves, proof::ManageCustomers};

use super::{
    group::CustomerGroup,
    group_input::{
        CustomerGroupCreateInput, CustomerGroupDeleteInput, CustomerGroupMembersAddInput,
        CustomerGroupMembersRemoveInput, CustomerGroupUpdateInput,
    },
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    payload::{Outcome, outcome, split},
};

/// A group of customers, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct CustomerGroupPayload {
    /// The group as it is now, or with `dryRun` as it would be; none if the change was refused, and for a group that was
    /// not made because of `dryRun`.
    pub group: Option<CustomerGroup>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Who came into a group of customers or left it, or why nobody did.
#[derive(SimpleObject, Clone, Debug)]
pub struct CustomerGroupMembersPayload {
    /// The group; none if the change was refused.
    pub group: Option<CustomerGroup>,
    /// The ids of those who came or left, in the order of the input, or with `dryRun` of those who would: not of those
    /// who were in it, or out of it, already.
    pub changed_customers: Vec<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// The id of a group of customers that was removed, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct CustomerGroupDeletePayload {
    /// The id that it had, or with `dryRun` has; none if it was refused.
    pub deleted_customer_group: Option<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of groups of customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct CustomerGroupMutation;

/// What staff say of who is treated alike.
#[Object]
impl CustomerGroupMutation {
    /// Makes a group of customers, which nobody is in yet. Refuses with `CUSTOMER_GROUP_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("customer_group.created".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn customer_group_create(
        &self,
        ctx: &Context<'_>,
        input: CustomerGroupCreateInput,
    ) -> async_graphql::Result<CustomerGroupPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { groups::create_group(cx, cx.permit()?, input.parse()?).await });
        Ok(payload(done.await?))
    }

    /// Changes what a group of customers is called. Its code stays. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("customer_group.updated".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn customer_group_update(
        &self,
        ctx: &Context<'_>,
        input: CustomerGroupUpdateInput,
    ) -> async_graphql::Result<CustomerGroupPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { groups::update_group(cx, cx.permit()?, input.parse()?).await });
        Ok(payload(done.await?.map(Some)))
    }

    /// Removes a group of customers: nobody is in it any more. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("customer_group.deleted".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn customer_group_delete(
        &self,
        ctx: &Context<'_>,
        input: CustomerGroupDeleteInput,
    ) -> async_graphql::Result<CustomerGroupDeletePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { groups::delete_group(cx, cx.permit()?, input.parse()?).await });
        let (change, user_errors) = split(done.await?);
        let deleted_customer_group = change.map(|change| ID(change.group.id.to_string()));
        Ok(CustomerGroupDeletePayload { deleted_customer_group, user_errors })
    }

    /// Puts customers into a group. Who is in it already stays in it, and is not told of. Refuses with `NOT_FOUND`, by
    /// customer; staff are no customers.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("customer_group.members_added".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn customer_group_members_add(
        &self,
        ctx: &Context<'_>,
        input: CustomerGroupMembersAddInput,
    ) -> async_graphql::Result<CustomerGroupMembersPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { group_members::add_members(cx, cx.permit()?, input.parse()?).await });
        Ok(members_payload(done.await?))
    }

    /// Takes customers out of a group. Who is not in it stays out, and is not told of. Refuses with `NOT_FOUND`, by
    /// customer.
    #[graphql(
        directive = requires::apply(ManageCustomers::PERMISSION.code().to_owned()),
        directive = emits::apply("customer_group.members_removed".to_owned()),
        visible = "crate::graphql::directive::manages_customers"
    )]
    async fn customer_group_members_remove(
        &self,
        ctx: &Context<'_>,
        input: CustomerGroupMembersRemoveInput,
    ) -> async_graphql::Result<CustomerGroupMembersPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { group_members::remove_members(cx, cx.permit()?, input.parse()?).await });
        Ok(members_payload(done.await?))
    }
}

fn payload(done: Outcome<Option<GroupChange>>) -> CustomerGroupPayload {
    let (change, user_errors) = split(done);
    CustomerGroupPayload { group: change.flatten().map(|change| CustomerGroup(change.group)), user_errors }
}

fn members_payload(done: Outcome<GroupChange>) -> CustomerGroupMembersPayload {
    let (change, user_errors) = split(done);
    let customers = change.iter().flat_map(|change| &change.customers);
    let changed_customers = customers.map(|customer| ID(customer.to_string())).collect();
    let group = change.map(|change| CustomerGroup(change.group));
    CustomerGroupMembersPayload { group, changed_customers, user_errors }
}
