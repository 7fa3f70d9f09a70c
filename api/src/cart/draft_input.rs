//! The inputs of drafts.

use app::{
    cart::draft::{AgreePrice, Company, CreateDraft, DeleteDraft, SendDraft, UpdateDraft},
    channels,
    cx::Cx,
};
use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use domain::{
    identity::email::Email,
    invalid::{Check, Invalid, Problem},
    language::Language,
};

use super::{
    mutation::parse_steps,
    steps::{CartLineInput, CartStep, wishes},
};
use crate::graphql::input;

/// A draft to be, in the request's channel.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderCreateInput {
    /// Whose order it is to be.
    pub customer: Option<ID>,
    /// The company that it is for: its contracts, exemptions and promotions go, and the order is the company's. The customer,
    /// if there is one, must be one of its members.
    pub organisation: Option<ID>,
    /// The unit of the company; if left out, that in which the customer is, or the company itself.
    pub organisation_unit: Option<ID>,
    /// E-mail address for news of the order; the customer's own if left out. Required without a customer.
    pub email: Option<String>,
    /// What is in it from the start.
    #[graphql(default)]
    pub lines: Vec<CartLineInput>,
    /// What is remarked, at most 2000 characters: the first note of its order, which staff alone read.
    pub note: Option<String>,
    /// BCP 47 tag of the language of the order; the request's if left out.
    pub language: Option<String>,
    /// Any text of yours: the same key with the same input makes one draft.
    pub idempotency_key: String,
}

/// Changes of a draft: all of them, or none.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderUpdateInput {
    /// The draft.
    pub draft: ID,
    /// The steps, in order, as of any cart; 50 at most.
    #[graphql(default)]
    pub steps: Vec<CartStep>,
    /// The company that it is for from now on, with `organisationUnit` as it is here; null: for none. As it was if left out.
    pub organisation: MaybeUndefined<ID>,
    /// The unit of `organisation`; if left out, that in which the customer is, or the company itself.
    pub organisation_unit: Option<ID>,
    /// What is remarked, at most 2000 characters; nothing if it is blank, and as it was if left out.
    pub note: Option<String>,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes the draft once.
    pub idempotency_key: Option<String>,
}

/// A price to agree on for a line of a draft.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderLinePriceSetInput {
    /// The draft.
    pub draft: ID,
    /// The line of its cart.
    pub line: ID,
    /// The price of a unit, tax included, as a decimal string in the channel's currency; the list's again if left out.
    pub price: Option<String>,
    /// Why, at most 500 characters; required with a price.
    pub reason: Option<String>,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input sets the price once.
    pub idempotency_key: String,
}

/// A draft to give up.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderDeleteInput {
    /// The draft.
    pub draft: ID,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input gives it up once.
    pub idempotency_key: Option<String>,
}

/// A draft to send.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderSendInput {
    /// The draft.
    pub draft: ID,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input sends it once.
    pub idempotency_key: Option<String>,
}

impl DraftOrderCreateInput {
    /// Checks every field.
    pub fn parse(self, cx: &Cx) -> Result<CreateDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderCreate", Some(&self.idempotency_key), &self);
        let customer = self.customer.map(|id| check.field("customer", input::id(&id)));
        let company = company(&mut check, self.organisation.as_ref(), self.organisation_unit.as_ref());
        let email = self.email.map(|email| check.field("email", Email::parse(&email)));
        let lines = if self.lines.is_empty() { Some(Vec::new()) } else { check.here(wishes(self.lines)) };
        let language = match &self.language {
            None => Some(cx.language()),
            Some(tag) => {
                let offered = cx.channel().map(|channel| channels::offered(channel)).unwrap_or_default();
                let language = Language::parse(tag).filter(|language| offered.contains(language));
                check.field("language", language.ok_or(Problem::UnsupportedLanguage))
            }
        };
        let (customer, email, note) = (customer.flatten(), email.flatten(), self.note);
        let create = lines.zip(language).zip(once);
        let create = create.map(|((lines, language), once)| CreateDraft {
            customer,
            company,
            email,
            lines,
            note,
            language,
            once,
        });
        check.done(create)
    }
}

impl DraftOrderUpdateInput {
    /// Checks every field.
    pub fn parse(self, ctx: &Context<'_>) -> Result<UpdateDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderUpdate", self.idempotency_key.as_deref(), &self);
        let draft = check.field("draft", input::id(&self.draft));
        if self.steps.is_empty() && self.note.is_none() && self.organisation.is_undefined() {
            check.wrong("steps", Problem::Required);
        }
        let company = match &self.organisation {
            MaybeUndefined::Undefined => {
                // Which company's unit it is would be a guess.
                company(&mut check, None, self.organisation_unit.as_ref());
                None
            }
            MaybeUndefined::Null => Some(company(&mut check, None, self.organisation_unit.as_ref())),
            MaybeUndefined::Value(id) => Some(company(&mut check, Some(id), self.organisation_unit.as_ref())),
        };
        let steps = parse_steps(ctx, &mut check, self.steps);
        let (note, expected_version) = (self.note, self.expected_version);
        check.done(draft.map(|draft| UpdateDraft { draft, steps, company, note, expected_version, once }))
    }
}

impl DraftOrderLinePriceSetInput {
    /// Checks the ids and the key.
    pub fn parse(self) -> Result<AgreePrice, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderLinePriceSet", Some(&self.idempotency_key), &self);
        let draft = check.field("draft", input::id(&self.draft));
        let line = check.field("line", input::id(&self.line));
        let ((draft, line), once) = check.done(draft.zip(line).zip(once))?;
        let Self { price, reason, expected_version, .. } = self;
        Ok(AgreePrice { draft, line, price, reason, expected_version, once })
    }
}

impl DraftOrderDeleteInput {
    /// Checks the draft and the key.
    pub fn parse(self) -> Result<DeleteDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderDelete", self.idempotency_key.as_deref(), &self);
        let draft = check.field("draft", input::id(&self.draft));
        let draft = check.done(draft)?;
        Ok(DeleteDraft { draft, expected_version: self.expected_version, once })
    }
}

impl DraftOrderSendInput {
    /// Checks the draft and the key.
    pub fn parse(self) -> Result<SendDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderSend", self.idempotency_key.as_deref(), &self);
        let draft = check.field("draft", input::id(&self.draft));
        let draft = check.done(draft)?;
        Ok(SendDraft { draft, expected_version: self.expected_version, once })
    }
}

/// The company that is named, and its unit, of which there is none without it.
fn company(check: &mut Check, organisation: Option<&ID>, unit: Option<&ID>) -> Option<Company> {
    let unit = unit.map(|id| check.field("organisationUnit", input::id(id)));
    let Some(organisation) = organisation else {
        if unit.is_some() {
            check.wrong("organisation", Problem::Required);
        }
        return None;
    };
    let organisation = check.field("organisation", input::id(organisation))?;
    Some(Company { organisation, unit: unit.flatten() })
}
