SELECT
    TABLE_NAME,
    COLUMN_NAME,
    GRANTEE,
    PRIVILEGE_TYPE,
    IS_GRANTABLE
FROM information_schema.COLUMN_PRIVILEGES
WHERE TABLE_SCHEMA = {database} {and_table}
    AND (@@lower_case_table_names <> 0 OR CAST(TABLE_SCHEMA AS BINARY) = {database})
