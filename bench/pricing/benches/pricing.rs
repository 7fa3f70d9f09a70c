//! How long it takes to price a cart, and a page: `cargo bench` in `bench/pricing`.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;

use bench_pricing::{
    book::{asks, book},
    cart,
    promotions::{Applying, bundles, coupons, promotions},
};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::pricing::quote::quote;

fn carts(criterion: &mut Criterion) {
    let carts = [
        ("a cart of 100 lines, 200 promotions, many of which apply", promotions(Applying::Many)),
        ("a cart of 100 lines, 200 promotions, few of which apply", promotions(Applying::Few)),
        ("a cart of 100 lines, ten bundles of eight parts", bundles()),
        ("a cart of 100 lines, no promotion", Vec::new()),
    ];
    for (name, promotions) in carts {
        let facts = cart(promotions, coupons());
        let quoted = quote(&facts).unwrap();
        println!("{name}: {} applied, {} refused", quoted.applied.len(), quoted.refused.len());
        criterion.bench_function(name, |bencher| bencher.iter(|| quote(black_box(&facts))));
    }
}

fn pages(criterion: &mut Criterion) {
    let (book, asks) = (book(), asks());
    assert!(asks.iter().all(|ask| book.price(*ask).unwrap().is_some()));
    criterion.bench_function("prices of 100 variants, three lists deep", |bencher| {
        bencher.iter(|| asks.iter().filter_map(|ask| black_box(&book).price(*ask).unwrap()).count());
    });
}

criterion_group!(benches, carts, pages);
criterion_main!(benches);
