//! Promotions by rules, coupons, and what was used of them.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{QueryResult, Statement, prelude::Uuid},
};

use type_safe_id::{DynamicType, TypeSafeId};

use crate::{guard, run};

/// Makes the tables of promotions, and carries over those that there are.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000022_promotions"
    }
}

/// The tables that it makes.
const TABLES: [&str; 5] = ["promotion", "coupon", "coupon_count", "promotion_customer", "promotion_use"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait elides it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["promotion", "channel"] {
            guard::open_to_owner(manager, table, true).await?;
        }
        run(manager, include_str!("promotions.sql")).await?;
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        let before = "SELECT p.*, c.currency, c.code AS channel FROM promotion_before p JOIN channel c \
                      ON c.tenant_id = p.tenant_id AND c.id = p.channel_id ORDER BY p.tenant_id, p.code, p.id";
        for row in db.query_all_raw(Statement::from_string(backend, before)).await? {
            db.execute(&carried_over(&row)?).await?;
        }
        run(manager, "DROP TABLE promotion_before;").await?;
        guard::open_to_owner(manager, "channel", false).await?;
        for table in TABLES {
            guard::walled(manager, table).await?;
        }
        Ok(())
    }
}

/// A promotion as it was, as a rule. It was of one channel; its code is of the whole shop now.
fn carried_over(row: &QueryResult) -> Result<InsertStatement, DbErr> {
    let text = |column: &str| row.try_get::<String>("", column);
    let effect = text("effect")?;
    let percent = row.try_get::<Option<i32>>("", "percent_bps")?.unwrap_or_default();
    let over = row.try_get::<Option<i64>>("", "over_minor")?.unwrap_or_default();
    let (effect, group, condition) = match effect.as_str() {
        "COLLECTION_PERCENT" => {
            let collection = id("collection", row.try_get("", "collection_id")?)?;
            let of = format!(r#"{{"collections":["{collection}"]}}"#);
            let effect = format!(r#"{{"catalogue":{{"of":{of},"off":{{"percent":{percent}}}}}}}"#);
            (effect, "null", r#"{"all":[]}"#.to_owned())
        }
        "ORDER_PERCENT" => {
            let tier = format!(r#"{{"at_least":{over},"off":{{"percent":{percent}}}}}"#);
            (format!(r#"{{"order":{{"tiers":[{tier}]}}}}"#), r#""order""#, r#"{"all":[]}"#.to_owned())
        }
        _ => {
            let amount = format!(r#"{{"amount":{{"of":"everything","at_least":{over}}}}}"#);
            (r#"{"delivery":{"off":{"percent":10000}}}"#.to_owned(), r#""delivery""#, amount)
        }
    };
    let priority = row.try_get::<i32>("", "priority")?;
    let rule = format!(
        r#"{{"priority":{priority},"group":{group},"is_exclusive":false,"needs_coupon":false,"condition":{condition},"effect":{effect},"cap":null}}"#
    );
    let channel = id("channel", row.try_get("", "channel_id")?)?;
    let columns = [
        "tenant_id",
        "id",
        "code",
        "name_ar",
        "name_en",
        "currency",
        "channels",
        "rule",
        "needs_coupon",
        "starts_at",
        "ends_at",
    ];
    let values = [
        Expr::val(row.try_get::<Uuid>("", "tenant_id")?),
        Expr::val(row.try_get::<Uuid>("", "id")?),
        Expr::val(format!("{}-{}", text("code")?, text("channel")?)),
        Expr::val(row.try_get::<Option<String>>("", "name_ar")?),
        Expr::val(row.try_get::<Option<String>>("", "name_en")?),
        Expr::val(text("currency")?),
        Expr::val(format!(r#"["{channel}"]"#)),
        Expr::val(rule),
        Expr::val(false),
        Expr::val(row.try_get::<Option<i64>>("", "starts_at")?),
        Expr::val(row.try_get::<Option<i64>>("", "ends_at")?),
    ];
    let mut insert = Query::insert();
    insert.into_table("promotion").columns(columns).values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(insert)
}

/// An id as rules name it.
fn id(kind: &str, id: Uuid) -> Result<String, DbErr> {
    let kind = DynamicType::new(kind).map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(TypeSafeId::from_type_and_uuid(kind, id).to_string())
}
