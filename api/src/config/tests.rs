//! The sources together, and the reference file.

use std::{cell::RefCell, collections::BTreeSet, env, fs};

use clap::Args;

use super::*;

/// A directory of one test, removed at its end.
pub(super) struct Directory(PathBuf);

impl Directory {
    pub(super) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("qafila-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const EXAMPLE: &str = include_str!("../../../qafila.example.toml");

fn read(flags: ConfigFlags, env: &dyn Fn(&str) -> Option<String>, file: &str) -> Result<Config, ConfigErrors> {
    let mut from = Reader::new(env);
    from.file(file::parse(Path::new("q.toml"), file).unwrap());
    Config::read(flags, from, |_| Ok(Secret::new("kept".to_owned())))
}

fn nothing(_: &str) -> Option<String> {
    None
}

/// The reference file with its settings in force: a setting is `#key = …`, prose is `# …`.
fn uncommented() -> String {
    let setting = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_owned);
    EXAMPLE.lines().filter_map(setting).map(|line| line + "\n").collect()
}

#[test]
fn nothing_set_gives_the_defaults() {
    let config = read(ConfigFlags::default(), &nothing, "").unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(config.database_url, "sqlite://./data/qafila.db");
    assert_eq!(config.public_url, "http://127.0.0.1:8000");
    assert_eq!(config.token_secret.expose(), "kept");
    assert_eq!((config.access_token_minutes, config.refresh_token_days), (15, 30));
    assert_eq!((config.payment_window_minutes, config.transfer_window_hours), (30, 48));
    assert_eq!((config.card_simulator, config.simulator_delay_seconds, config.demo), (true, 2, true));
    assert_eq!((config.log.as_str(), config.log_format), ("info,sqlx=warn", LogFormat::Auto));
    assert_eq!((config.max_body_bytes, config.max_query_depth, config.max_query_complexity), (1_048_576, 20, 2000));
    assert_eq!((config.request_timeout_seconds, config.database_connections), (30, 8));
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file() {
    let file = "access_token_minutes = 1\nrefresh_token_days = 1\npayment_window_minutes = 1\ndemo = false";
    let env = |name: &str| match name {
        "QAFILA_REFRESH_TOKEN_DAYS" | "QAFILA_PAYMENT_WINDOW_MINUTES" => Some("2".to_owned()),
        "QAFILA_DEMO" => Some(String::new()),
        "DATABASE_URL" => Some("sqlite:///elsewhere.db".to_owned()),
        _ => None,
    };
    let flags = ConfigFlags { payment_window_minutes: Some("3".to_owned()), ..ConfigFlags::default() };
    let config = read(flags, &env, file).unwrap();
    assert_eq!((config.access_token_minutes, config.refresh_token_days, config.payment_window_minutes), (1, 2, 3));
    assert!(!config.demo, "an empty variable is none");
    assert_eq!(config.database_url, "sqlite:///elsewhere.db");
}

#[test]
fn what_is_derived_follows_what_is_set() {
    let config = read(ConfigFlags::default(), &nothing, "listen = \"[::1]:80\"\ndata_dir = \"/srv/q\"").unwrap();
    assert_eq!(config.public_url, "http://[::1]:80");
    assert_eq!(config.database_url, "sqlite:///srv/q/qafila.db");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let file = "listen = 8000\nmax_query_dept = 3\nlog = [1]\ntoken_secret = \"hush\"\n[database]\nurl = \"x\"";
    let env = |name: &str| (name == "QAFILA_LOG_FORMAT").then(|| "xml".to_owned());
    let flags = ConfigFlags { database_url: Some("sqlite::memory:".to_owned()), ..ConfigFlags::default() };
    let said = read(flags, &env, file).unwrap_err().to_string();
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 8, "{said}");
    assert_eq!(lines[0], "the configuration cannot be used:");
    assert!(
        lines[1].starts_with("  - listen, from q.toml: \"8000\" is not an IP address and a port; write "),
        "{said}"
    );
    assert!(lines[2].starts_with("  - database_url, from --database-url: SQLite in memory cannot be used: "), "{said}");
    assert!(lines[3].starts_with("  - token_secret, from q.toml: 4 characters are too few"), "{said}");
    assert!(lines[4].starts_with("  - log, from q.toml: write text"), "{said}");
    assert!(lines[5].starts_with("  - log_format, from QAFILA_LOG_FORMAT: \"xml\" is no format"), "{said}");
    assert!(lines[6].starts_with("  - database, from q.toml: there is no such key; write "), "{said}");
    assert_eq!(lines[7], "  - max_query_dept, from q.toml: there is no such key; write max_query_depth?");
}

#[test]
fn postgresql_wants_a_secret_of_its_own() {
    let url = "database_url = \"postgres://u:p@h/n\"\n";
    let said = read(ConfigFlags::default(), &nothing, url).unwrap_err().to_string();
    assert!(said.contains("token_secret is not set: with PostgreSQL"), "{said}");
    let said =
        read(ConfigFlags::default(), &nothing, &format!("{url}token_secret = \"hush\"")).unwrap_err().to_string();
    assert_eq!(said.matches("token_secret").count(), 1, "{said}");
    let config = read(ConfigFlags::default(), &nothing, &format!("{url}token_secret = \"{SECRET}\"")).unwrap();
    assert_eq!(config.token_secret.expose(), SECRET);
}

#[test]
fn a_config_shows_no_password() {
    let file = format!("database_url = \"postgres://u:hush@h/n\"\ntoken_secret = \"{SECRET}\"");
    let shown = format!("{:?}", read(ConfigFlags::default(), &nothing, &file).unwrap());
    assert!(!shown.contains("hush") && !shown.contains(SECRET), "{shown}");
}

#[test]
fn a_chosen_file_is_read_and_a_secret_is_kept_in_the_data_directory() {
    let directory = Directory::new("load");
    let (file, data) = (directory.path().join("q.toml"), directory.path().join("data"));
    fs::write(&file, format!("data_dir = {:?}\ndemo = false", data.to_str().unwrap())).unwrap();
    let env = |name: &str| (name == "QAFILA_CONFIG").then(|| file.to_str().unwrap().to_owned());
    let config = Config::load(ConfigFlags::default(), env).unwrap();
    assert!(!config.demo);
    assert_eq!(fs::read_to_string(data.join("token-secret")).unwrap(), config.token_secret.expose());
    assert_eq!(Config::load(ConfigFlags::default(), env).unwrap(), config);
}

#[test]
fn a_refused_configuration_makes_nothing() {
    let directory = Directory::new("refused");
    let data = directory.path().join("data");
    let flags = ConfigFlags {
        config: Some("/nowhere/q.toml".to_owned()),
        data_dir: Some(data.to_str().unwrap().to_owned()),
        demo: Some("perhaps".to_owned()),
        ..ConfigFlags::default()
    };
    let said = Config::load(flags, nothing).unwrap_err().to_string();
    assert!(said.contains("/nowhere/q.toml") && said.contains("--demo"), "{said}");
    assert!(!data.exists());
}

#[test]
fn every_key_has_a_flag_a_variable_and_a_line_in_the_reference() {
    let asked = RefCell::new(BTreeSet::new());
    let note = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        None
    };
    read(ConfigFlags::default(), &note, "").unwrap();

