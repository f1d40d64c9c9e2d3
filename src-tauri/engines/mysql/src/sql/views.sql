SELECT
    TABLE_NAME,
    VIEW_DEFINITION,
    CHECK_OPTION,
    IS_UPDATABLE,
    DEFINER,
    SECURITY_TYPE,
    {view_algorithm}
FROM information_schema.VIEWS
WHERE TABLE_SCHEMA = {database} {and_table}
