-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX kebechet_github_installations_key;
