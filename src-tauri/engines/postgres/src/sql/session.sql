-- What the session is, and whether the settings that it was opened with hold.
SELECT
    current_setting('server_version') AS version,
    current_setting('server_version_num') AS version_number,
    version() AS version_text,
    current_user::text AS user_name,
    current_database()::text AS database_name,
    pg_backend_pid() AS process,
    current_setting('block_size') AS block_size,
    current_setting('transaction_read_only') AS read_only,
    current_setting('application_name') = 'db-studio'
        AND current_setting('default_transaction_read_only') = 'on'
        AND current_setting('idle_in_transaction_session_timeout') = '1min'
        AND current_setting('lock_timeout') = '3s' AS settled
