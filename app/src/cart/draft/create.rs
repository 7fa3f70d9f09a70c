//! Staff begin a draft.

use domain::{
    cart::{draft::DraftState, draft_events::DraftEvent},
    id::{Account, DraftOrder, Id},
    identity::{email::Email, permission::proof::ManageOrders},
    invalid::{Invalid, Problem},
    language::Language,
    orders::note,
    time::Instant,
};
use entity::cart::{cart, draft_order};
use sea_orm::Set;
use store::{Fault, Once, Read};

use super::{
    DraftError,
    company::{Company, check, named},
};
use crate::{
    cart::{
        Step, Wish,
        apply::{self, Ground},
    },
    cx::{Cx, Permit},
    identity, organisations,
};

/// A draft to be.
#[derive(Clone, Debug)]
pub struct CreateDraft {
    /// Whose order it is to be.
    pub customer: Option<Id<Account>>,
    /// The company that it is to be for.
    pub company: Option<Company>,
    /// Where its news goes; the customer's own address if left out.
    pub email: Option<Email>,
    /// What is in it from the start.
    pub lines: Vec<Wish>,
    /// What is remarked, at most 2000 characters.
    pub note: Option<String>,
    /// The language of the order.
    pub language: Language,
    /// What makes two calls the same.
    pub once: Once,
}

/// Makes a draft in the request's channel, for a customer, for a company, or for whoever has an e-mail address. It holds no
/// stock before it is completed. Emits `draft_order.created`.
pub async fn create(cx: &Cx, _may: Permit<ManageOrders>, input: CreateDraft) -> Result<Id<DraftOrder>, DraftError> {
    let channel = cx.channel()?;
    let note = read_note(input.note.as_deref())?;
    cx.write_once(Some(&input.once), async |tx| {
        let customer = match input.customer {
            Some(id) => Some(identity::customer(tx, id).await?.ok_or(DraftError::NoSuchCustomer)?),
            None => None,
        };
        if let Some(company) = input.company {
            check(tx, input.customer, company).await?;
        }
        let own = customer.as_ref().map(|customer| customer.email.clone());
        let email = input.email.as_ref().map(|email| email.as_str().to_owned()).or(own);
        let email = email.ok_or_else(|| Invalid::at("email", Problem::Required))?;
        let (organisation, unit) = named(input.company);
        let (draft, cart) = (tx.new_id(), tx.new_id());
        tx.insert(cart::ActiveModel {
            id: Set(cart),
            channel_id: Set(channel.id),
            customer_id: Set(input.customer),
            organisation_id: Set(organisation),
            organisation_unit_id: Set(unit),
            language: Set(input.language.tag().to_owned()),
            email: Set(Some(email)),
            phone: Set(customer.and_then(|customer| customer.phone)),
            state: Set(DraftState::Open.of_cart().to_owned()),
            version: Set(1),
            created_at: Set(tx.now()),
            updated_at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        tx.insert(draft_order::ActiveModel {
            id: Set(draft),
            cart_id: Set(cart),
            note: Set(note),
            actor: Set(tx.stamp().actor.to_string()),
            created_at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        if !input.lines.is_empty() {
            apply::steps(
                tx,
                Ground { channel, cart, party: party(tx, &input).await?, address: None, holds: false },
                &[Step::LinesAdd(input.lines.clone())],
            )
            .await?;
        }
        tx.emit(&told(&input, draft, channel.code.clone(), tx.now())).await?;
        Ok(draft)
    })
    .await
}

async fn party(read: &Read, input: &CreateDraft) -> Result<organisations::Party, Fault> {
    let (organisation, unit) = named(input.company);
    organisations::party(read, organisations::Wish { customer: input.customer, organisation, unit }).await
}

/// A new draft as its event tells it.
fn told(input: &CreateDraft, draft: Id<DraftOrder>, channel: String, at: Instant) -> DraftEvent {
    let (organisation, unit) = named(input.company);
    DraftEvent::Created { draft, channel, customer: input.customer, organisation, unit, at }
}

/// What is remarked; nothing but white space is nothing.
pub(super) fn read_note(note: Option<&str>) -> Result<Option<String>, Invalid> {
    let said = note.filter(|note| !note.trim().is_empty());
    said.map(note::parse).transpose().map_err(|problem| Invalid::at("note", problem))
}
