DROP FUNCTION external_requirements_lock_hash(integer[]);
DROP FUNCTION requirements_lock_hash(integer[]);
DROP FUNCTION requirements_hash(integer[]);
