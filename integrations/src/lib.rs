//! Adapters to providers, without I/O: each builds requests and reads answers; the one executor in
//! `app` carries them over the wire.

pub mod secret;
pub mod simulator;
