//! What HTTP says of a request: whose shop, which channel, which language.

mod tenants;
