//! What the database itself refuses: changes of facts, and rows of another tenant.

use sea_orm_migration::prelude::*;

use crate::{is_postgres, run};

/// Makes a table append-only: the database refuses updates and deletions of its rows.
pub(crate) async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if is_postgres(manager) {
        let sql = format!(
            "CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON \"{table}\" \
             FOR EACH ROW EXECUTE FUNCTION qafila_refuse_change()"
        );
        return run(manager, &sql).await;
    }
    for change in ["UPDATE", "DELETE"] {
        let sql = format!(
            "CREATE TRIGGER {table}_refuses_{change} BEFORE {change} ON \"{table}\" \
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        );
        run(manager, &sql).await?;
    }
    Ok(())
}

/// Has the database ask `next` of each row of a table instead of `was`, a check of the table that has no name.
///
/// SQLite cannot change a check; its text is replaced in the schema, which its documentation of `ALTER TABLE` describes for
/// this purpose. Other connections read the schema anew because the migration alters the table, too.
pub(crate) async fn recheck(manager: &SchemaManager<'_>, table: &str, was: &str, next: &str) -> Result<(), DbErr> {
    if is_postgres(manager) {
        let sql = format!(
            "ALTER TABLE \"{table}\" DROP CONSTRAINT \"{table}_check\", ADD CONSTRAINT \"{table}_check\" CHECK ({next})"
        );
        return run(manager, &sql).await;
    }
    let replace = Query::update()
        .table("sqlite_schema")
        .value("sql", Func::cust("replace").args([Expr::col("sql"), check(was), check(next)]))
        .and_where(Expr::col("type").eq("table").and(Expr::col("name").eq(table)))
        .and_where(Expr::expr(Func::cust("instr").args([Expr::col("sql"), check(was)])).gt(0))
        .to_owned();
    run(manager, "PRAGMA writable_schema = ON").await?;
    let replaced = manager.get_connection().execute(&replace).await?.rows_affected();
    run(manager, "PRAGMA writable_schema = RESET").await?;
    if replaced == 1 { Ok(()) } else { Err(DbErr::Custom(format!("the table {table} has not the check that it had"))) }
}

fn check(of: &str) -> Expr {
    Expr::val(format!("CHECK ({of})"))
}

/// Makes what [`append_only`] needs, and the role that serves, which row-level security binds.
pub(crate) async fn prepare(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    run(manager, PREPARE).await.map_err(|cause| {
        DbErr::Custom(format!(
            "the role qafila_app is missing and could not be made; let a superuser run \
             `CREATE ROLE qafila_app NOLOGIN; GRANT qafila_app TO <the user of DATABASE_URL>` and try again ({cause})"
        ))
    })
}

/// Lets the serving role use a table that belongs to no tenant.
pub(crate) async fn platform(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    run(manager, &format!("GRANT SELECT, INSERT, UPDATE, DELETE ON \"{table}\" TO qafila_app")).await
}

/// Walls a table off by tenant on PostgreSQL: a transaction sees and writes rows of the tenant it
/// named, and none if it named none. Of some, [`seen_by_workers`] lets workers see what is due.
pub(crate) async fn walled(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    platform(manager, table).await?;
    let sql = format!(
        "ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY; \
         ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY; \
         CREATE POLICY one_tenant ON \"{table}\" TO qafila_app \
         USING (tenant_id = qafila_tenant()) WITH CHECK (tenant_id = qafila_tenant())"
    );
    run(manager, &sql).await
}

/// Opens a walled table to the user who migrates, who owns it, so that its rows can be carried over, or closes it again.
pub(crate) async fn open_to_owner(manager: &SchemaManager<'_>, table: &str, is_open: bool) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    let no = if is_open { "NO " } else { "" };
    run(manager, &format!("ALTER TABLE \"{table}\" {no}FORCE ROW LEVEL SECURITY")).await
}

/// Lets workers, which have not named a tenant yet, see which rows of a walled table are due.
pub(crate) async fn seen_by_workers(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    let sql =
        format!("CREATE POLICY workers_look ON \"{table}\" FOR SELECT TO qafila_app USING (qafila_tenant() IS NULL)");
    run(manager, &sql).await
}

const PREPARE: &str = "
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'qafila_app') THEN
    BEGIN
      CREATE ROLE qafila_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'qafila_app', 'MEMBER') THEN
    EXECUTE format('GRANT qafila_app TO %I', current_user);
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO qafila_app;
CREATE FUNCTION qafila_tenant() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT NULLIF(current_setting('qafila.tenant', true), '')::uuid $$;
CREATE FUNCTION qafila_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
";
