//! What HTTP says of a request: whose shop, which channel, which language, and what it may cost.

mod asking;
mod context;
mod fault;
mod graphiql;
mod operator;
mod persisted;
mod tenants;
