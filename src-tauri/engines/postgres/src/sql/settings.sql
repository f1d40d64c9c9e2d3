-- Makes the session read-only and polite, and keeps the role's own settings from
-- changing how the server spells names and types.
SET default_transaction_read_only = on;
SET statement_timeout = '{statement_timeout}ms';
SET lock_timeout = '{lock_timeout}ms';
SET idle_in_transaction_session_timeout = '{idle_timeout}ms';
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET quote_all_identifiers = off;
SET search_path = '';
