-- What tells the stored state of a database from any other, in its engine's own
-- bytes; id is a lineage.
CREATE TABLE fingerprint (
    owner_id      INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    value         BLOB    NOT NULL,
    PRIMARY KEY (owner_id, id),
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
