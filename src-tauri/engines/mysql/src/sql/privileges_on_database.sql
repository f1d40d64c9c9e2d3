SELECT
    NULL,
    NULL,
    GRANTEE,
    PRIVILEGE_TYPE,
    IS_GRANTABLE
FROM information_schema.SCHEMA_PRIVILEGES
WHERE {database} LIKE TABLE_SCHEMA
    AND (
        @@lower_case_table_names <> 0
        OR {database} LIKE CONVERT(TABLE_SCHEMA USING utf8mb4) COLLATE utf8mb4_bin
    )
