CREATE TABLE incidents AS SELECT *, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom FROM loaded;
DROP TABLE loaded;
ALTER TABLE incidents DROP lon, DROP lat, ADD PRIMARY KEY (id);
CREATE INDEX ON incidents USING gist (geom);
CREATE INDEX ON incidents (date_earliest);
CREATE INDEX ON incidents (kind);
-- Tiles are drawn from points that lie in their projection already, with few properties.
CREATE TABLE mercator AS SELECT id, kind, date_earliest, killed_min, killed_max, status, held_by, ST_Transform(geom, 3857) AS geom FROM incidents;
CREATE INDEX ON mercator USING gist (geom);
-- What is asked: boxes by the name of the question, and tiles.
CREATE TABLE asked (question text, k int, west float8, south float8, east float8, north float8, first date, last date, kind text,
  box geometry GENERATED ALWAYS AS (ST_MakeEnvelope(west, south, east, north, 4326)) STORED);
CREATE TABLE tiles (z int, k int, x int, y int);
