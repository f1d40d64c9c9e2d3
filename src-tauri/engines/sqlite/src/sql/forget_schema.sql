-- Whatever is known of the schema is read again when next needed; nothing is made writable.
PRAGMA writable_schema = RESET;
