-- Most rows of a catalogue are parts of tables, and each of them is written for itself: what
-- only few of them have stands in tables of its own, and a part's table in its number.

DROP VIEW columns;

-- The tables of the parts that came later than their table.
CREATE TABLE late_part (
    lineage       INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER NOT NULL
) STRICT;

INSERT INTO late_part (lineage, owner_id, connection_id, parent)
SELECT DISTINCT lineage, owner_id, connection_id, parent FROM relation_column WHERE is_apart = 1
UNION ALL
SELECT DISTINCT lineage, owner_id, connection_id, parent FROM relation_index WHERE is_apart = 1
UNION ALL
SELECT DISTINCT lineage, owner_id, connection_id, parent
FROM relation_constraint
WHERE is_apart = 1;

-- The attributes of the open parts that say what they depend on, by the number of the part's row.
CREATE TABLE needing_part (
    id            INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    attributes    TEXT    NOT NULL
) STRICT;

INSERT INTO needing_part (id, owner_id, connection_id, attributes)
SELECT id, owner_id, connection_id, attributes
FROM relation_column
WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0
UNION ALL
SELECT id, owner_id, connection_id, attributes
FROM relation_index
WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0
UNION ALL
SELECT id, owner_id, connection_id, attributes
FROM relation_constraint
WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

CREATE INDEX needing_part_connection ON needing_part (owner_id, connection_id);

DROP INDEX relation_column_apart;
DROP INDEX relation_column_needs;
DROP INDEX relation_index_apart;
DROP INDEX relation_index_needs;
DROP INDEX relation_constraint_apart;
DROP INDEX relation_constraint_needs;

ALTER TABLE relation_column DROP COLUMN is_apart;
ALTER TABLE relation_column DROP COLUMN parent;
ALTER TABLE relation_index DROP COLUMN is_apart;
ALTER TABLE relation_index DROP COLUMN parent;
ALTER TABLE relation_constraint DROP COLUMN is_apart;
ALTER TABLE relation_constraint DROP COLUMN parent;

CREATE TRIGGER column_closed AFTER UPDATE OF closed_sync ON relation_column
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

CREATE TRIGGER column_forgotten AFTER DELETE ON relation_column
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

CREATE TRIGGER index_closed AFTER UPDATE OF closed_sync ON relation_index
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

CREATE TRIGGER index_forgotten AFTER DELETE ON relation_index
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

CREATE TRIGGER constraint_closed AFTER UPDATE OF closed_sync ON relation_constraint
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

CREATE TRIGGER constraint_forgotten AFTER DELETE ON relation_constraint
BEGIN
    DELETE FROM needing_part WHERE id = OLD.id;
END;

-- Statistics go with their connection by the trigger too.
CREATE TEMP TABLE measured AS
SELECT id, owner_id, connection_id, row_estimate, bytes, index_bytes, below FROM statistics;

DROP TABLE statistics;

CREATE TABLE statistics (
    id            INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    row_estimate  INTEGER,
    bytes         INTEGER,
    index_bytes   INTEGER,
    below         INTEGER NOT NULL
) STRICT;

INSERT INTO statistics (id, owner_id, connection_id, row_estimate, bytes, index_bytes, below)
SELECT id, owner_id, connection_id, row_estimate, bytes, index_bytes, below
FROM measured
ORDER BY id;

DROP TABLE measured;

DROP TRIGGER connection_parts;

CREATE TRIGGER connection_parts AFTER DELETE ON connection
BEGIN
    DELETE FROM relation_column WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM relation_index WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM relation_constraint WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM late_part WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
    DELETE FROM statistics WHERE owner_id = OLD.owner_id AND connection_id = OLD.id;
END;

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
            AND "key".id >= relation_column.id >> 32 << 32
            AND "key".id < ((relation_column.id >> 32) + 1) << 32
            AND "key".kind = 'primary_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_primary_key,
    EXISTS (
        SELECT 1
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.id >> 32 << 32
            AND "key".id < ((relation_column.id >> 32) + 1) << 32
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_foreign_key,
    (
        SELECT "key".referenced_table
        FROM relation_constraint AS "key",
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".id >= relation_column.id >> 32 << 32
            AND "key".id < ((relation_column.id >> 32) + 1) << 32
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
            AND "key".id >= relation_column.id >> 32 << 32
            AND "key".id < ((relation_column.id >> 32) + 1) << 32
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
    AND relation.lineage = relation_column.id >> 32
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
