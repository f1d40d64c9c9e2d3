-- What is true of the file as a whole?
SELECT
    (SELECT encoding FROM pragma_encoding),
    (SELECT page_size FROM pragma_page_size),
    (SELECT page_count FROM pragma_page_count),
    (SELECT journal_mode FROM pragma_journal_mode),
    (SELECT user_version FROM pragma_user_version),
    (SELECT application_id FROM pragma_application_id),
    (SELECT auto_vacuum FROM pragma_auto_vacuum)
