//! What is sold.

mod browse;
