-- What a server holds, told by the server itself: a kind and a line for each object.
SELECT 'table' AS kind, concat_ws('|', table_schema, table_name) AS line
FROM information_schema.tables
WHERE table_type = 'BASE TABLE'
    AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
UNION ALL
SELECT 'column', concat_ws('|', table_schema, table_name, column_name, column_type,
    if(is_nullable = 'YES', 1, 0), nullif(column_comment, ''))
FROM information_schema.columns
WHERE table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
UNION ALL
SELECT 'primary key', concat_ws('|', table_schema, table_name, concat('["',
    group_concat(column_name ORDER BY ordinal_position SEPARATOR '","'), '"]'))
FROM information_schema.key_column_usage
WHERE constraint_name = 'PRIMARY'
    AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
GROUP BY table_schema, table_name
UNION ALL
SELECT 'foreign key', concat_ws('|', table_schema, table_name, concat('["',
    group_concat(column_name ORDER BY ordinal_position SEPARATOR '","'), '"]'),
    referenced_table_name)
FROM information_schema.key_column_usage
WHERE referenced_table_name IS NOT NULL
    AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
GROUP BY table_schema, table_name, constraint_name, referenced_table_name
UNION ALL
SELECT 'check', concat_ws('|', constraint_schema, table_name)
FROM information_schema.check_constraints
WHERE constraint_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
UNION ALL
SELECT DISTINCT 'index', concat_ws('|', table_schema, table_name, index_name,
    if(non_unique, 0, 1))
FROM information_schema.statistics
WHERE index_name <> 'PRIMARY'
    AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
