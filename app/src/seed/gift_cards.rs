//! Gift cards of codes that are known.

use domain::{
    invalid::Problem,
    money::Currency,
    payments::credit::{CreditEntryKind, CreditKind, code::GiftCardCode},
};
use entity::payments::{credit, credit_entry, credit_lot};
use sea_orm::Set;
use store::Actor;

use super::{desk::shop, format_shop::GiftCard, names::Names, plan::Work};
use crate::digest::digest;

pub(super) fn plan(work: &mut Work, cards: &[GiftCard]) {
    let mut named = Names::of("gift card");
    for card in cards {
        let at = shop("gift_card", &card.code);
        let code = work.desk.field(at, "code", GiftCardCode::parse(&card.code));
        let currency = Currency::parse(&card.currency).ok_or(Problem::UnsupportedCurrency);
        let Some(currency) = work.desk.field(at, "currency", currency) else { continue };
        let amount = work.desk.amount(at, "amount", &card.amount, currency);
        let Some((code, minor)) = code.zip(amount) else { continue };
        named.add(&mut work.desk, at, code.as_str(), ());
        let (id, lot, now) = (work.desk.id(), work.desk.id(), work.desk.now);
        work.rows.credits.push(credit::ActiveModel {
            id: Set(id),
            kind: Set(CreditKind::GiftCard.code().to_owned()),
            currency: Set(currency.code().to_owned()),
            code_hash: Set(Some(digest(code.as_str()))),
            code_end: Set(Some(code.end().to_owned())),
            is_blocked: Set(false),
            version: Set(1),
            created_at: Set(now),
            ..Default::default()
        });
        work.rows.credit_lots.push(credit_lot::ActiveModel {
            id: Set(lot),
            credit_id: Set(id),
            amount_minor: Set(minor),
            left_minor: Set(minor),
            expired_minor: Set(0),
            created_at: Set(now),
            ..Default::default()
        });
        work.rows.credit_entries.push(credit_entry::ActiveModel {
            id: Set(work.desk.id()),
            credit_id: Set(id),
            lot_id: Set(lot),
            kind: Set(CreditEntryKind::Issued.code().to_owned()),
            amount_minor: Set(minor),
            actor: Set(Actor::System.to_string()),
            at: Set(now),
            ..Default::default()
        });
    }
}
