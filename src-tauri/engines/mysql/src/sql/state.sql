SELECT
    NOW() - INTERVAL 2 SECOND,
    {tables_counted},
    @@table_open_cache,
    @@version_compile_os,
    CONCAT_WS(
        ' ',
        @@hostname,
        @@port,
        @@server_id,
        @@datadir,
        @@lower_case_table_names,
        {server_uuid}
    )
