-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX external_python_software_stack_key;
DROP INDEX python_software_stack_key;
DROP INDEX python_package_requirement_key;
