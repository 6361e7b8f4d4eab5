DROP TABLE provenance_checker_run;
DROP TABLE has_unresolved;
DROP TABLE advised;
DROP TABLE adviser_run;
DROP TYPE source_type;
DROP TYPE recommendation_type;
DROP TYPE requirements_format;
