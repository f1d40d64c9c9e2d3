SELECT
    TABLE_NAME,
    CONSTRAINT_NAME,
    CHECK_CLAUSE,
    'YES',
    {check_level}
FROM information_schema.CHECK_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA = {database} {and_table}
