CREATE TABLE borders (code text, wkb text, geog geography GENERATED ALWAYS AS (ST_GeomFromEWKB(decode(wkb, 'hex'))::geography) STORED);
CREATE TABLE pieces (code text, geog geography);
