//! What the store counts.

use prometheus::{IntCounter, Registry};

/// Counters of the store, registered where the operator's metrics are gathered.
#[derive(Clone, Debug)]
pub struct Stats {
    pub(crate) statements: IntCounter,
    pub(crate) commits: IntCounter,
    pub(crate) rollbacks: IntCounter,
}

impl Stats {
    /// Counters in `registry`.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let counter = |name, help| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        Ok(Self {
            statements: counter("qafila_sql_statements_total", "SQL statements run")?,
            commits: counter("qafila_transactions_committed_total", "Write transactions committed")?,
            rollbacks: counter("qafila_transactions_rolled_back_total", "Write transactions given up")?,
        })
    }
}
