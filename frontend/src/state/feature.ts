import type { Geometry, MultiPolygon, Point, Polygon, LineString, MultiLineString } from 'geojson';

/** GeoJSON as the API answers it; `links` carry the next page. */
export interface Item<P, G extends Geometry = Geometry> {
  type: 'Feature';
  id: string;
  geometry: G | null;
  properties: P;
}

export interface Page<P, G extends Geometry = Geometry> {
  type: 'FeatureCollection';
  features: Item<P, G>[];
  links?: { rel: string; href: string }[];
  numberMatched?: number;
}

type Count = number | null;
type Text = string | null;

/** The flat properties of an incident. null = not known, never zero. */
export interface IncidentProperties {
  id: string;
  kind: string;
  date_start: string;
  date_end: string;
  date_precision: Text;
  date_earliest: string;
  date_latest: string;
  time_local: Text;
  place: Text;
  place_code: Text;
  township: Text;
  township_code: Text;
  state_region: Text;
  location_precision: Text;
  uncertainty_m: Count;
  attacker: Text;
  target: Text;
  munitions_count: Count;
  munitions: Text;
  killed_min: Count;
  killed_max: Count;
  injured_min: Count;
  injured_max: Count;
  civilians_killed_min: Count;
  civilians_killed_max: Count;
  children_killed_min: Count;
  children_killed_max: Count;
  women_killed_min: Count;
  women_killed_max: Count;
  combatants_killed_min: Count;
  combatants_killed_max: Count;
  response: Text;
  status: string;
  held_by: Text;
  held_certainty: Text;
  held_shares: Text;
  held_records: Text;
  said_held_by: Text;
  border: Text;
  border_km: Count;
  border_km_min: Count;
  border_km_max: Count;
  border_distances: Text;
  summary: Text;
  notes: Text;
  sources: Text;
  version: Count;
  recorded_at: Text;
}

export type IncidentFeature = Item<IncidentProperties, Point>;

/** What one source says of an incident; what it does not say is absent. */
export interface Citation {
  source: string;
  publisher?: string;
  url?: string;
  published?: string;
  language?: string;
  killed_min?: number;
  killed_max?: number;
  injured_min?: number;
  injured_max?: number;
  held_by?: string;
  claim?: string;
}

export interface ControlProperties {
  id: string;
  place: Text;
  actor: string;
  status: string;
  valid_from: Text;
  /** The first day on which it no longer holds. */
  valid_to: Text;
  publisher: Text;
  source_url: Text;
}

export type ControlFeature = Item<ControlProperties>;

export interface TerritoryProperties {
  id: string;
  actor: string;
  actor_name: Text;
  color: Text;
  status: string;
  valid_from: Text;
  valid_to: Text;
  area_km2: Count;
  places: Text;
  place_count: Count;
  accuracy_m: Count;
  generalised: boolean | null;
}

export type TerritoryFeature = Item<TerritoryProperties, MultiPolygon | Polygon>;

export interface PlaceProperties {
  code: string;
  name: string;
  name_my: Text;
  name_zh: Text;
  kind: Text;
  township_code: Text;
  township: Text;
  state_region: Text;
  aliases: Text;
}

export type PlaceFeature = Item<PlaceProperties, Point>;

export interface ActorProperties {
  code: string;
  name: string;
  name_my: Text;
  kind: Text;
  alliance: Text;
  color: Text;
  aliases: Text;
}

export type ActorFeature = Item<ActorProperties, Point>;

export interface BorderProperties {
  code: string;
  name: string;
  length_km: Count;
}

export type BorderFeature = Item<BorderProperties, LineString | MultiLineString>;

export interface GateProperties {
  id: string;
  name: string;
  other_side: Text;
  other_country: Text;
  border: Text;
  coordinates: Text;
  controller: Text;
  controller_from: Text;
  controller_last_seen: Text;
  source_url: Text;
  publisher: Text;
  note: Text;
}

export type GateFeature = Item<GateProperties, Point>;

export interface AreaProperties {
  code: string;
  name: string;
  level: string;
}

export type RiverFeature = Item<AreaProperties>;

export type AreaFeature = Item<AreaProperties, Polygon | MultiPolygon>;

/** The landing document of the API, as far as the page reads it. */
export interface Landing {
  title?: string;
  description?: string;
  data_version?: number;
  /** When the data last changed. */
  updated?: string;
  /** Who mends errors: a mail address or a page. */
  contact?: string;
  /** Drawn below the map's own: an archive on this server, or a style. */
  basemap?: { type: string; href: string };
  attribution?: { title?: string; origin?: string; licence?: string; licence_url?: string; attribution?: string }[];
  deployment?: {
    center?: number[];
    bbox?: number[];
    time_zone?: string;
    period?: [string | null, string | null];
    border?: string;
  };
}
