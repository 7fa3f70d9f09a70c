//! What `bin/test` tells the tests.

/// A variable of the environment, if it is set to something.
#[expect(clippy::disallowed_methods, reason = "how the tests are run is told by the environment")]
pub(crate) fn variable(key: &str) -> Option<String> {
    std::env::var(key).ok().filter(|value| !value.is_empty())
}

/// A variable that cargo gives to whatever it runs: `.cargo/config.toml` says so.
pub fn of_cargo(key: &str) -> String {
    variable(key).unwrap_or_else(|| panic!("{key} is not set: the tests are not run by cargo"))
}

/// How much to do: the first number, or the second if `bin/test --long` was called.
pub fn rounds(short: usize, long: usize) -> usize {
    if variable("QAFILA_TEST_LONG").is_some() { long } else { short }
}
