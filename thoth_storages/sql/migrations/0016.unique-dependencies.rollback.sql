-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX depends_on_key;
