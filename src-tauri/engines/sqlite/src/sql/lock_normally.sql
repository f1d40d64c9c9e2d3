-- Back to a lock for as long as something is read; the next read lets go of the other.
PRAGMA locking_mode = NORMAL;
PRAGMA schema_version;
