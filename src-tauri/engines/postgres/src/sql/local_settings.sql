-- Makes one transaction read-only and polite, and keeps the role's own settings from
-- changing how the server spells things: behind a pooler a session is not ours alone.
SELECT
    set_config('transaction_read_only', 'on', true),
    set_config('statement_timeout', '{statement_timeout}ms', true),
    set_config('lock_timeout', '{lock_timeout}ms', true),
    set_config('idle_in_transaction_session_timeout', '{idle_timeout}ms', true),
    set_config('max_parallel_workers_per_gather', '0', true),
    set_config('jit', 'off', true),
    set_config('quote_all_identifiers', 'off', true),
    set_config('search_path', '', true)
