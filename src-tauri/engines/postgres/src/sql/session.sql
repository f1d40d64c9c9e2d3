-- What the session is, after it has been made read-only, patient within bounds
-- and free of the role's own settings that change how the server spells things.
SELECT
    current_setting('server_version') AS version,
    current_setting('server_version_num') AS version_number,
    version() AS version_text,
    current_user::text AS user_name,
    current_database()::text AS database_name,
    pg_backend_pid() AS process,
    current_setting('block_size') AS block_size,
    current_setting('default_transaction_read_only') AS read_only
