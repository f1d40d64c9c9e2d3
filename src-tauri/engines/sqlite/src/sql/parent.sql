-- How are the columns of this table spelled, and which make up its primary key?
SELECT name, pk FROM pragma_table_xinfo(?1, 'main')
