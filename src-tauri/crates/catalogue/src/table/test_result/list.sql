SELECT tested_at, millis, stage_failed, error_kind, message, hint, product, version
FROM test_result INDEXED BY test_result_connection
WHERE owner_id = ?1 AND connection_id = ?2
ORDER BY id DESC
LIMIT ?3
