SET NAMES utf8mb4;
SET SESSION
    autocommit = 1,
    sql_mode = '',
    sql_quote_show_create = 1,
    sql_big_selects = 1,
    sql_select_limit = 18446744073709551615,
    time_zone = '+00:00',
    net_write_timeout = 600,
    lock_wait_timeout = {lock_timeout}
    /*!50708 , max_execution_time = {statement_millis} */
    /*M!100108 , max_statement_time = {statement_seconds} */;
SET SESSION TRANSACTION READ ONLY;
