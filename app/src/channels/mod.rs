//! Where it is sold: currency, languages, places, ways to pay, order numbers.

mod discounts;
mod languages;
mod rows;

pub use discounts::discount_cap;
pub use languages::{country, currency, offered};
pub use rows::{
    Payable, Source, all, by_code, by_id, load, locations, methods, next_numbers, set_cart_hold, set_discount_cap,
    set_locations, set_promise_days, set_return_days, sold_in,
};
