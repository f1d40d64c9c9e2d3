SELECT
    CURRENT_USER(),
    DATABASE(),
    CONNECTION_ID(),
    0 /*!50720 + @@transaction_read_only */ /*M!100000 + @@tx_read_only */;
