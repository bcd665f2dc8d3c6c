-- What the public does not see, or never saw since it was superseded before its
-- time: the change feed looks such versions up.
DROP INDEX version_hidden;
CREATE INDEX version_hidden ON version (collection) WHERE public_from IS NULL;
CREATE INDEX version_unseen ON version (collection) WHERE public_until <= public_from;
