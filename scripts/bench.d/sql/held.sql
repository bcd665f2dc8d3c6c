CREATE TABLE control (id text, actor text, first date, last date, wkb text, geom geometry GENERATED ALWAYS AS (ST_GeomFromEWKB(decode(wkb, 'hex'))) STORED);
