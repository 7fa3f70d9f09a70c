//! Remarks about an order.

use crate::{invalid::Problem, text};

/// The most characters of a note.
pub const NOTE_MAX: usize = 2000;

/// Reads a note: text of several lines, at most [`NOTE_MAX`] characters.
pub fn parse(note: &str) -> Result<String, Problem> {
    text::prose(note, NOTE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something_and_does_not_run_on() {
        assert_eq!(parse(" اتصل العميل\nمرتين "), Ok("اتصل العميل\nمرتين".to_owned()));
        assert_eq!(parse(" \n"), Err(Problem::Required));
        assert_eq!(parse(&"ق".repeat(2001)), Err(Problem::TooLong { max: NOTE_MAX }));
    }
}
