//! How long it takes to price a cart, and a page: `cargo bench` in `bench/pricing`.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;

use bench_pricing::{
    book::{asks, book},
    cart, cart_of,
    promotions::{Applying, bundle_at_a_price, bundles, coupons, promotions},
};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::pricing::quote::quote;

fn carts(criterion: &mut Criterion) {
    let carts = [
        ("a cart of 100 lines, 200 promotions, many of which apply", cart(promotions(Applying::Many), coupons())),
        ("a cart of 100 lines, 200 promotions, few of which apply", cart(promotions(Applying::Few), coupons())),
        ("a cart of 100 lines, ten bundles of eight parts", cart(bundles(), coupons())),
        ("a cart of 100 lines of 999 pieces, a bundle at a price", cart_of(999, bundle_at_a_price())),
        ("a cart of 100 lines, no promotion", cart(Vec::new(), coupons())),
    ];
    for (name, facts) in carts {
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
