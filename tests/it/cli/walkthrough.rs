//! The README's walk-through, on a server that has just been started.

use std::{fs, process::Command};

use tests::environment::of_cargo;

use super::{
    place::{Place, Said, root},
    served::Served,
};

/// What a server may hold in memory after it, besides its program: how large that is depends on how it is built, and the
/// system takes its pages back when it needs them.
const MOST_KIB: u64 = 20 * 1024;

#[test]
fn the_walk_through_of_the_readme_works_and_the_server_stays_small() {
    let place = Place::new();
    // As `cargo run` starts it.
    let memory = ["MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_"].map(|name| (name, of_cargo(name)));
    let [heaps, large] = memory.each_ref().map(|(name, value)| (*name, value.as_str()));
    let server = Served::start(&place, &[("QAFILA_LOG", "warn"), heaps, large]);
    let walked = Command::new("bash").arg(root().join("bin/walkthrough")).arg(server.url()).output().unwrap();
    let said = Said::of(&walked);
    let lines: Vec<_> = said.well().lines().collect();
    assert!(lines.iter().any(|line| line.contains(r#""state":"SHIPPED""#)), "{said:?}");
    let (price, cart) = (lines[lines.len() - 3], lines[lines.len() - 1]);
    assert!(price.contains("rimal-contract") && price.contains("12"), "the contract, and why: {price}");
    assert!(cart.contains("خصم الترحيب"), "the discount of the coupon: {cart}");
    if let Some(kib) = held_kib(server.id()) {
        assert!((5 * 1024..=MOST_KIB).contains(&kib), "{kib} KiB held; at most {MOST_KIB}");
    }
    server.stop();
}

#[test]
fn the_walk_through_says_when_a_shop_has_other_goods() {
    let place = Place::new();
    place.copy_fixture("shop");
    place.run_with(&[("QAFILA_LOG", "error")], &["seed", "--from", "shop"]).well();
    let server = Served::start(&place, &[("QAFILA_LOG", "warn")]);
    let walked = Command::new("bash").arg(root().join("bin/walkthrough")).arg(server.url()).output().unwrap();
    let said = Said::of(&walked);
    assert_eq!(said.code, Some(1), "this shop has no such dates: {said:?}");
    server.stop();
}

/// What a process holds in memory besides its program; `None` where that is not told this way.
fn held_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
