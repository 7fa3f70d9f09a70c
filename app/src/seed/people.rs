//! Who signs in, and what staff may do.

use std::collections::HashMap;

use domain::{
    id::{Account, Id},
    identity::{email::Email, kind::AccountKind, password::Password, permission::Permission, phone::Phone},
    invalid::Problem,
    language::Language,
    text,
};
use entity::identity::{account, account_role, role};
use sea_orm::Set;
use store::Fault;

use super::{
    desk::shop,
    error::What,
    format_shop::{Person, Role, Shop},
    names::Names,
    plan::Work,
};
use crate::identity::hash::hash;

const NAME_MAX: usize = 100;

pub(super) fn plan(work: &mut Work, of: &Shop) -> Result<(), Fault> {
    let mut roles = Names::of("role");
    for role in &of.role {
        self::role(work, role, &mut roles);
    }
    let mut accounts = Accounts { emails: Names::of("account"), hashes: HashMap::new() };
    for staff in &of.staff {
        let at = shop("staff", &staff.email);
        let account_id = accounts.add(work, AccountKind::Staff, staff)?;
        let mut held = Names::of("role");
        for code in &staff.roles {
            let Some(role_id) = roles.find(&mut work.desk, at, code) else { continue };
            held.add(&mut work.desk, at, code, ());
            let row =
                account_role::ActiveModel { account_id: Set(account_id), role_id: Set(role_id), ..Default::default() };
            work.rows.account_roles.push(row);
        }
    }
    for customer in &of.customer {
        if !customer.roles.is_empty() {
            let (found, wanted) = (customer.roles.len(), "none: they are for staff".to_owned());
            work.desk.wrong(shop("customer", &customer.email), What::Count { key: "roles", found, wanted });
        }
        let id = accounts.add(work, AccountKind::Customer, customer)?;
        work.known.customers.add(&mut work.desk, shop("customer", &customer.email), &customer.email, id);
    }
    Ok(())
}

fn role(work: &mut Work, role: &Role, roles: &mut Names<Id<domain::id::Role>>) {
    let at = shop("role", &role.code);
    let (id, code) = (work.desk.id(), work.desk.code(at, &role.code));
    let (name_ar, name_en) = work.desk.name(at, "name", &role.name);
    for code in role.permissions.iter().filter(|code| Permission::parse(code).is_none()) {
        work.desk.wrong(at, What::Unknown { kind: "permission", code: code.clone() });
    }
    roles.add(&mut work.desk, at, &role.code, id);
    work.rows.roles.push(role::ActiveModel {
        id: Set(id),
        code: Set(code),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        permissions: Set(role.permissions.join(",")),
        ..Default::default()
    });
}

/// The accounts so far.
struct Accounts {
    emails: Names<()>,
    /// Of each password: demos give everybody the same, and hashing is slow.
    hashes: HashMap<String, String>,
}

impl Accounts {
    fn add(&mut self, work: &mut Work, kind: AccountKind, person: &Person) -> Result<Id<Account>, Fault> {
        let at = shop(kind_of(kind), &person.email);
        let id = work.desk.id();
        let email = work.desk.field(at, "email", Email::parse(&person.email));
        let email = email.map_or_else(String::new, |email| email.as_str().to_owned());
        self.emails.add(&mut work.desk, at, &email, ());
        let name = work.desk.field(at, "name", text::line(&person.name, NAME_MAX));
        let phone = person.phone.as_deref().and_then(|phone| work.desk.field(at, "phone", Phone::parse(phone)));
        let language = Language::parse(&person.language).ok_or(Problem::UnsupportedLanguage);
        let language = work.desk.field(at, "language", language);
        let password_hash = match work.desk.field(at, "password", Password::parse(&person.password)) {
            Some(password) => self.hash(&password)?,
            None => String::new(),
        };
        work.rows.accounts.push(account::ActiveModel {
            id: Set(id),
            kind: Set(kind.code().to_owned()),
            email: Set(email),
            name: Set(name.unwrap_or_default()),
            phone: Set(phone.map(|phone| phone.as_str().to_owned())),
            password_hash: Set(password_hash),
            language: Set(language.map_or_else(String::new, |language| language.tag().to_owned())),
            created_at: Set(work.desk.now),
            ..Default::default()
        });
        Ok(id)
    }

    fn hash(&mut self, password: &Password) -> Result<String, Fault> {
        if let Some(known) = self.hashes.get(password.expose()) {
            return Ok(known.clone());
        }
        let hashed = hash(password.expose())?;
        self.hashes.insert(password.expose().to_owned(), hashed.clone());
        Ok(hashed)
    }
}

const fn kind_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Customer => "customer",
        AccountKind::Staff => "staff",
    }
}
