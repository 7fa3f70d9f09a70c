//! The language of what is read.

use std::sync::Arc;

use app::{channels, cx::Cx};
use async_graphql::{Context, Enum, SimpleObject, dataloader::DataLoader};
use domain::language;

use super::{code::ErrorCode, error, loader::Load};

/// Which way a language is written.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// A language.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct Language {
    /// BCP 47, such as `ar`.
    pub tag: &'static str,
    /// Which way it is written.
    pub direction: Direction,
}

impl From<language::Language> for Language {
    fn from(language: language::Language) -> Self {
        let direction = match language.direction() {
            language::Direction::Ltr => Direction::Ltr,
            language::Direction::Rtl => Direction::Rtl,
        };
        Self { tag: language.tag(), direction }
    }
}

/// What a resolver asks of its context.
pub trait Reading {
    /// The context of the request.
    fn cx(&self) -> &Arc<Cx>;
    /// The request's loaders.
    fn loader(&self) -> &DataLoader<Load>;
    /// The language asked for at a field, else the request's.
    fn language(&self, asked: Option<&str>) -> async_graphql::Result<language::Language>;
}

impl Reading for Context<'_> {
    fn cx(&self) -> &Arc<Cx> {
        self.data_unchecked::<Arc<Cx>>()
    }

    fn loader(&self) -> &DataLoader<Load> {
        self.data_unchecked::<DataLoader<Load>>()
    }

    fn language(&self, asked: Option<&str>) -> async_graphql::Result<language::Language> {
        let cx = self.cx();
        let Some(tag) = asked else { return Ok(cx.language()) };
        let offered = cx.channel().map(|channel| channels::offered(channel)).unwrap_or_default();
        language::Language::parse(tag)
            .filter(|language| offered.contains(language))
            .ok_or_else(|| error::top(cx.language(), ErrorCode::UnsupportedLanguage, &[]))
    }
}

/// Text in the wanted language, else in another, and which that is.
pub fn best<'t>(
    wanted: language::Language,
    ar: Option<&'t str>,
    en: Option<&'t str>,
) -> Option<(language::Language, &'t str)> {
    [wanted].into_iter().chain(language::Language::ALL).find_map(|language| {
        let text = match language {
            language::Language::Ar => ar,
            language::Language::En => en,
        };
        text.map(|text| (language, text))
    })
}

/// The text alone.
pub fn text(
    ctx: &Context<'_>,
    ar: Option<&str>,
    en: Option<&str>,
    asked: Option<&str>,
) -> async_graphql::Result<String> {
    let wanted = ctx.language(asked)?;
    Ok(best(wanted, ar, en).map(|(_, text)| text.to_owned()).unwrap_or_default())
}
