//! The modular monolith: one module a context, one file a use case. Each loads, decides, saves and
//! emits, and says in its signature who may do it.
//!
//! The database is reached through a scope only. What forgets its tenant does not compile:
//!
//! ```compile_fail
//! use sea_orm::EntityTrait;
//! async fn every_tenants_orders(tx: &store::Tx) {
//!     // `Tx` is no `ConnectionTrait`: a query without a tenant cannot be run.
//!     let _ = entity::orders::order::Entity::find().all(tx).await;
//! }
//! ```
//!
//! The same with the tenant does:
//!
//! ```
//! async fn this_tenants_orders(tx: &store::Tx) -> Result<(), store::Fault> {
//!     let _ = tx.find::<entity::orders::order::Entity>().all().await?;
//!     Ok(())
//! }
//! ```

pub mod cart;
pub mod catalog;
pub mod channels;
pub mod checkout;
pub mod cx;
mod digest;
pub mod events;
pub mod fulfilment;
pub mod identity;
pub mod inventory;
pub mod list;
pub mod live;
pub mod news;
pub mod orders;
pub mod organisations;
mod outside;
pub mod payments;
pub mod pricing;
pub mod refusal;
pub mod seed;
pub mod verify;
pub mod worker;
