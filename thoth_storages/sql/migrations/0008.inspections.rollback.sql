DROP TABLE pi_pybench;
DROP TABLE pi_conv2d;
DROP TABLE pi_conv1d;
DROP TABLE pi_matmul;
DROP TABLE inspection_run;
DROP TABLE python_dependency_monkey_requirements;
DROP TABLE dependency_monkey_run;
DROP TYPE inspection_sync_state;
