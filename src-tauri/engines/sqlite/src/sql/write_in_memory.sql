-- A file that nobody knows yet needs no journal and no waiting for the disk.
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = OFF;
