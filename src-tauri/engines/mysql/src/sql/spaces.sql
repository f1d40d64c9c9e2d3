SELECT
    NAME,
    SPACE
FROM information_schema.INNODB_TABLESPACES_BRIEF
WHERE NAME LIKE {files_of_database}
