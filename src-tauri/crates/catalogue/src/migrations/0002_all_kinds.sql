-- Objects of every kind: what belongs to a server and to no database stands beside
-- the databases, and documents have samples.

ALTER TABLE "database" ADD COLUMN kind TEXT NOT NULL DEFAULT 'database';

-- What samples of documents say, all of them put together; id is a lineage.
CREATE TABLE sample (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    facts         TEXT    NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What refers to a table.
CREATE INDEX relation_constraint_reference
    ON relation_constraint (owner_id, connection_id, referenced_table)
    WHERE closed_sync IS NULL AND referenced_table IS NOT NULL;

-- What says that it depends on something.
CREATE INDEX relation_needs ON relation (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;
CREATE INDEX object_needs ON object (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;
CREATE INDEX relation_column_needs ON relation_column (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;
CREATE INDEX relation_constraint_needs ON relation_constraint (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;
CREATE INDEX relation_index_needs ON relation_index (owner_id, connection_id)
    WHERE closed_sync IS NULL AND instr(attributes, '"depends_on"') > 0;

DROP VIEW databases;

CREATE VIEW databases AS
SELECT
    "database".lineage AS id,
    user.name          AS user,
    connection.name    AS connection,
    "database".name,
    "database".owner,
    "database".encoding,
    "database".collation,
    "database".is_system,
    "database".comment,
    statistics.bytes,
    connection.id      AS connection_id
FROM "database"
JOIN connection
    ON connection.owner_id = "database".owner_id
    AND connection.id = "database".connection_id
    AND connection.deleted_at IS NULL
JOIN user ON user.id = "database".owner_id
LEFT JOIN statistics
    ON statistics.owner_id = "database".owner_id AND statistics.id = "database".lineage
WHERE "database".closed_sync IS NULL AND "database".kind = 'database';
