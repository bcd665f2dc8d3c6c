-- What our own CSV export holds, so that both sides answer with the same
-- properties.
CREATE TABLE loaded (
  id text, kind text, date_start date, date_end date, date_precision text, date_earliest date, date_latest date, time_local text,
  place text, place_code text, township text, township_code text, state_region text, location_precision text, uncertainty_m float8,
  attacker text, target text, munitions_count int, munitions text, killed_min int, killed_max int, injured_min int, injured_max int,
  civilians_killed_min int, civilians_killed_max int, children_killed_min int, children_killed_max int, women_killed_min int, women_killed_max int,
  combatants_killed_min int, combatants_killed_max int, response text, status text, held_by text, held_certainty text, held_shares text,
  held_records text, said_held_by text, border text, border_km float8, border_km_min float8, border_km_max float8, border_distances text,
  summary text, notes text, sources text, version int, recorded_at timestamptz, lon float8, lat float8
);
COPY loaded FROM STDIN WITH (FORMAT csv, HEADER MATCH);
