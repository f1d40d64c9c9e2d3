-- Which columns has this table or view, or why can nobody tell?
SELECT name FROM pragma_table_xinfo(?1, 'main')
