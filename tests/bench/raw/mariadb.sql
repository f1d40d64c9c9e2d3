-- The least that a full reading asks: tables, columns, indexes, keys, what foreign keys do,
-- checks, each answer as a whole.
SELECT table_schema, table_name, table_type, engine, row_format, table_rows, data_length,
    index_length, auto_increment, create_time, table_collation, create_options, table_comment
FROM information_schema.tables
WHERE table_schema IN ('sales', 'stock', 'finance', 'people');
SELECT table_schema, table_name, column_name, ordinal_position, column_default, is_nullable,
    column_type, character_set_name, collation_name, column_key, extra, column_comment,
    generation_expression
FROM information_schema.columns
WHERE table_schema IN ('sales', 'stock', 'finance', 'people');
SELECT table_schema, table_name, index_name, seq_in_index, non_unique, column_name, collation,
    sub_part, nullable, index_type, index_comment
FROM information_schema.statistics
WHERE table_schema IN ('sales', 'stock', 'finance', 'people');
SELECT table_schema, table_name, constraint_name, ordinal_position, column_name,
    referenced_table_schema, referenced_table_name, referenced_column_name
FROM information_schema.key_column_usage
WHERE table_schema IN ('sales', 'stock', 'finance', 'people');
SELECT constraint_schema, table_name, constraint_name, unique_constraint_schema, match_option,
    update_rule, delete_rule, referenced_table_name
FROM information_schema.referential_constraints
WHERE constraint_schema IN ('sales', 'stock', 'finance', 'people');
SELECT constraint_schema, table_name, constraint_name, level, check_clause
FROM information_schema.check_constraints
WHERE constraint_schema IN ('sales', 'stock', 'finance', 'people');
