CREATE TABLE TABLE_NAME (k int, day date, lon float8, lat float8, geom geometry GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED);
