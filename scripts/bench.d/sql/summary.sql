\set k random(0, 999)
SELECT i.state_region, i.kind, count(*), sum(killed_min), sum(killed_max), sum(injured_min), sum(injured_max)
  FROM asked a JOIN incidents i ON i.kind = a.kind AND i.date_earliest <= a.last AND i.date_latest >= a.first
  WHERE a.question = 'selective' AND a.k = :k GROUP BY 1, 2;
