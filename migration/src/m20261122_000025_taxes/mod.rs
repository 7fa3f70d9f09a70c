//! Taxes by class, place and date.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, Statement, prelude::Uuid},
};

use crate::{guard, run};

/// Makes the tables of taxes, and carries over the rates that there are.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000025_taxes"
    }
}

/// The tables that it makes.
const TABLES: [&str; 4] = ["tax_class", "product_tax_class", "tax_rule", "tax_exemption"];

/// What the amounts of orders and of their lines come to: the tax is on top where prices do not include it.
const CHECKS: [(&str, &str, &str); 2] = [
    (
        "order",
        "total_minor = subtotal_minor - discount_minor + delivery_minor - delivery_discount_minor + fee_minor",
        "total_minor = subtotal_minor - discount_minor + delivery_minor - delivery_discount_minor + fee_minor \
         + CASE WHEN prices_include_tax THEN 0 ELSE tax_minor END",
    ),
    (
        "order_line",
        "total_minor = subtotal_minor - discount_minor AND subtotal_minor = unit_minor * quantity",
        "total_minor = subtotal_minor - discount_minor + CASE WHEN prices_include_tax THEN 0 ELSE tax_minor END \
         AND subtotal_minor = unit_minor * quantity",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("taxes.sql")).await?;
        for (table, was, next) in CHECKS {
            guard::recheck(manager, table, was, next).await?;
        }
        guard::open_to_owner(manager, "tax_rate", true).await?;
        carry_over(manager).await?;
        guard::open_to_owner(manager, "tax_rate", false).await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}

/// An id of version 7 as if it were made at the epoch, for what nobody counted so far.
const FIRST_ID: u128 = 0x0000_0000_0000_7000_8000_0000_0000_0000;

/// The rates that there are go for the standard class, and always have. The code before this one goes on reading them where
/// they were.
async fn carry_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let rates = "SELECT tenant_id, country, rate_bps FROM tax_rate ORDER BY tenant_id, country";
    for (n, row) in (0..).zip(db.query_all_raw(Statement::from_string(db.get_database_backend(), rates)).await?) {
        let bps = row.try_get::<i32>("", "rate_bps")?;
        let category = if bps == 0 { "OUT_OF_SCOPE" } else { "STANDARD" };
        let columns = ["tenant_id", "id", "country", "region_key", "starts_at", "category", "rate_bps"];
        let values = [
            Expr::val(row.try_get::<Uuid>("", "tenant_id")?),
            Expr::val(Uuid::from_u128(FIRST_ID | n)),
            Expr::val(row.try_get::<String>("", "country")?),
            Expr::val(""),
            Expr::val(0_i64),
            Expr::val(category),
            Expr::val(bps),
        ];
        let mut insert = Query::insert();
        insert
            .into_table("tax_rule")
            .columns(columns)
            .values(values)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        db.execute(&insert).await?;
    }
    Ok(())
}