    let command = ConfigFlags::augment_args(clap::Command::new("test"));
    let keys: Vec<_> = command.get_arguments().map(|arg| arg.get_id().as_str()).filter(|id| *id != "config").collect();
    let variables: BTreeSet<_> = keys.iter().map(|key| reader::env_name(key)).collect();
    assert_eq!(*asked.borrow(), variables);

    for arg in command.get_arguments().filter(|arg| arg.get_id() != "config") {
        let (key, variable) = (arg.get_id().as_str(), reader::env_name(arg.get_id().as_str()));
        assert!(arg.get_help().unwrap().to_string().ends_with(&format!("[env: {variable}]")), "--help of {key}");
        let line =
            EXAMPLE.lines().position(|line| line.starts_with(&format!("#{key} = "))).unwrap_or_else(|| panic!("{key}"));
        let prose = EXAMPLE.lines().take(line).last().unwrap();
        assert!(prose.starts_with('#') && prose.contains(&format!("Environment: {variable}.")), "{key}: {prose}");
        assert!(prose.contains("Default: "), "{key}: {prose}");
    }
}

#[test]
fn the_reference_says_the_defaults() {
    let defaults = read(ConfigFlags::default(), &nothing, "").unwrap();
    assert_eq!(read(ConfigFlags::default(), &nothing, &uncommented()).unwrap(), defaults);
    assert_eq!(read(ConfigFlags::default(), &nothing, EXAMPLE).unwrap(), defaults);
    let keys = uncommented().parse::<toml::Table>().unwrap().len();
    assert_eq!(keys, 28);
}
