//! Values of keys, parsed from text. A refusal says what to write instead, and shows no secret.

use std::{
    fmt::Display,
    net::SocketAddr,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
};

use app::events::amqp::{Address, Queue};
use axum::http::Uri;
use domain::events::address::Networks;

use crate::{
    config::{LogFormat, secret::Secret},
    telemetry,
};

/// What to write as a secret.
pub(super) const WRITE_A_SECRET: &str = "write at least 32 random characters, such as `openssl rand -base64 32` prints";

/// An IP address and a port.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().ok().ok_or_else(|| {
        format!(
            "{text:?} is not an IP address and a port; write 127.0.0.1:8000, or 0.0.0.0:8000 to be reached from outside"
        )
    })
}

/// An absolute web address, without the slashes at its end.
pub(super) fn url(text: &str) -> Result<String, String> {
    let uri: Option<Uri> = text.parse().ok();
    let usable = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && !text.contains(['?', '#', '@'])
    });
    if usable {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!("{text:?} is not a web address; write for example https://api.example.com"))
    }
}

/// A directory. It need not exist.
#[expect(clippy::unnecessary_wraps, reason = "every parser has one shape")]
pub(super) fn directory(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

/// Where the SQLite database is by default.
pub(super) fn sqlite_in(directory: &Path) -> String {
    let path = directory.join("qafila.db").to_string_lossy().replace('%', "%25").replace('?', "%3f");
    format!("sqlite://{path}")
}

/// Whether the data is in SQLite.
pub(super) fn is_sqlite(database_url: &str) -> bool {
    database_url.starts_with("sqlite:")
}

/// The URL of an SQLite file or a PostgreSQL database.
pub(super) fn database_url(text: &str) -> Result<String, String> {
    let said = "write sqlite://./data/qafila.db or postgres://user:password@host/name";
    if is_sqlite(text) && (text.contains(":memory:") || text.contains("mode=memory")) {
        let why = "each connection would see an empty database of its own, and all would be lost at the end";
        return Err(format!("SQLite in memory cannot be used: {why}; {said}"));
    }
    let named = ["sqlite://", "postgres://", "postgresql://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    if named.is_some_and(|rest| !rest.is_empty()) {
        Ok(text.to_owned())
    } else {
        Err(format!("this is not the URL of a database that can be used; {said}"))
    }
}

/// At least 32 characters.
pub(super) fn secret(text: &str) -> Result<Secret, String> {
    let n = text.chars().count();
    if n < 32 {
        return Err(format!(
            "{n} characters are too few to be a secret; write at least 32, such as `openssl rand -base64 32` prints"
        ));
    }
    Ok(Secret::new(text.to_owned()))
}

/// Yes or no.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    text.parse().ok().ok_or_else(|| format!("{text:?} is neither; write true or false"))
}

/// A whole number in a range.
pub(super) fn number<T: Copy + Display + FromStr + PartialOrd>(
    text: &str,
    allowed: &RangeInclusive<T>,
) -> Result<T, String> {
    text.parse().ok().filter(|number| allowed.contains(number)).ok_or_else(|| {
        format!("{text:?} cannot be used; write a whole number from {} to {}", allowed.start(), allowed.end())
    })
}

/// Networks, by commas. None is none.
pub(super) fn networks(text: &str) -> Result<Networks, String> {
    if text == "none" {
        return Ok(Networks::default());
    }
    let wrong = |_| format!("{text:?} is no list of networks; write for example \"10.0.0.0/8, fd00::/8\", or none");
    Networks::parse(text).map_err(wrong)
}

/// The URL of a RabbitMQ. None is none.
pub(super) fn amqp_url(text: &str) -> Result<Option<Address>, String> {
    if text == "none" {
        return Ok(None);
    }
    // It may hold a password, so it is not shown.
    let wrong = "this is not the URL of a RabbitMQ; write for example amqps://user:password@host/vhost, or none";
    Address::parse(text).map(Some).ok_or_else(|| wrong.to_owned())
}

