//! Why somebody did something to an order, in their words.

use crate::{invalid::Problem, text};

/// The most characters of a reason.
pub const REASON_MAX: usize = 500;

/// Reads a reason: at most [`REASON_MAX`] characters, of several lines if need be. Nothing but white
/// space is no reason.
pub fn parse(reason: Option<&str>) -> Result<Option<String>, Problem> {
    reason.filter(|text| !text.trim().is_empty()).map(|text| text::prose(text, REASON_MAX)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_may_be_left_out_but_not_run_on() {
        assert_eq!((parse(None), parse(Some(" \n"))), (Ok(None), Ok(None)));
        assert_eq!(parse(Some(" تأخر\nالتوصيل ")), Ok(Some("تأخر\nالتوصيل".to_owned())));
        assert_eq!(parse(Some(&"ق".repeat(500))).map(|reason| reason.is_some()), Ok(true));
        assert_eq!(parse(Some(&"ق".repeat(501))), Err(Problem::TooLong { max: REASON_MAX }));
        assert_eq!(parse(Some("a\0b")), Err(Problem::ControlCharacter));
    }
}
