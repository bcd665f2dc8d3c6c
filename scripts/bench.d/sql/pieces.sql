INSERT INTO pieces SELECT code, ST_Subdivide(geog::geometry, 32)::geography FROM borders;
CREATE INDEX ON pieces USING gist (geog);
ANALYZE pieces;
