-- Stops what another session of this user is doing.
SELECT pg_cancel_backend($1)
