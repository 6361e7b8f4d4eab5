-- stage: pre
-- One row for each value of core metadata, and for each whole set of them: two processes of the original that synced
-- the same 60 solver documents left 41 groups of equal metadata. Syncing solver documents upserts all of these; reads
-- reach them by the ids of has_metadata_<key>, so the digests cost no read an index.
SELECT merge_duplicates('python_package_metadata_classifier');
SELECT merge_duplicates('python_package_metadata_distutils');
SELECT merge_duplicates('python_package_metadata_platform');
SELECT merge_duplicates('python_package_metadata_project_url');
SELECT merge_duplicates('python_package_metadata_provides_extra');
SELECT merge_duplicates('python_package_metadata_requires_external');
SELECT merge_duplicates('python_package_metadata_supported_platform');
SELECT merge_duplicates('python_package_metadata');

CREATE UNIQUE INDEX python_package_metadata_classifier_key
  ON python_package_metadata_classifier (content_digest(classifier));
CREATE UNIQUE INDEX python_package_metadata_distutils_key
  ON python_package_metadata_distutils (content_digest(distutils), distutils_type) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX python_package_metadata_platform_key
  ON python_package_metadata_platform (content_digest(platform));
CREATE UNIQUE INDEX python_package_metadata_project_url_key
  ON python_package_metadata_project_url (content_digest(url, label));
CREATE UNIQUE INDEX python_package_metadata_provides_extra_key
  ON python_package_metadata_provides_extra (content_digest(optional_feature));
CREATE UNIQUE INDEX python_package_metadata_requires_external_key
  ON python_package_metadata_requires_external (content_digest(dependency));
CREATE UNIQUE INDEX python_package_metadata_supported_platform_key
  ON python_package_metadata_supported_platform (content_digest(supported_platform));
CREATE UNIQUE INDEX python_package_metadata_key
  ON python_package_metadata (
    content_digest(
      author, author_email, download_url, home_page, keywords, license, maintainer, maintainer_email, metadata_version,
      name, summary, version, requires_python, description_content_type, description
    )
  );

SELECT merge_duplicates('has_metadata_classifier');
SELECT merge_duplicates('has_metadata_distutils');
SELECT merge_duplicates('has_metadata_platform');
SELECT merge_duplicates('has_metadata_project_url');
SELECT merge_duplicates('has_metadata_provides_extra');
SELECT merge_duplicates('has_metadata_requires_external');
SELECT merge_duplicates('has_metadata_supported_platform');

-- The metadata come first: get_python_package_version_metadata and …_trove_classifiers_all go from there to the values.
CREATE UNIQUE INDEX has_metadata_classifier_key
  ON has_metadata_classifier (python_package_metadata_id, python_package_metadata_classifier_id);
CREATE UNIQUE INDEX has_metadata_distutils_key
  ON has_metadata_distutils (python_package_metadata_id, python_package_metadata_distutils_id);
CREATE UNIQUE INDEX has_metadata_platform_key
  ON has_metadata_platform (python_package_metadata_id, python_package_metadata_platform_id);
CREATE UNIQUE INDEX has_metadata_project_url_key
  ON has_metadata_project_url (python_package_metadata_id, python_package_metadata_project_url_id);
CREATE UNIQUE INDEX has_metadata_provides_extra_key
  ON has_metadata_provides_extra (python_package_metadata_id, python_package_metadata_provides_extra_id);
CREATE UNIQUE INDEX has_metadata_requires_external_key
  ON has_metadata_requires_external (python_package_metadata_id, python_package_metadata_requires_external_id);
CREATE UNIQUE INDEX has_metadata_supported_platform_key
  ON has_metadata_supported_platform (python_package_metadata_id, python_package_metadata_supported_platform_id);
