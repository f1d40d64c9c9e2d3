-- What a connection holds in the tables with most rows goes with it by a trigger: a foreign key
-- would look the same connection up for every row that is written.

PRAGMA legacy_alter_table = ON;

CREATE TABLE new_part (
    id            INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER AS (id >> 32),
    lineage       INTEGER NOT NULL,
    is_apart      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    native_id     TEXT,
    comment       TEXT,
    attributes    TEXT,
    first_sync    INTEGER NOT NULL,
    closed_sync   INTEGER,
    ordinal       INTEGER NOT NULL,
    type          TEXT    NOT NULL,
    is_nullable   INTEGER NOT NULL,
    default_value TEXT,
    generation    TEXT,
    expression    TEXT,
    collation     TEXT
) STRICT;

INSERT INTO new_part (
    id, owner_id, connection_id, lineage, is_apart, name, native_id, comment, attributes,
    first_sync, closed_sync, ordinal, type, is_nullable, default_value, generation, expression,
    collation
)
SELECT
    id, owner_id, connection_id, lineage, is_apart, name, native_id, comment, attributes,
    first_sync, closed_sync, ordinal, type, is_nullable, default_value, generation, expression,
    collation
FROM relation_column
ORDER BY id;

DROP TABLE relation_column;
ALTER TABLE new_part RENAME TO relation_column;

CREATE INDEX relation_column_apart ON relation_column (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_column_needs ON relation_column (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

CREATE TABLE new_part (
    id            INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER AS (id >> 32),
    lineage       INTEGER NOT NULL,
    is_apart      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    native_id     TEXT,
    comment       TEXT,
    attributes    TEXT,
    first_sync    INTEGER NOT NULL,
    closed_sync   INTEGER,
    method        TEXT    NOT NULL,
    is_unique     INTEGER NOT NULL,
    is_primary    INTEGER NOT NULL,
    is_valid      INTEGER NOT NULL,
    parts         TEXT    NOT NULL,
    predicate     TEXT,
    definition    TEXT
) STRICT;

INSERT INTO new_part (
    id, owner_id, connection_id, lineage, is_apart, name, native_id, comment, attributes,
    first_sync, closed_sync, method, is_unique, is_primary, is_valid, parts, predicate,
    definition
)
SELECT
    id, owner_id, connection_id, lineage, is_apart, name, native_id, comment, attributes,
    first_sync, closed_sync, method, is_unique, is_primary, is_valid, parts, predicate,
    definition
FROM relation_index
ORDER BY id;

DROP TABLE relation_index;
ALTER TABLE new_part RENAME TO relation_index;

CREATE INDEX relation_index_apart ON relation_index (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_index_needs ON relation_index (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

CREATE TABLE new_part (
    id                 INTEGER PRIMARY KEY,
    owner_id           INTEGER NOT NULL,
    connection_id      INTEGER NOT NULL,
    parent             INTEGER AS (id >> 32),
    lineage            INTEGER NOT NULL,
    is_apart           INTEGER NOT NULL,
    kind               TEXT    NOT NULL,
    name               TEXT    NOT NULL,
    native_id          TEXT,
    comment            TEXT,
    attributes         TEXT,
    first_sync         INTEGER NOT NULL,
    closed_sync        INTEGER,
    columns            TEXT,
    expression         TEXT,
    index_name         TEXT,
    deferral           TEXT,
    referenced_schema  TEXT,
    referenced_table   TEXT,
    referenced_columns TEXT,
    on_update          TEXT,
    on_delete          TEXT,
    match_type         TEXT,
    is_validated       INTEGER
) STRICT;

INSERT INTO new_part (
    id, owner_id, connection_id, lineage, is_apart, kind, name, native_id, comment, attributes,
    first_sync, closed_sync, columns, expression, index_name, deferral, referenced_schema,
    referenced_table, referenced_columns, on_update, on_delete, match_type, is_validated
)
SELECT
    id, owner_id, connection_id, lineage, is_apart, kind, name, native_id, comment, attributes,
    first_sync, closed_sync, columns, expression, index_name, deferral, referenced_schema,
    referenced_table, referenced_columns, on_update, on_delete, match_type, is_validated
FROM relation_constraint
ORDER BY id;

DROP TABLE relation_constraint;
ALTER TABLE new_part RENAME TO relation_constraint;

CREATE INDEX relation_constraint_apart ON relation_constraint (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_constraint_reference
    ON relation_constraint (owner_id, connection_id, referenced_table)
    WHERE closed_sync IS NULL AND referenced_table IS NOT NULL;
CREATE INDEX relation_constraint_needs ON relation_constraint (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER connection_parts AFTER DELETE ON connection
BEGIN
    DELETE FROM relation_column WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM relation_index WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM relation_constraint WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
END;
