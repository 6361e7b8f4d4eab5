DROP FUNCTION merge_duplicates(regclass);
