//! The inputs of changes of groups of customers.

use app::identity::{
    group_members::ChangeMembers,
    groups::{CreateGroup, DeleteGroup, UpdateGroup},
};
use async_graphql::{ID, InputObject};
use domain::{
    catalog::slug::Slug,
    invalid::{Check, Invalid},
};

use crate::graphql::input;

/// The most customers of one call.
const CUSTOMERS_MAX: usize = 500;

/// A group of customers to make.
#[derive(InputObject, Clone, Debug)]
pub struct CustomerGroupCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other group has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a group of customers. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct CustomerGroupUpdateInput {
    /// The group.
    pub group: ID,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// The group's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// A group of customers to remove.
#[derive(InputObject, Clone, Debug)]
pub struct CustomerGroupDeleteInput {
    /// The group.
    pub group: ID,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input removes it once.
    pub idempotency_key: Option<String>,
}

/// Who shall be in a group of customers.
#[derive(InputObject, Clone, Debug)]
pub struct CustomerGroupMembersAddInput {
    /// The group.
    pub group: ID,
    /// The customers, each once, 500 at most.
    pub customers: Vec<ID>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input adds them once.
    pub idempotency_key: Option<String>,
}

/// Who shall not be in a group of customers any more.
#[derive(InputObject, Clone, Debug)]
pub struct CustomerGroupMembersRemoveInput {
    /// The group.
    pub group: ID,
    /// The customers, each once, 500 at most.
    pub customers: Vec<ID>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input removes them once.
    pub idempotency_key: Option<String>,
}

impl CustomerGroupCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateGroup, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "customerGroupCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let is_dry_run = self.dry_run;
        let built = code.zip(names).map(|(code, (name_ar, name_en))| CreateGroup {
            code: code.as_str().to_owned(),
            name_ar,
            name_en,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl CustomerGroupUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateGroup, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "customerGroupUpdate", self.idempotency_key.as_deref(), &self);
        let group = check.field("group", input::id(&self.group));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        let built = group.zip(names).map(|(group, (name_ar, name_en))| UpdateGroup {
            group,
            name_ar,
            name_en,
            expected_version,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl CustomerGroupDeleteInput {
    /// Checks every field.
    pub fn parse(self) -> Result<DeleteGroup, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "customerGroupDelete", self.idempotency_key.as_deref(), &self);
        let group = check.field("group", input::id(&self.group));
        check.done(group.map(|group| DeleteGroup { group, is_dry_run: self.dry_run, once }))
    }
}

impl CustomerGroupMembersAddInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ChangeMembers, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "customerGroupMembersAdd", self.idempotency_key.as_deref(), &self);
        let group = check.field("group", input::id(&self.group));
        let customers = input::ids(&mut check, "customers", self.customers, CUSTOMERS_MAX);
        check.done(group.map(|group| ChangeMembers { group, customers, is_dry_run: self.dry_run, once }))
    }
}

impl CustomerGroupMembersRemoveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ChangeMembers, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "customerGroupMembersRemove", self.idempotency_key.as_deref(), &self);
        let group = check.field("group", input::id(&self.group));
        let customers = input::ids(&mut check, "customers", self.customers, CUSTOMERS_MAX);
        check.done(group.map(|group| ChangeMembers { group, customers, is_dry_run: self.dry_run, once }))
    }
}
