SELECT
    SCHEMA_NAME,
    DEFAULT_CHARACTER_SET_NAME,
    DEFAULT_COLLATION_NAME,
    {database_comment},
    {database_encrypted}
FROM information_schema.SCHEMATA
WHERE SCHEMA_NAME = {database}
