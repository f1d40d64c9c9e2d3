-- Users, connections, syncs, and schema objects with their lifespans.
--
-- Every owned table has the key (owner_id, id), and every reference carries the
-- owner, so that nothing of one user can ever hang below another's.
-- Moments are milliseconds since 1970-01-01 UTC.

CREATE TABLE user (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT    NOT NULL,
    name_key          TEXT    NOT NULL UNIQUE,
    vault_file        TEXT    NOT NULL,
    key_parameters    TEXT    NOT NULL,
    verifier          BLOB    NOT NULL,
    created_at        INTEGER NOT NULL,
    last_signed_in_at INTEGER
) STRICT;

-- The next free number of each sort of id; a number is never given out twice.
CREATE TABLE sequence (
    name TEXT    NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO sequence (name, next) VALUES
    ('connection', 1), ('connection_tag', 1), ('sync', 1), ('sync_part', 1),
    ('sync_statement', 1), ('sync_warning', 1), ('test_result', 1),
    ('lineage', 1), ('version', 1);

CREATE TABLE setting (
    owner_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    PRIMARY KEY (owner_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE connection (
    owner_id     INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    id           INTEGER NOT NULL,
    uuid         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    name_key     TEXT    NOT NULL,
    description  TEXT    NOT NULL,
    engine       TEXT    NOT NULL,
    fields       TEXT    NOT NULL,
    colour       TEXT    NOT NULL,
    environment  TEXT    NOT NULL,
    folder       TEXT    NOT NULL,
    is_favourite INTEGER NOT NULL,
    is_read_only INTEGER NOT NULL,
    is_active    INTEGER NOT NULL,
    sort_order   INTEGER NOT NULL,
    metadata     TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    deleted_at   INTEGER,
    PRIMARY KEY (owner_id, id),
    UNIQUE (owner_id, uuid)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX connection_name ON connection (owner_id, name_key) WHERE deleted_at IS NULL;

CREATE TABLE connection_tag (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    tag           TEXT    NOT NULL,
    PRIMARY KEY (owner_id, id),
    UNIQUE (owner_id, connection_id, tag),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE test_result (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    tested_at     INTEGER NOT NULL,
    millis        REAL,
    stage_failed  TEXT,
    error_kind    TEXT,
    message       TEXT,
    hint          TEXT,
    product       TEXT,
    version       TEXT,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX test_result_connection ON test_result (owner_id, connection_id, id);

CREATE TABLE sync (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    uuid          TEXT    NOT NULL,
    connection_id INTEGER NOT NULL,
    level         TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    started_at    INTEGER NOT NULL,
    finished_at   INTEGER,
    error_kind    TEXT,
    message       TEXT,
    hint          TEXT,
    added         INTEGER NOT NULL DEFAULT 0,
    changed       INTEGER NOT NULL DEFAULT 0,
    removed       INTEGER NOT NULL DEFAULT 0,
    unseen        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_connection ON sync (owner_id, connection_id, id);
CREATE INDEX sync_running ON sync (state) WHERE state = 'running';

-- What a sync has put into the catalogue: the list of databases (no name at
-- all), a database, a schema or a table.
CREATE TABLE sync_part (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    sync_id       INTEGER NOT NULL,
    database_name TEXT,
    schema_name   TEXT,
    table_name    TEXT,
    applied_at    INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, sync_id) REFERENCES sync (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_part_sync ON sync_part (owner_id, sync_id);
CREATE INDEX sync_part_connection ON sync_part (owner_id, connection_id, database_name, sync_id);

CREATE TABLE sync_statement (
    owner_id INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    sync_id  INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    times    INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, sync_id) REFERENCES sync (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_statement_sync ON sync_statement (owner_id, sync_id);

-- What could not be read and has not been read since.
CREATE TABLE sync_warning (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    sync_id       INTEGER NOT NULL,
    part_id       INTEGER NOT NULL,
    object        TEXT    NOT NULL,
    database_name TEXT,
    schema_name   TEXT,
    table_name    TEXT,
    reason        TEXT    NOT NULL,
    grant_hint    TEXT,
    is_unseen     INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, sync_id) REFERENCES sync (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_warning_sync ON sync_warning (owner_id, sync_id);
CREATE INDEX sync_warning_connection ON sync_warning (owner_id, connection_id);

-- Objects. A row is one version of one object: written by the sync that first
-- saw it so (first_sync) and closed by the one that no longer did (closed_sync);
-- the open rows are the schema as it is. `lineage` names the object over all its
-- versions; `parent` is the lineage of what holds it. `child_counts`, `totals`
-- and `hash` speak of what lies below and are kept on the open row only.

CREATE TABLE "database" (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    lineage       INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    native_id     TEXT,
    comment       TEXT,
    attributes    TEXT,
    first_sync    INTEGER NOT NULL,
    closed_sync   INTEGER,
    owner         TEXT,
    encoding      TEXT,
    collation     TEXT,
    is_system     INTEGER NOT NULL,
    child_counts  TEXT,
    totals        TEXT,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX database_open ON "database" (owner_id, lineage) WHERE closed_sync IS NULL;
CREATE INDEX database_child ON "database" (owner_id, connection_id, name) WHERE closed_sync IS NULL;
CREATE INDEX database_past ON "database" (owner_id, lineage) WHERE closed_sync IS NOT NULL;
CREATE INDEX database_past_child ON "database" (owner_id, connection_id, name)
    WHERE closed_sync IS NOT NULL;

CREATE TABLE schema (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER NOT NULL,
    lineage       INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    native_id     TEXT,
    comment       TEXT,
    attributes    TEXT,
    first_sync    INTEGER NOT NULL,
    closed_sync   INTEGER,
    owner         TEXT,
    is_system     INTEGER NOT NULL,
    child_counts  TEXT,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX schema_open ON schema (owner_id, lineage) WHERE closed_sync IS NULL;
CREATE INDEX schema_child ON schema (owner_id, parent, name) WHERE closed_sync IS NULL;
CREATE INDEX schema_past ON schema (owner_id, lineage) WHERE closed_sync IS NOT NULL;
CREATE INDEX schema_past_child ON schema (owner_id, parent, name) WHERE closed_sync IS NOT NULL;

CREATE TABLE relation (
    owner_id            INTEGER NOT NULL,
    id                  INTEGER NOT NULL,
    connection_id       INTEGER NOT NULL,
    parent              INTEGER NOT NULL,
    lineage             INTEGER NOT NULL,
    kind                TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    native_id           TEXT,
    comment             TEXT,
    attributes          TEXT,
    first_sync          INTEGER NOT NULL,
    closed_sync         INTEGER,
    owner               TEXT,
    form                TEXT    NOT NULL,
    partition_of_schema TEXT,
    partition_of        TEXT,
    partition_key       TEXT,
    partition_bound     TEXT,
    definition          TEXT,
    child_counts        TEXT,
    hash                BLOB,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relation_open ON relation (owner_id, lineage) WHERE closed_sync IS NULL;
CREATE INDEX relation_child ON relation (owner_id, parent, kind, name) WHERE closed_sync IS NULL;
CREATE INDEX relation_past ON relation (owner_id, lineage) WHERE closed_sync IS NOT NULL;
CREATE INDEX relation_past_child ON relation (owner_id, parent, kind, name)
    WHERE closed_sync IS NOT NULL;

CREATE TABLE relation_column (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER NOT NULL,
    lineage       INTEGER NOT NULL,
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
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relation_column_open ON relation_column (owner_id, lineage)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_column_child ON relation_column (owner_id, parent, ordinal)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_column_past ON relation_column (owner_id, lineage)
    WHERE closed_sync IS NOT NULL;
CREATE INDEX relation_column_past_child ON relation_column (owner_id, parent, name)
    WHERE closed_sync IS NOT NULL;

CREATE TABLE relation_index (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER NOT NULL,
    lineage       INTEGER NOT NULL,
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
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relation_index_open ON relation_index (owner_id, lineage)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_index_child ON relation_index (owner_id, parent, name)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_index_past ON relation_index (owner_id, lineage)
    WHERE closed_sync IS NOT NULL;
CREATE INDEX relation_index_past_child ON relation_index (owner_id, parent, name)
    WHERE closed_sync IS NOT NULL;

CREATE TABLE relation_constraint (
    owner_id           INTEGER NOT NULL,
    id                 INTEGER NOT NULL,
    connection_id      INTEGER NOT NULL,
    parent             INTEGER NOT NULL,
    lineage            INTEGER NOT NULL,
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
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relation_constraint_open ON relation_constraint (owner_id, lineage)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_constraint_child ON relation_constraint (owner_id, parent, kind, name)
    WHERE closed_sync IS NULL;
CREATE INDEX relation_constraint_past ON relation_constraint (owner_id, lineage)
    WHERE closed_sync IS NOT NULL;
CREATE INDEX relation_constraint_past_child ON relation_constraint (owner_id, parent, kind, name)
    WHERE closed_sync IS NOT NULL;

-- The rarer kinds, their facts as JSON.
CREATE TABLE object (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    parent        INTEGER NOT NULL,
    lineage       INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    native_id     TEXT,
    comment       TEXT,
    attributes    TEXT,
    first_sync    INTEGER NOT NULL,
    closed_sync   INTEGER,
    detail        TEXT    NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX object_open ON object (owner_id, lineage) WHERE closed_sync IS NULL;
CREATE INDEX object_child ON object (owner_id, parent, kind, name) WHERE closed_sync IS NULL;
CREATE INDEX object_past ON object (owner_id, lineage) WHERE closed_sync IS NOT NULL;
CREATE INDEX object_past_child ON object (owner_id, parent, kind, name)
    WHERE closed_sync IS NOT NULL;

-- What changes without anybody changing the schema; id is a lineage. `below` is
-- a digest of the same facts of the object's children.
CREATE TABLE statistics (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    row_estimate  INTEGER,
    bytes         INTEGER,
    index_bytes   INTEGER,
    below         INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Objects whose children the last sync could not see; id is a lineage.
CREATE TABLE unseen (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    reason        TEXT    NOT NULL,
    since_sync    INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX unseen_connection ON unseen (owner_id, connection_id);

-- Statements that make an object, as long as it hashes as it did; id is a lineage.
CREATE TABLE definition (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    hash          BLOB    NOT NULL,
    text          TEXT    NOT NULL,
    is_rendered   INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- When the user last looked at an object; id is a lineage.
CREATE TABLE visit (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    visited_at    INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_recent ON visit (owner_id, visited_at);

-- For readers from outside: what is current, in plain words, without secrets.

CREATE VIEW connections AS
SELECT
    connection.id,
    connection.uuid,
    user.name                           AS user,
    connection.name,
    connection.description,
    connection.engine                   AS type,
    connection.fields ->> '$.host'      AS host,
    connection.fields ->> '$.port'      AS port,
    coalesce(connection.fields ->> '$.database', connection.fields ->> '$.file') AS "database",
    connection.fields ->> '$.user'      AS username,
    connection.colour                   AS color,
    connection.environment,
    connection.folder,
    connection.is_favourite,
    connection.is_read_only,
    connection.is_active,
    connection.metadata,
    datetime(connection.created_at / 1000, 'unixepoch')   AS created_at,
    datetime(connection.updated_at / 1000, 'unixepoch')   AS updated_at,
    datetime(connection.last_used_at / 1000, 'unixepoch') AS last_used_at
FROM connection
JOIN user ON user.id = connection.owner_id
WHERE connection.deleted_at IS NULL;

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
WHERE "database".closed_sync IS NULL;

CREATE VIEW tables AS
SELECT
    relation.lineage   AS id,
    user.name          AS user,
    connection.name    AS connection,
    "database".name    AS "database",
    schema.name        AS schema,
    relation.name,
    relation.kind      AS type,
    relation.owner,
    statistics.row_estimate,
    statistics.bytes,
    statistics.index_bytes,
    relation.comment,
    "database".lineage AS database_id,
    schema.lineage     AS schema_id
FROM relation
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
LEFT JOIN statistics
    ON statistics.owner_id = relation.owner_id AND statistics.id = relation.lineage
WHERE relation.closed_sync IS NULL;

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
        FROM relation_constraint AS "key" INDEXED BY relation_constraint_child,
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".parent = relation_column.parent
            AND "key".kind = 'primary_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_primary_key,
    EXISTS (
        SELECT 1
        FROM relation_constraint AS "key" INDEXED BY relation_constraint_child,
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".parent = relation_column.parent
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
    ) AS is_foreign_key,
    (
        SELECT "key".referenced_table
        FROM relation_constraint AS "key" INDEXED BY relation_constraint_child,
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".parent = relation_column.parent
            AND "key".kind = 'foreign_key'
            AND "key".closed_sync IS NULL
            AND part.value = relation_column.name
        ORDER BY "key".name, "key".lineage
        LIMIT 1
    ) AS referenced_table,
    (
        SELECT "key".referenced_columns ->> part.key
        FROM relation_constraint AS "key" INDEXED BY relation_constraint_child,
            json_each("key".columns) AS part
        WHERE "key".owner_id = relation_column.owner_id
            AND "key".parent = relation_column.parent
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
