CREATE INDEX ON asked (question, k);
CREATE INDEX ON tiles (z, k);
VACUUM ANALYZE;
