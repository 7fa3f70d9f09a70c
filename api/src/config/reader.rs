//! Reads one key after another from where it is set, and remembers what is wrong.

use std::{fmt::Display, ops::RangeInclusive, path::PathBuf, str::FromStr};

use crate::config::{errors::ConfigErrors, file::File, nearest::nearest, value};

/// The sources of the configuration.
pub(super) struct Reader<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    path: PathBuf,
    table: toml::Table,
    known: Vec<&'static str>,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reads the environment.
    pub(super) fn new(env: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { env, path: PathBuf::new(), table: toml::Table::new(), known: vec![], problems: vec![] }
    }

    /// Reads a file as well.
    pub(super) fn file(&mut self, file: File) {
        self.path = file.path;
        self.table = file.table;
    }

    /// Notes something that is wrong.
    pub(super) fn wrong(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// The value of a key, or its default.
    ///
    /// If `parse` refuses it, this is noted, and the default stands in.
    pub(super) fn key<T>(
        &mut self,
        name: &'static str,
        flag: Option<String>,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        match self.optional(name, flag, parse) {
            Ok(value) => value.unwrap_or(default),
            Err(problem) => {
                self.wrong(problem);
                default
            }
        }
    }

    /// The value of a key, from its flag or else the environment or else the file, or what is wrong with it.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        flag: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        self.known.push(name);
        let in_file = self.table.remove(name);
        let given = filled(flag).map(|text| (flag_name(name), text));
        let given = given.or_else(|| filled((self.env)(&env_name(name))).map(|text| (env_name(name), text)));
        let Some((source, text)) = given.map_or_else(|| self.in_file(name, in_file), |given| Ok(Some(given)))? else {
            return Ok(None);
        };
        parse(text.trim()).map(Some).map_err(|problem| format!("{name}, from {source}: {problem}"))
    }

    /// The value of a key that is a whole number.
    pub(super) fn number<T: Copy + Display + FromStr + PartialOrd>(
        &mut self,
        name: &'static str,
        flag: Option<String>,
        default: T,
        allowed: RangeInclusive<T>,
    ) -> T {
        self.key(name, flag, default, |text| value::number(text, &allowed))
    }

    /// Refuses what is left in the file, and tells all that was wrong.
    pub(super) fn done(self) -> Result<(), ConfigErrors> {
        let mut problems = self.problems;
        for name in self.table.keys() {
            let meant = nearest(name, &self.known).unwrap_or_default();
            problems.push(format!("{name}, from {}: there is no such key; write {meant}?", self.path.display()));
        }
        ConfigErrors::all(problems)
    }

    /// The text of a value in the file, and where it is from; nothing if it is empty.
    fn in_file(&self, name: &str, value: Option<toml::Value>) -> Result<Option<(String, String)>, String> {
        use toml::Value::{Array, Boolean, Datetime, Float, Integer, String, Table};
        let source = self.path.display().to_string();
        match value {
            None => Ok(None),
            Some(String(text)) => Ok(filled(Some(text)).map(|text| (source, text))),
            Some(Integer(number)) => Ok(Some((source, number.to_string()))),
            Some(Boolean(switch)) => Ok(Some((source, switch.to_string()))),
            Some(Float(_) | Datetime(_) | Array(_) | Table(_)) => {
                Err(format!("{name}, from {source}: write text in quotes, a whole number, true or false"))
            }
        }
    }
}

/// The text, unless it is empty.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The flag that sets a key.
fn flag_name(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

/// The environment variable that sets a key.
pub(super) fn env_name(key: &str) -> String {
    if key == "database_url" { "DATABASE_URL".to_owned() } else { format!("QAFILA_{}", key.to_uppercase()) }
}
