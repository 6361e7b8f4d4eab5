-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX external_software_environment_key;
DROP INDEX software_environment_key;
DROP INDEX external_hardware_information_key;
DROP INDEX hardware_information_key;
