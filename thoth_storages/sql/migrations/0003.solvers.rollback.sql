DROP TABLE solved;
DROP TABLE ecosystem_solver;
