SELECT
    TABLE_NAME,
    NULL,
    GRANTEE,
    PRIVILEGE_TYPE,
    IS_GRANTABLE
FROM information_schema.TABLE_PRIVILEGES
WHERE TABLE_SCHEMA = {database} {and_table}
    AND (@@lower_case_table_names <> 0 OR CAST(TABLE_SCHEMA AS BINARY) = {database})
