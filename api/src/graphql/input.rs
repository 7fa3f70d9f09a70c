//! Parsing what every input has.

use std::collections::HashSet;

use async_graphql::{ID, InputType};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    id::{Id, Kind},
    invalid::{Check, Invalid, Problem},
    text,
};
use sha2::{Digest, Sha256};
use store::Once;

/// The most characters of a name.
const NAME_MAX: usize = 200;

/// The most items of a list in an input.
pub const MAX_ITEMS: usize = 200;

/// An id of the right kind.
pub fn id<K: Kind>(id: &ID) -> Result<Id<K>, Problem> {
    id.parse().map_err(|_| Problem::InvalidId)
}

/// Between one and `max` ids, each once.
pub fn ids<K: Kind>(check: &mut Check, field: &str, given: Vec<ID>, max: usize) -> Vec<Id<K>> {
    let given = check.field(field, at_most(given, max)).unwrap_or_default();
    let (mut ids, mut seen) = (Vec::with_capacity(given.len()), HashSet::new());
    for (index, one) in given.iter().enumerate() {
        let parsed = id(one);
        let parsed = parsed.and_then(|id| if seen.insert(id) { Ok(id) } else { Err(Problem::Duplicate) });
        let parsed = parsed.map_err(|problem| Invalid::here(problem).under(&index.to_string()));
        ids.extend(check.nested(field, parsed));
    }
    ids
}

/// A name, if there is one.
pub fn name(text: Option<String>) -> Result<Option<String>, Problem> {
    text.map(|text| text::line(&text, NAME_MAX)).transpose()
}

/// An Arabic and an English name, of which one is enough.
pub fn names(
    check: &mut Check,
    name_ar: Option<String>,
    name_en: Option<String>,
) -> Option<(Option<String>, Option<String>)> {
    let name_ar = check.field("nameAr", name(name_ar));
    let name_en = check.field("nameEn", name(name_en));
    if name_ar == Some(None) && name_en == Some(None) {
        check.wrong("nameEn", Problem::Required);
    }
    name_ar.zip(name_en)
}

/// What makes two calls of a mutation the same, if a key was given: the key and a digest of the input.
pub fn once(check: &mut Check, operation: &'static str, key: Option<&str>, input: &impl InputType) -> Option<Once> {
    let key = check.field("idempotencyKey", text::line(key?, 100))?;
    let fingerprint = Sha256::digest(input.to_value().to_string().as_bytes());
    let fingerprint = URL_SAFE_NO_PAD.encode(fingerprint);
    Some(Once { operation, key, fingerprint })
}

/// The list, if it has neither none nor too many items.
pub fn items<T>(list: Vec<T>) -> Result<Vec<T>, Problem> {
    at_most(list, MAX_ITEMS)
}

/// The list, if it has neither none nor more than `max` items.
pub fn at_most<T>(list: Vec<T>, max: usize) -> Result<Vec<T>, Problem> {
    if list.is_empty() {
        return Err(Problem::Required);
    }
    if list.len() <= max { Ok(list) } else { Err(Problem::TooLong { max }) }
}
