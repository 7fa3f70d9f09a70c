//! Where rows are made from what was read: with ids, the time, and a list of what is wrong.

use domain::{
    catalog::slug::Slug,
    id::Id,
    identity::country::Country,
    invalid::Problem,
    language::Localised,
    money::{Currency, Money},
    text,
    time::Instant,
};

use super::{
    error::{What, Wrong},
    ids::Ids,
};

/// The longest name.
const NAME_MAX: usize = 200;
/// The longest description.
const DESCRIPTION_MAX: usize = 10_000;
/// The longest code.
const CODE_MAX: usize = 60;

/// Where in the files something stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'f> {
    /// The file.
    pub(super) file: &'f str,
    /// What the item is.
    pub(super) kind: &'static str,
    /// Which it is.
    pub(super) code: &'f str,
}

/// An item of `shop.toml`.
pub(super) const fn shop<'f>(kind: &'static str, code: &'f str) -> At<'f> {
    At { file: "shop.toml", kind, code }
}

/// Where rows are made. It goes on after what is wrong, to find the rest.
#[derive(Debug)]
pub(super) struct Desk {
    /// The time of the load.
    pub(super) now: Instant,
    ids: Ids,
    wrong: Vec<Wrong>,
}

impl Desk {
    pub(super) fn at(now: Instant) -> Self {
        Self { now, ids: Ids::of(now), wrong: Vec::new() }
    }

    pub(super) fn id<K>(&mut self) -> Id<K> {
        self.ids.next()
    }

    pub(super) fn wrong(&mut self, at: At<'_>, what: What) {
        let item = format!("{} `{}`", at.kind, at.code);
        self.wrong.push(Wrong { file: at.file.to_owned(), item, what });
    }

    /// Everything that is wrong.
    pub(super) fn into_wrong(self) -> Vec<Wrong> {
        self.wrong
    }

    /// What parsed.
    pub(super) fn field<T>(&mut self, at: At<'_>, key: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.wrong(at, What::Field { key: key.to_owned(), problem })).ok()
    }

    /// A code that is not blank and has no spaces.
    pub(super) fn code(&mut self, at: At<'_>, code: &str) -> String {
        let parsed = text::line(code, CODE_MAX);
        let parsed = parsed.and_then(|code| if code.contains(' ') { Err(Problem::InvalidId) } else { Ok(code) });
        self.field(at, "code", parsed).unwrap_or_default()
    }

    /// A name in addresses.
    pub(super) fn slug(&mut self, at: At<'_>, key: &str, slug: &str) -> String {
        self.field(at, key, Slug::parse(slug)).map_or_else(String::new, |slug| slug.as_str().to_owned())
    }

    /// A country's code.
    pub(super) fn country(&mut self, at: At<'_>, country: &str) -> String {
        let parsed = self.field(at, "country", Country::parse(country));
        parsed.map_or_else(String::new, |country| country.as_str().to_owned())
    }

    /// A name, in Arabic and in English.
    pub(super) fn name(&mut self, at: At<'_>, key: &str, name: &Localised) -> (Option<String>, Option<String>) {
        self.localised(at, key, name, |text| text::line(text, NAME_MAX))
    }

    /// A description, if there is one, in Arabic and in English.
    pub(super) fn description(&mut self, at: At<'_>, text: Option<&Localised>) -> (Option<String>, Option<String>) {
        let Some(text) = text else { return (None, None) };
        self.localised(at, "description", text, |text| text::prose(text, DESCRIPTION_MAX))
    }

    fn localised(
        &mut self,
        at: At<'_>,
        key: &str,
        text: &Localised,
        parse: fn(&str) -> Result<String, Problem>,
    ) -> (Option<String>, Option<String>) {
        if text.ar.is_none() && text.en.is_none() {
            self.wrong(at, What::Field { key: key.to_owned(), problem: Problem::Required });
        }
        let mut one = |language, text: Option<&String>| {
            text.and_then(|text| self.field(at, &format!("{key}.{language}"), parse(text)))
        };
        (one("ar", text.ar.as_ref()), one("en", text.en.as_ref()))
    }

    /// An amount that can be said.
    pub(super) fn amount(&mut self, at: At<'_>, key: &str, text: &str, currency: Currency) -> Option<i64> {
        let amount = Money::said(text, currency).ok().map(|money| money.minor);
        if amount.is_none() {
            let (key, text, currency) = (key.to_owned(), text.to_owned(), currency.code());
            self.wrong(at, What::Amount { key, text, currency });
        }
        amount
    }

    /// A time, if there is one.
    pub(super) fn time(&mut self, at: At<'_>, key: &'static str, text: Option<&String>) -> Option<Instant> {
        let parsed = Instant::parse(text?);
        if parsed.is_none() {
            self.wrong(at, What::Time { key });
        }
        parsed
    }
}

/// A place in a list.
pub(super) fn position(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}
