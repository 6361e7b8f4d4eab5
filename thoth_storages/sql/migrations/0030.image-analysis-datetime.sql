-- stage: pre
-- Analyses of images by date. Serves get_software_environments_all, whose pages begin with the latest analysis (of
-- 100,000 the first page took 150 ms without it, and takes 4), and get_last_analysis_datetime (35 ms, and 0.1).
CREATE INDEX package_extract_run_datetime_idx ON package_extract_run (datetime, id);
