//! Words by which staff find orders again.

use std::collections::BTreeMap;

use crate::{
    invalid::{Check, Invalid, Problem},
    text,
};

/// The most characters of a tag.
pub const TAG_MAX: usize = 40;

/// The most tags that are added or removed at once, and that an order has.
pub const TAGS_MAX: usize = 20;

/// Reads tags: one to [`TAGS_MAX`] lines of at most [`TAG_MAX`] characters each, by the form in which they are
/// compared. Two spellings of one tag are one tag, as first written.
pub fn parse(tags: &[String]) -> Result<BTreeMap<String, String>, Invalid> {
    if tags.is_empty() {
        return Err(Invalid::at("tags", Problem::Required));
    }
    if TAGS_MAX < tags.len() {
        return Err(Invalid::at("tags", Problem::TooLong { max: TAGS_MAX }));
    }
    let (mut check, mut read) = (Check::default(), BTreeMap::new());
    for (index, tag) in tags.iter().enumerate() {
        let line = text::line(tag, TAG_MAX).map_err(|problem| Invalid::at(&index.to_string(), problem));
        if let Some(tag) = check.nested("tags", line) {
            read.entry(text::fold(&tag)).or_insert(tag);
        }
    }
    check.done(Some(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn spellings_of_one_tag_are_one_tag() {
        let read = parse(&tags(&["VIP", " vip ", "هدية", "هديه"])).unwrap();
        assert_eq!(read.into_values().collect::<Vec<_>>(), ["VIP", "هدية"]);
    }

    #[test]
    fn every_wrong_tag_is_said_by_its_place() {
        let invalid = parse(&tags(&["", "vip", &"x".repeat(41)])).unwrap_err();
        let paths: Vec<_> = invalid.wrong.iter().map(|wrong| wrong.path.join(".")).collect();
        assert_eq!(paths, ["tags.0", "tags.2"]);
        assert_eq!(parse(&[]), Err(Invalid::at("tags", Problem::Required)));
        assert_eq!(parse(&vec!["x".to_owned(); 21]), Err(Invalid::at("tags", Problem::TooLong { max: TAGS_MAX })));
    }
}
