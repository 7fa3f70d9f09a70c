//! Opening an account.

use domain::{
    id::{Account, Id},
    identity::{email::Email, events::IdentityEvent, kind::AccountKind, password::Password, phone::Phone},
    invalid::{Check, Invalid},
    language::Language,
    text,
};
use entity::identity::account;
use sea_orm::Set;
use store::{Fault, KeyReused, Once};

use super::hash;
use crate::cx::{Cx, Public};

const NAME_MAX: usize = 100;

/// A customer who wants an account, as it was typed.
pub struct Register {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The name.
    pub name: String,
    /// The telephone number; blank is none.
    pub phone: Option<String>,
    /// The language to write in.
    pub language: Language,
    /// What makes a second call the same.
    pub once: Option<Once>,
}

/// Why no account was opened.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The e-mail address has one.
    #[error("the e-mail address has an account")]
    AccountExists,
    /// Some fields are wrong.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Opens a customer's account. Nobody is signed in by it. Emits `account.registered`.
pub async fn register(cx: &Cx, _anybody: Public, input: Register) -> Result<Id<Account>, RegisterError> {
    let once = input.once.clone();
    let asked = Asked::parse(&input)?;
    let password_hash = hash::hashed(asked.password.expose().to_owned()).await?;
    cx.write_once(once.as_ref(), async |tx| {
        let (id, at) = (tx.new_id(), tx.now());
        let row = account::ActiveModel {
            id: Set(id),
            kind: Set(AccountKind::Customer.code().to_owned()),
            email: Set(asked.email.as_str().to_owned()),
            name: Set(asked.name),
            phone: Set(asked.phone.map(|phone| phone.as_str().to_owned())),
            password_hash: Set(password_hash),
            language: Set(input.language.tag().to_owned()),
            created_at: Set(at),
            ..Default::default()
        };
        if !tx.insert_new(row).await? {
            return Err(RegisterError::AccountExists);
        }
        tx.emit(&IdentityEvent::Registered { account: id, at }).await?;
        Ok(id)
    })
    .await
}

/// What was typed, read.
struct Asked {
    email: Email,
    password: Password,
    name: String,
    phone: Option<Phone>,
}

impl Asked {
    fn parse(input: &Register) -> Result<Self, Invalid> {
        let mut check = Check::default();
        let email = check.field("email", Email::parse(&input.email));
        let password = check.field("password", Password::parse(&input.password));
        let name = check.field("name", text::line(&input.name, NAME_MAX));
        let typed = input.phone.as_deref().filter(|phone| !phone.trim().is_empty());
        let phone = check.field("phone", typed.map(Phone::parse).transpose());
        check.done((|| Some(Self { email: email?, password: password?, name: name?, phone: phone? }))())
    }
}
