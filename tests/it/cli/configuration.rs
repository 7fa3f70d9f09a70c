//! Settings that cannot be used.

use super::place::Place;

/// The lines of a list of what is wrong.
fn problems(said: &str) -> Vec<&str> {
    let lines: Vec<_> = said.lines().collect();
    let (first, rest) = lines.split_first().expect("something is said");
    assert_eq!(*first, "the configuration cannot be used:", "{said}");
    rest.iter().map(|line| line.strip_prefix("  - ").unwrap_or_else(|| panic!("{line}"))).collect()
}

#[test]
fn all_that_is_wrong_is_told_at_once_with_what_to_write_instead() {
    let place = Place::new();
    place.write("qafila.toml", "max_query_dept = 3\nmax_body_bytes = 5\ntoken_secret = \"hush-hush\"\n");
    let variables = [("QAFILA_LOG_FORMAT", "xml"), ("QAFILA_DEMO", "perhaps")];
    let flags = ["--listen", "8000", "--database-url", "mysql://root:hush-hush@host/name"];
    for command in ["serve", "migrate", "seed", "verify"] {
        let said = place.run_with(&variables, &[&[command][..], &flags].concat());
        let problems = problems(said.refused());
        let wanted = [
            ("listen, from --listen: ", "write 127.0.0.1:8000"),
            ("database_url, from --database-url: ", "write sqlite://"),
            ("token_secret, from qafila.toml: 9 characters", "write at least 32"),
            ("log_format, from QAFILA_LOG_FORMAT: \"xml\"", "write auto, text or json"),
            ("max_body_bytes, from qafila.toml: \"5\"", "write a whole number from 1024 to 67108864"),
            ("demo, from QAFILA_DEMO: \"perhaps\"", "write true or false"),
            ("max_query_dept, from qafila.toml: there is no such key", "write max_query_depth?"),
        ];
        assert_eq!(problems.len(), wanted.len(), "{said:?}");
        for (begins, instead) in wanted {
            let told = problems.iter().find(|problem| problem.starts_with(begins));
            assert!(told.is_some_and(|problem| problem.contains(instead)), "{begins} … {instead}: {problems:#?}");
        }
        assert!(!said.err.contains("hush-hush"), "secrets are not shown: {said:?}");
    }
    assert!(!place.has("data"), "nothing is made");
}

#[test]
fn each_setting_that_makes_no_sense_says_what_would() {
    let place = Place::new();
    for (variable, value, instead) in [
        ("QAFILA_LISTEN", "localhost:8000", "write 127.0.0.1:8000"),
        ("DATABASE_URL", "sqlite::memory:", "write sqlite://./data/qafila.db"),
        ("DATABASE_URL", "postgres://host/name", "token_secret is not set"),
        ("QAFILA_PUBLIC_URL", "shop.example", "write for example https://api.example.com"),
        ("QAFILA_TOKEN_SECRET", "short", "write at least 32"),
        ("QAFILA_ACCESS_TOKEN_MINUTES", "0", "write a whole number from 1 to 1440"),
        ("QAFILA_REFRESH_TOKEN_DAYS", "-1", "write a whole number from 1 to 365"),
        ("QAFILA_PAYMENT_WINDOW_MINUTES", "1.5", "write a whole number from 1 to 1440"),
        ("QAFILA_TRANSFER_WINDOW_HOURS", "x", "write a whole number from 1 to 720"),
        ("QAFILA_CARD_SIMULATOR", "yes", "write true or false"),
        ("QAFILA_SIMULATOR_DELAY_SECONDS", "601", "write a whole number from 0 to 600"),
        ("QAFILA_WEBHOOK_ALLOWED_NETWORKS", "10.0.0.1", "write for example \"10.0.0.0/8, fd00::/8\""),
        ("QAFILA_EVENT_RETENTION_DAYS", "0", "write a whole number from 1 to 3650"),
        ("QAFILA_AMQP_URL", "http://host", "write for example amqps://user:password@host/vhost"),
        ("QAFILA_AMQP_QUEUES", "erp", "write for example \"erp: shop.order.*"),
        ("QAFILA_LOG", "api=loud", "write a level such as info"),
        ("QAFILA_MAX_QUERY_DEPTH", "101", "write a whole number from 1 to 100"),
        ("QAFILA_MAX_QUERY_COMPLEXITY", "0", "write a whole number from 1 to 1000000"),
        ("QAFILA_MAX_QUERY_ALIASES", "1001", "write a whole number from 1 to 1000"),
        ("QAFILA_REQUEST_TIMEOUT_SECONDS", "0", "write a whole number from 1 to 600"),
        ("QAFILA_DATABASE_CONNECTIONS", "99999999999", "write a whole number from 1 to 500"),
        ("QAFILA_CONFIG", "nowhere.toml", "write the path of a TOML file"),
    ] {
        let said = place.run_with(&[(variable, value)], &[]);
        let problems = problems(said.refused());
        assert!(problems.len() == 1 && problems[0].contains(instead), "{variable}={value}: {problems:#?}");
    }
    assert!(!place.has("data"), "nothing is made");
}

#[test]
fn a_file_that_is_no_toml_is_refused_by_its_line_and_not_shown() {
    let place = Place::new();
    place.write("other.toml", "demo = true\ntoken_secret = hush-hush\n");
    let said = place.run(&["serve", "--config", "other.toml"]);
    let problems = problems(said.refused());
    assert!(problems[0].starts_with("other.toml, line 2: ") && problems[0].contains("write key = value"), "{said:?}");
    assert!(!said.err.contains("hush-hush"), "{said:?}");
}

#[test]
fn an_address_that_is_taken_is_refused() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let variables = [("QAFILA_DEMO", "false"), ("QAFILA_LOG", "error")];
    let said = place.run_with(&variables, &["serve", "--listen", &address]);
    let wanted = format!("cannot listen on {address}: ");
    assert!(said.refused().starts_with(&wanted), "{said:?}");
    assert!(said.err.contains("write another one as --listen or QAFILA_LISTEN"), "{said:?}");
}
