\set k random(0, 999)
SELECT ST_AsMVT(t, 'incidents') FROM (SELECT m.id, m.kind, m.date_earliest::text, m.killed_min, m.killed_max, m.status, m.held_by,
    ST_AsMVTGeom(m.geom, ST_TileEnvelope(a.z, a.x, a.y)) AS geom
  FROM tiles a JOIN mercator m ON m.geom && ST_TileEnvelope(a.z, a.x, a.y) WHERE a.z = :zoom AND a.k = :k) t;
