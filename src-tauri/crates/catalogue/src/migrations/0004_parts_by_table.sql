-- What belongs to one table lies together, by the table's number (lineage) and then its
-- own (the upper and the lower half of id): a first reading then fills each of these
-- tables from its end, and nothing else has to be kept in order. Lineages are given out
-- table by table, each followed by those of its parts, so that a part's own tells its
-- table; is_apart marks the parts that came later.

DROP VIEW columns;

ALTER TABLE relation_column RENAME TO old_part;

CREATE TABLE relation_column (
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
    collation     TEXT,
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT;

INSERT INTO relation_column (
    owner_id, id, connection_id, lineage, name, native_id, comment, attributes,
    first_sync, closed_sync, ordinal, type, is_nullable, default_value, generation, expression,
    collation, is_apart
)
SELECT
    owner_id, parent << 32 | id, connection_id, lineage, name, native_id, comment, attributes,
    first_sync, closed_sync, ordinal, type, is_nullable, default_value, generation, expression,
    collation,
    parent IS NOT (
        SELECT max(relation.lineage)
        FROM relation INDEXED BY relation_open
        WHERE relation.owner_id = old_part.owner_id
            AND relation.lineage <= old_part.lineage
            AND relation.closed_sync IS NULL
    )
FROM old_part
ORDER BY parent, id;

DROP TABLE old_part;

CREATE INDEX relation_column_apart ON relation_column (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_column_needs ON relation_column (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

ALTER TABLE relation_index RENAME TO old_part;

CREATE TABLE relation_index (
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
    definition    TEXT,
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT;

INSERT INTO relation_index (
    owner_id, id, connection_id, lineage, name, native_id, comment, attributes,
    first_sync, closed_sync, method, is_unique, is_primary, is_valid, parts, predicate,
    definition, is_apart
)
SELECT
    owner_id, parent << 32 | id, connection_id, lineage, name, native_id, comment, attributes,
    first_sync, closed_sync, method, is_unique, is_primary, is_valid, parts, predicate,
    definition,
    parent IS NOT (
        SELECT max(relation.lineage)
        FROM relation INDEXED BY relation_open
        WHERE relation.owner_id = old_part.owner_id
            AND relation.lineage <= old_part.lineage
            AND relation.closed_sync IS NULL
    )
FROM old_part
ORDER BY parent, id;

DROP TABLE old_part;

CREATE INDEX relation_index_apart ON relation_index (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_index_needs ON relation_index (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

ALTER TABLE relation_constraint RENAME TO old_part;

CREATE TABLE relation_constraint (
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
    is_validated       INTEGER,
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT;

INSERT INTO relation_constraint (
    owner_id, id, connection_id, lineage, kind, name, native_id, comment, attributes,
    first_sync, closed_sync, columns, expression, index_name, deferral, referenced_schema,
    referenced_table, referenced_columns, on_update, on_delete, match_type, is_validated,
    is_apart
)
SELECT
    owner_id, parent << 32 | id, connection_id, lineage, kind, name, native_id, comment, attributes,
    first_sync, closed_sync, columns, expression, index_name, deferral, referenced_schema,
    referenced_table, referenced_columns, on_update, on_delete, match_type, is_validated,
    parent IS NOT (
        SELECT max(relation.lineage)
        FROM relation INDEXED BY relation_open
        WHERE relation.owner_id = old_part.owner_id
            AND relation.lineage <= old_part.lineage
            AND relation.closed_sync IS NULL
    )
FROM old_part
ORDER BY parent, id;

DROP TABLE old_part;

CREATE INDEX relation_constraint_apart ON relation_constraint (owner_id, lineage) WHERE is_apart = 1;
CREATE INDEX relation_constraint_reference
    ON relation_constraint (owner_id, connection_id, referenced_table)
    WHERE closed_sync IS NULL AND referenced_table IS NOT NULL;
CREATE INDEX relation_constraint_needs ON relation_constraint (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

-- Of a column in several foreign keys, the first by name is shown.
CREATE VIEW columns AS
SELECT
    relation_column.lineage AS id,
    user.name               AS user,
    connection.name         AS connection,
    "database".name         AS "database",
    schema.name             AS schema,
    relation.name           AS "table",
    relation_column.name,
    relation_column.type,
    relation_column.is_nullable,
    relation_column.default_value,
    EXISTS (
        SELECT 1
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.parent << 32
            AND "key".id < (relation_column.parent + 1) << 32
            AND "key".kind = 'primary_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_primary_key,
    EXISTS (
        SELECT 1
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.parent << 32
            AND "key".id < (relation_column.parent + 1) << 32
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_foreign_key,
    (
        SELECT "key".referenced_table
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.parent << 32
            AND "key".id < (relation_column.parent + 1) << 32
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
        ORDER BY "key".name, "key".lineage
        LIMIT 1
    ) AS referenced_table,
    (
        SELECT "key".referenced_columns ->> part.key
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.parent << 32
            AND "key".id < (relation_column.parent + 1) << 32
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
        ORDER BY "key".name, "key".lineage
        LIMIT 1
    ) AS referenced_column,
    relation_column.comment,
    relation_column.ordinal AS ordinal_position,
    relation.lineage        AS table_id
FROM relation_column
JOIN relation
    ON relation.owner_id = relation_column.owner_id
    AND relation.lineage = relation_column.parent
    AND relation.closed_sync IS NULL
JOIN connection
    ON connection.owner_id = relation.owner_id
    AND connection.id = relation.connection_id
    AND connection.deleted_at IS NULL
JOIN user ON user.id = relation.owner_id
LEFT JOIN schema
    ON schema.owner_id = relation.owner_id
    AND schema.lineage = relation.parent
    AND schema.closed_sync IS NULL
LEFT JOIN "database"
    ON "database".owner_id = relation.owner_id
    AND "database".lineage = coalesce(schema.parent, relation.parent)
    AND "database".closed_sync IS NULL
WHERE relation_column.closed_sync IS NULL;
