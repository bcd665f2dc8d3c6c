-- What a later version took out of the public view: looked up when another
-- process wrote it.
CREATE INDEX version_withdrawn ON version (withdrawn_by) WHERE withdrawn_by IS NOT NULL;
