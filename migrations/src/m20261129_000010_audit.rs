//! The audit: every write, with who did it, to what, and why. Nothing personal is in it: a role, a door and the name of an API key.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend},
};

use crate::column::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the database answers to whoever changes an entry.
const SQLITE: &str = "CREATE TRIGGER audit_entries_not_updated BEFORE UPDATE ON audit_entries \
    BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END; \
    CREATE TRIGGER audit_entries_not_deleted BEFORE DELETE ON audit_entries \
    BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END;";
const POSTGRES: &str = "CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN RAISE EXCEPTION 'audit entries are only ever added'; END $$; \
    CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries \
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "audit_entries")
            .instant("recorded_at")
            .text("role")
            .text("door")
            .optional_text("key_prefix")
            .text("action")
            .optional_text("concept")
            .optional_text("key")
            .optional_text("proposal")
            .optional_text("before")
            .optional_text("after")
            .text("reason")
            .optionally_references("revision_id", "data_revisions")
            .optional_text("request")
            .optional_text("request_digest")
            .index(&["concept", "key"])
            .index(&["proposal"])
            .index(&["request"])
            .create()
            .await?;
        let connection = manager.get_connection();
        let guard = match connection.get_database_backend() {
            DatabaseBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        connection.execute_unprepared(guard).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_entries"]).await?;
        let connection = manager.get_connection();
        if connection.get_database_backend() == DatabaseBackend::Postgres {
            connection
                .execute_unprepared("DROP FUNCTION audit_entries_stay()")
                .await?;
        }
        Ok(())
    }
}
