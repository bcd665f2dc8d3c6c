-- The import file as it is, with a point and the indexes that its questions
-- need. No holders, no distances, no change log.
DROP TABLE IF EXISTS raw;
CREATE TABLE raw (
  id text, kind text, date_start date, date_end date, date_precision text, place text, township text, state_region text,
  lon float8, lat float8, location_precision text, attacker text, munitions_count int, killed_min int, killed_max int,
  injured_min int, injured_max int, civilians_killed_min int, civilians_killed_max int, status text, summary text,
  geom geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
);
COPY raw (id, kind, date_start, date_end, date_precision, place, township, state_region, lon, lat, location_precision, attacker, munitions_count,
  killed_min, killed_max, injured_min, injured_max, civilians_killed_min, civilians_killed_max, status, summary) FROM STDIN WITH (FORMAT csv, HEADER MATCH);
