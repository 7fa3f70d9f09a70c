//! Adapters to providers, without I/O: each builds requests and reads answers; the one executor in
//! `app` carries them over the wire.

pub mod secret;
pub mod simulator;
pub mod standard_webhooks;
pub mod tax_engine;
