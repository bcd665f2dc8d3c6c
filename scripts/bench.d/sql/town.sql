\set k random(0, 999)
SELECT ST_AsGeoJSON(t.*) FROM (SELECT i.* FROM asked a JOIN incidents i ON i.geom && a.box WHERE a.question = 'town' AND a.k = :k LIMIT 1000) t;
