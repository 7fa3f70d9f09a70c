//! What HTTP says of a request: whose shop, which channel, which language, and what it may cost.

pub mod asking;
mod context;
mod dry_run;
mod fault;
mod graphiql;
mod limits;
mod operator;
mod persisted;
mod request;
mod tenancy;
mod tenants;
