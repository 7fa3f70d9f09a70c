//! Help that a stranger can use.

use std::fs;

use super::place::{Place, root};

#[test]
fn help_names_every_command() {
    let place = Place::new();
    for flag in ["--help", "-h"] {
        let said = place.run(&[flag]);
        for command in ["serve", "migrate", "seed", "schema", "verify"] {
            let told = said.well().lines().find(|line| line.trim_start().starts_with(command));
            assert!(told.is_some_and(|line| command.len() + 10 < line.trim().len()), "{command}: {said:?}");
        }
    }
    assert!(place.run(&["--help"]).well().contains("Without a command it serves"));
    assert_eq!(place.run(&["--version"]).well(), concat!("qafila ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn each_command_has_help_that_says_what_it_does() {
    let place = Place::new();
    for (command, does) in [
        ("serve", "Serves GraphQL over HTTP (the default)"),
        ("migrate", "Brings the database's tables up to date"),
        ("seed", "Fills a tenant with a shop from a folder of TOML files"),
        ("schema", "Prints the GraphQL schema"),
        ("verify", "exits with 1 and record ids if one does not"),
    ] {
        let said = place.run(&[command, "--help"]);
        let text = said.well().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(does) && text.contains(&format!("Usage: qafila {command}")), "{said:?}");
    }
    let seed = place.run(&["seed", "--help"]);
    assert!(seed.well().contains("--tenant") && seed.out.contains("--from") && seed.out.contains("demo"), "{seed:?}");
}

#[test]
fn help_names_the_flag_and_the_variable_of_every_key_of_the_example_file() {
    let place = Place::new();
    let example = fs::read_to_string(root().join("qafila.example.toml")).unwrap();
    let setting = |line: &str| Some(line.strip_prefix('#')?.split_once(" = ")?.0.to_owned());
    let keys: Vec<_> = example.lines().filter(|line| !line.starts_with("# ")).filter_map(setting).collect();
    assert!(15 < keys.len(), "{keys:?}");
    for command in [&["--help"][..], &["serve", "--help"], &["migrate", "--help"], &["verify", "--help"]] {
        let said = place.run(command);
        for key in &keys {
            let (flag, upper) = (key.replace('_', "-"), key.to_uppercase());
            let variable = if key == "database_url" { upper } else { format!("QAFILA_{upper}") };
            assert!(said.well().contains(&format!("--{flag} <")), "{flag} in {command:?}");
            assert!(said.out.contains(&format!("[env: {variable}]")), "{variable} in {command:?}");
            assert!(example.contains(&format!("Environment: {variable}. Default: ")), "{variable} in the example");
        }
    }
}

#[test]
fn a_mistyped_flag_or_command_is_refused_with_the_nearest() {
    let place = Place::new();
    for (arguments, meant) in
        [(&["--listne", "x"][..], "--listen"), (&["serv"], "serve"), (&["seed", "--form"], "--from")]
    {
        let said = place.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
        assert!(said.err.contains(meant), "{said:?}");
    }
    assert!(!place.has("data"), "nothing is made");
}
