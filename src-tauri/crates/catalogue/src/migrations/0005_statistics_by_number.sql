-- Estimates and sizes in the order of the objects' numbers, which is the order that they are
-- first written in; a number (lineage) is given out once in the whole file.

-- Renaming the old table would lead the views to it.
CREATE TEMP TABLE measured AS
SELECT owner_id, id, connection_id, row_estimate, bytes, index_bytes, below FROM statistics;

DROP TABLE statistics;

CREATE TABLE statistics (
    id            INTEGER PRIMARY KEY,
    owner_id      INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    row_estimate  INTEGER,
    bytes         INTEGER,
    index_bytes   INTEGER,
    below         INTEGER NOT NULL,
    FOREIGN KEY (owner_id, connection_id) REFERENCES connection (owner_id, id) ON DELETE CASCADE
) STRICT;

INSERT INTO statistics (owner_id, id, connection_id, row_estimate, bytes, index_bytes, below)
SELECT owner_id, id, connection_id, row_estimate, bytes, index_bytes, below
FROM measured
ORDER BY id;

DROP TABLE measured;
