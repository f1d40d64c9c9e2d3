SELECT
    TABLE_NAME,
    INDEX_NAME,
    NON_UNIQUE,
    SEQ_IN_INDEX,
    COLUMN_NAME,
    {index_expression},
    COLLATION,
    SUB_PART,
    INDEX_TYPE,
    COMMENT,
    INDEX_COMMENT,
    {index_visible}
FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = {database} {and_table}
