-- stage: baseline
-- The multi-valued keys of a distribution's core metadata: each value once, and which metadata have it.

CREATE TABLE python_package_metadata_classifier (
  id serial PRIMARY KEY,
  classifier text
);
COMMENT ON TABLE python_package_metadata_classifier IS 'A trove classifier.';

CREATE TABLE has_metadata_classifier (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_classifier_id integer NOT NULL
    CONSTRAINT has_metadata_classifier_python_package_metadata_classifier_fkey
    REFERENCES python_package_metadata_classifier ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_classifier IS 'Metadata have a classifier.';

CREATE TYPE distutils_type AS ENUM ('REQUIRED', 'PROVIDED', 'OBSOLETE');

CREATE TABLE python_package_metadata_distutils (
  id serial PRIMARY KEY,
  distutils text,
  distutils_type distutils_type
);
COMMENT ON TABLE python_package_metadata_distutils IS
  'Another distribution that metadata name as required, provided or made obsolete (Requires-Dist and its kin).';

CREATE TABLE has_metadata_distutils (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_distutils_id integer NOT NULL
    CONSTRAINT has_metadata_distutils_python_package_metadata_distutils_i_fkey
    REFERENCES python_package_metadata_distutils ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_distutils IS 'Metadata name another distribution.';

CREATE TABLE python_package_metadata_platform (
  id serial PRIMARY KEY,
  platform text
);
COMMENT ON TABLE python_package_metadata_platform IS 'A value of the key Platform.';

CREATE TABLE has_metadata_platform (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_platform_id integer NOT NULL REFERENCES python_package_metadata_platform ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_platform IS 'Metadata have a platform.';

CREATE TABLE python_package_metadata_project_url (
  id serial PRIMARY KEY,
  url text,
  label text
);
COMMENT ON TABLE python_package_metadata_project_url IS 'A labelled URL (Project-URL).';

CREATE TABLE has_metadata_project_url (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_project_url_id integer NOT NULL
    CONSTRAINT has_metadata_project_url_python_package_metadata_project_u_fkey
    REFERENCES python_package_metadata_project_url ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_project_url IS 'Metadata have a labelled URL.';

CREATE TABLE python_package_metadata_provides_extra (
  id serial PRIMARY KEY,
  optional_feature text
);
COMMENT ON TABLE python_package_metadata_provides_extra IS 'An extra (Provides-Extra).';

CREATE TABLE has_metadata_provides_extra (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_provides_extra_id integer NOT NULL
    CONSTRAINT has_metadata_provides_extra_python_package_metadata_provid_fkey
    REFERENCES python_package_metadata_provides_extra ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_provides_extra IS 'Metadata offer an extra.';

CREATE TABLE python_package_metadata_requires_external (
  id serial PRIMARY KEY,
  dependency text
);
COMMENT ON TABLE python_package_metadata_requires_external IS 'A need outside Python (Requires-External).';

CREATE TABLE has_metadata_requires_external (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_requires_external_id integer NOT NULL
    CONSTRAINT has_metadata_requires_externa_python_package_metadata_requ_fkey
    REFERENCES python_package_metadata_requires_external ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_requires_external IS 'Metadata state a need outside Python.';

CREATE TABLE python_package_metadata_supported_platform (
  id serial PRIMARY KEY,
  supported_platform text
);
COMMENT ON TABLE python_package_metadata_supported_platform IS
  'A platform that a binary distribution was built for (Supported-Platform).';

CREATE TABLE has_metadata_supported_platform (
  python_package_metadata_id integer NOT NULL REFERENCES python_package_metadata ON DELETE CASCADE,
  python_package_metadata_supported_platform_id integer NOT NULL
    CONSTRAINT has_metadata_supported_platfo_python_package_metadata_supp_fkey
    REFERENCES python_package_metadata_supported_platform ON DELETE CASCADE
);
COMMENT ON TABLE has_metadata_supported_platform IS 'Metadata have a supported platform.';
