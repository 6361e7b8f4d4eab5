-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX pi_pybench_key;
DROP INDEX pi_conv2d_key;
DROP INDEX pi_conv1d_key;
DROP INDEX pi_matmul_key;
DROP INDEX inspection_run_key;
DROP INDEX python_dependency_monkey_requirements_key;
DROP INDEX dependency_monkey_run_key;
