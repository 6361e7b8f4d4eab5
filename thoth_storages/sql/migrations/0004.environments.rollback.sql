DROP TABLE external_software_environment;
DROP TABLE software_environment;
DROP TABLE external_hardware_information;
DROP TABLE hardware_information;
DROP TYPE environment_type;