/// Queues of RabbitMQ, each with what it is bound to. None is none.
pub(super) fn amqp_queues(text: &str) -> Result<Vec<Queue>, String> {
    if text == "none" {
        return Ok(Vec::new());
    }
    let wrong =
        || format!("{text:?} is no list of queues; write for example \"erp: shop.order.*, shop.payment.*; all: #\"");
    let queue = |part: &str| {
        let (name, bindings) = part.split_once(':')?;
        let bindings: Vec<_> = bindings.split(',').map(|binding| binding.trim().to_owned()).collect();
        let is_short = |word: &str| (1..=200).contains(&word.len());
        let name = name.trim().to_owned();
        (is_short(&name) && bindings.iter().all(|binding| is_short(binding))).then_some(Queue { name, bindings })
    };
    text.split(';').map(|part| queue(part).ok_or_else(wrong)).collect()
}

/// What is logged.
pub(super) fn log_filter(text: &str) -> Result<String, String> {
    telemetry::filter(text).map(|_| text.to_owned())
}

/// How log lines look.
pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "auto" => Ok(LogFormat::Auto),
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("{text:?} is no format; write auto, text or json")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_a_file_or_a_server() {
        for good in
            ["sqlite://./data/qafila.db", "sqlite:///var/q.db?mode=rwc", "postgres://h/n", "postgresql://u:p@h/n"]
        {
            assert_eq!(database_url(good).as_deref(), Ok(good));
        }
        for bad in ["sqlite://", "sqlite:q.db", "mysql://h/n", "q.db", "POSTGRES"] {
            assert!(database_url(bad).unwrap_err().contains("write sqlite://"), "{bad}");
        }
        for memory in ["sqlite::memory:", "sqlite://:memory:", "sqlite://q?mode=memory"] {
            assert!(database_url(memory).unwrap_err().contains("in memory cannot"), "{memory}");
        }
        assert!(!database_url("mysql://root:hush@h/n").unwrap_err().contains("hush"));
    }

    #[test]
    fn odd_directories_do_not_end_the_path_of_the_database() {
        assert_eq!(sqlite_in(Path::new("./data")), "sqlite://./data/qafila.db");
        assert_eq!(sqlite_in(Path::new("/50%?")), "sqlite:///50%25%3f/qafila.db");
    }

    #[test]
    fn a_web_address_is_absolute() {
        assert_eq!(url("https://shop.example.com/").as_deref(), Ok("https://shop.example.com"));
        assert_eq!(url("http://127.0.0.1:8000/api").as_deref(), Ok("http://127.0.0.1:8000/api"));
        for bad in
            ["shop.example.com", "ftp://shop", "https://", "/graphql", "https://a/?q", "https://a/#b", "https://u@a"]
        {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_have_limits() {
        assert_eq!(number("7", &(1_u32..=9)), Ok(7));
        for bad in ["0", "10", "-1", "1.5", "x", ""] {
            assert!(number(bad, &(1_u32..=9)).unwrap_err().contains("from 1 to 9"), "{bad}");
        }
    }

    #[test]
    fn networks_are_listed_by_commas() {
        assert_eq!(networks("none"), Ok(Networks::default()));
        assert_ne!(networks("10.0.0.0/8, fd00::/8"), Ok(Networks::default()));
        assert!(networks("10.0.0.1").unwrap_err().contains("write for example"));
    }

    #[test]
    fn words_are_exact() {
        assert_eq!(switch("false"), Ok(false));
        assert!(switch("yes").is_err());
        assert_eq!(log_format("json"), Ok(LogFormat::Json));
        assert!(log_format("xml").is_err());
        assert_eq!(log_filter("info,sqlx=warn").as_deref(), Ok("info,sqlx=warn"));
        assert!(log_filter("sqlx=loud").is_err());
    }

    #[test]
    fn a_short_secret_is_refused_and_not_shown() {
        assert!(!secret("hush-hush").unwrap_err().contains("hush"));
        assert_eq!(secret(&"s".repeat(32)).unwrap().expose().len(), 32);
    }
}
