//! Doing a thing once, however often it is asked.

use sea_orm::{ConnectionTrait, Statement};

use crate::{Fault, Tx};

/// What makes two calls the same: who calls what, with which key and which input.
#[derive(Clone, Debug)]
pub struct Once {
    /// The mutation.
    pub operation: &'static str,
    /// The caller's key.
    pub key: String,
    /// A digest of the input: the same key with another input is refused.
    pub fingerprint: String,
}

/// Whether this call is the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is: do the work, then keep its answer.
    Fresh,
    /// It was done before, with this answer.
    Done(String),
    /// The key was used with another input.
    Reused,
}

/// The key was used before, with another input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the idempotency key was used with another input")]
pub struct KeyReused;

impl Tx {
    /// Claims the key for this transaction. A second caller waits here until the first has committed
    /// or given up.
    pub(crate) async fn claim(&self, once: &Once) -> Result<Claim, Fault> {
        let caller = self.stamp().actor.to_string();
        let tenant = self.scope().tenant.uuid();
        let sql = "INSERT INTO idempotency (tenant_id, operation, caller, key, fingerprint, at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let conn = self.conn().await?;
        let backend = conn.get_database_backend();
        let row = [
            tenant.into(),
            once.operation.into(),
            caller.clone().into(),
            once.key.clone().into(),
            once.fingerprint.clone().into(),
            self.now().into(),
        ];
        if conn.execute_raw(Statement::from_sql_and_values(backend, sql, row)).await?.rows_affected() == 1 {
            return Ok(Claim::Fresh);
        }
        let sql = "SELECT fingerprint, answer FROM idempotency \
                   WHERE tenant_id = $1 AND operation = $2 AND caller = $3 AND key = $4";
        let key = [tenant.into(), once.operation.into(), caller.into(), once.key.clone().into()];
        let found = conn.query_one_raw(Statement::from_sql_and_values(backend, sql, key)).await?;
        let Some(found) = found else { return Err(Fault::new("an idempotency key vanished")) };
        let fingerprint: String = found.try_get("", "fingerprint")?;
        let answer: Option<String> = found.try_get("", "answer")?;
        match answer {
            _ if fingerprint != once.fingerprint => Ok(Claim::Reused),
            Some(answer) => Ok(Claim::Done(answer)),
            None => Err(Fault::new("an idempotency key was committed without its answer")),
        }
    }

    /// Keeps the answer of a claimed key, in the same transaction as the work.
    pub(crate) async fn answer(&self, once: &Once, answer: &str) -> Result<(), Fault> {
        let sql = "UPDATE idempotency SET answer = $1 \
                   WHERE tenant_id = $2 AND operation = $3 AND caller = $4 AND key = $5";
        let conn = self.conn().await?;
        let values = [
            answer.into(),
            self.scope().tenant.uuid().into(),
            once.operation.into(),
            self.stamp().actor.to_string().into(),
            once.key.clone().into(),
        ];
        conn.execute_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?;
        Ok(())
    }
}
