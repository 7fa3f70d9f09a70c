//! What columns keep as JSON, in words of each database.

use sea_orm::sea_query::Expr;

use crate::Backend;

impl Backend {
    /// The second number of the last pair, where a column keeps a list of pairs of numbers as JSON; null of an empty list.
    #[must_use]
    pub fn last_second(self, table: &'static str, column: &'static str) -> Expr {
        match self {
            Self::Sqlite => Expr::cust(format!("json_extract(\"{table}\".\"{column}\", '$[#-1][1]')")),
            Self::Postgres => {
                Expr::cust(format!("CAST(CAST(\"{table}\".\"{column}\" AS jsonb) -> -1 ->> 1 AS bigint)"))
            }
        }
    }
}
