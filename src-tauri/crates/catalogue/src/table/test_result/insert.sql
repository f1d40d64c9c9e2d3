INSERT INTO test_result (
    owner_id, id, connection_id, tested_at, millis, stage_failed, error_kind, message, hint,
    product, version
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
