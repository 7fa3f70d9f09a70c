//! Log lines, on the standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts logging what `log` lets through: as text for people on a terminal, else one JSON object a line, unless
/// `format` says which.
///
/// Refuses a malformed filter, and to start twice; the text says what to do.
pub fn start(log: &str, format: LogFormat) -> Result<(), String> {
    let terminal = io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter(log)?).with_writer(io::stderr);
    let started = match format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Auto if !terminal => lines.json().flatten_event(true).try_init(),
        LogFormat::Text if !terminal => lines.with_ansi(false).try_init(),
        LogFormat::Auto | LogFormat::Text => lines.try_init(),
    };
    started.map_err(|error| format!("logging cannot be started: {error}"))
}

/// Reads a filter such as `info` or `info,sqlx=warn`.
pub(crate) fn filter(log: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(log).map_err(|error| {
        format!("{log:?} is not a log filter: {error}; write a level such as info, or by module such as info,sqlx=warn")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_filter_is_refused_and_logging_starts_once() {
        let problem = start("api=loud", LogFormat::Auto).unwrap_err();
        assert!(problem.contains("api=loud") && problem.contains("write a level"), "{problem}");
        assert_eq!(start("off", LogFormat::Json), Ok(()));
        assert!(start("off", LogFormat::Text).unwrap_err().contains("cannot be started"));
    }
}
