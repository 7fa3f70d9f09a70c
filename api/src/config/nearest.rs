//! The known word that a mistyped one is nearest to.

/// The word of `known` that is the fewest edits away, the first of equals.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    known.iter().copied().min_by_key(|candidate| distance(word, candidate))
}

/// How many characters must be inserted, deleted or replaced to make `from` into `to` (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (deleted, a) in from.chars().enumerate() {
        let mut left = deleted + 1;
        let mut next = vec![left];
        for ((b, above_left), above) in to.chars().zip(&row).zip(row.iter().skip(1)) {
            left = (above_left + usize::from(a != b)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn a_mistyped_word_finds_its_like() {
        assert_eq!(nearest("databse-url", &["listen", "database_url", "data_dir"]), Some("database_url"));
        assert_eq!(nearest("x", &[]), None);
    }
}
