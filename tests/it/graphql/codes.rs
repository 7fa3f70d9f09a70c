//! Every error code is worded in both languages, and met by a test.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use tests::shop::Shop;

use super::introspection::{Schema, list, name};

/// Codes that no test meets, and why.
const NOT_MET: &[(&str, &str)] = &[];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

async fn codes() -> Vec<String> {
    let shop = Shop::open().await;
    let schema = Schema::of(&shop.anonymous()).await;
    let codes: Vec<_> =
        list(schema.kind("ErrorCode"), "enumValues").iter().map(|value| name(value).to_owned()).collect();
    assert!(50 < codes.len(), "{codes:?}");
    codes
}

/// The variables of a message; `None` if the language has none of this key.
fn variables(file: &str, key: &str) -> Option<BTreeSet<String>> {
    let mut lines = file.lines().skip_while(|line| !line.starts_with(&format!("{key} =")));
    let first = lines.next()?;
    let rest = lines.take_while(|line| line.starts_with(' '));
    let text: String = std::iter::once(first).chain(rest).collect();
    let words = text.split('$').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    Some(words.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_has_a_message_in_arabic_and_in_english_with_the_same_values() {
    let [ar, en] =
        ["ar", "en"].map(|tag| fs::read_to_string(root().join(format!("locales/{tag}/errors.ftl"))).unwrap());
    for code in codes().await {
        let key = code.to_lowercase().replace('_', "-");
        let [arabic, english] = [&ar, &en].map(|file| variables(file, &key));
        assert!(arabic.is_some() && english.is_some(), "{key}: {arabic:?} {english:?}");
        assert_eq!(arabic, english, "{key}");
    }
}

/// The text of every test but of this one.
fn tests(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, text);
        } else if path != root().join(file!()) {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_is_met_by_a_test() {
    let mut text = String::new();
    tests(&root().join("tests/it"), &mut text);
    // Alone, or followed by the field: `"CART_EMPTY cart"`.
    let met = |code: &str| ["\"", " "].iter().any(|end| text.contains(&format!("\"{code}{end}")));
    let excepted = |code: &str| NOT_MET.iter().any(|(known, _)| *known == code);
    let unmet: Vec<_> = codes().await.into_iter().filter(|code| !met(code) && !excepted(code)).collect();
    assert!(unmet.is_empty(), "no test holds {unmet:?}");
    let stale: Vec<_> = NOT_MET.iter().filter(|(code, _)| met(code)).collect();
    assert!(stale.is_empty(), "no exceptions any more: {stale:?}");
}
