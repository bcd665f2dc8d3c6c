\set k random(0, 999)
SELECT ST_AsGeoJSON(t.*) FROM (SELECT i.* FROM asked a JOIN incidents i ON i.geom && a.box AND i.kind = a.kind AND i.date_earliest <= a.last AND i.date_latest >= a.first
  WHERE a.question = 'selective' AND a.k = :k LIMIT 100) t;
