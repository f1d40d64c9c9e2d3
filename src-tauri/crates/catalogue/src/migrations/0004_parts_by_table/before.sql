-- For the test of this step: two tables in the older format, one with a column that was
-- renamed and one that came after the other table.
INSERT INTO user (id, name, name_key, vault_file, key_parameters, verifier, created_at)
VALUES (1, 'ada', 'ada', 'ada.vault', '{}', x'00', 0);
INSERT INTO connection (
    owner_id, id, uuid, name, name_key, description, engine, fields, colour, environment,
    folder, is_favourite, is_read_only, is_active, sort_order, metadata, created_at, updated_at
)
VALUES (1, 1, 'c', 'shop', 'shop', '', 'sqlite', '{}', '', '', '', 0, 1, 1, 0, '{}', 0, 0);
INSERT INTO "database" (owner_id, id, connection_id, lineage, name, first_sync, is_system)
VALUES (1, 1, 1, 1, 'main', 1, 0);
INSERT INTO relation (owner_id, id, connection_id, parent, lineage, kind, name, first_sync, form)
VALUES
    (1, 2, 1, 1, 2, 'table', 'authors', 1, 'ordinary'),
    (1, 5, 1, 1, 5, 'table', 'books', 1, 'ordinary');
INSERT INTO relation_column (
    owner_id, id, connection_id, parent, lineage, name, first_sync, closed_sync, ordinal, type,
    is_nullable
)
VALUES
    (1, 3, 1, 2, 3, 'id', 1, NULL, 1, 'integer', 0),
    (1, 4, 1, 2, 4, 'nmae', 1, 2, 2, 'text', 1),
    (1, 9, 1, 2, 4, 'name', 2, NULL, 2, 'text', 1),
    (1, 6, 1, 5, 6, 'id', 1, NULL, 1, 'integer', 0),
    (1, 10, 1, 2, 9, 'added_later', 2, NULL, 3, 'text', 1);
INSERT INTO relation_index (
    owner_id, id, connection_id, parent, lineage, name, first_sync, method, is_unique,
    is_primary, is_valid, parts
)
VALUES (1, 7, 1, 5, 7, 'books_id', 1, 'btree', 0, 0, 1, '[]');
INSERT INTO relation_constraint (
    owner_id, id, connection_id, parent, lineage, kind, name, first_sync, columns,
    referenced_table, referenced_columns
)
VALUES (1, 8, 1, 2, 10, 'foreign_key', 'authors_added', 2, '["added_later"]', 'books', '["id"]');
