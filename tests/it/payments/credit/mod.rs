//! Gift cards and store credit.

pub mod ask;
mod at_once;
mod back;
mod expire;
mod manage;
mod pay;
mod refuse;
