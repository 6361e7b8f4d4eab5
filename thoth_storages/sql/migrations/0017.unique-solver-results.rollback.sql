-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX solved_key;
