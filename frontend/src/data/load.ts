import type { Columns } from '../state/columns.ts';
import { parseDay, type Day } from '../state/day.ts';
import type {
  ActorProperties, AreaProperties, BorderFeature, BorderProperties, GateFeature, GateProperties,
  Landing, PlaceFeature, PlaceProperties, AreaFeature, RiverFeature,
} from '../state/feature.ts';
import { heldOf, type Held } from '../state/territory.ts';
import type { Period } from '../state/view.ts';
import { getAll, getBytes, getJson, getText } from './api.ts';
import { columnsOf } from './arrow.ts';
import { incidentsPath, landingPath, ofCountries, ofRivers, territoryPath } from './opening.ts';
import { Shelf } from './shelf.ts';
import { territoryOf } from './territory.ts';
import { Words } from './words.ts';

/** What never changes while the page is open. */
export interface Setting {
  landing: Landing;
  borders: BorderFeature[];
  gates: GateFeature[];
  places: PlaceFeature[];
  actors: ActorProperties[];
  land: AreaFeature[];
  rivers: RiverFeature[];
}

/** What is replaced as a whole when another `known_at` is asked for, or when
 *  something new arrives. */
export interface Record {
  columns: Columns;
  held: Held[];
  /** What makes other requests ask for the same moment: '' or "&known_at=". */
  query: string;
  /** The whole features that were read so far. */
  shelf: Shelf;
  words: Words;
  period: Period;
  /** The version of the data that was read, or an older one: what changed while
   *  it was read is then told as new once more. */
  version: number;
  /** When it was read of the server. */
  readAt: string;
}

export async function loadSetting(): Promise<Setting> {
  const [landing, borders, gates, places, actors, land, rivers] = await Promise.all([
    getJson<Landing>(landingPath).catch((): Landing => ({})),
    getAll<BorderProperties>('borders') as Promise<BorderFeature[]>,
    getAll<GateProperties>('gates') as Promise<GateFeature[]>,
    getAll<PlaceProperties>('places') as Promise<PlaceFeature[]>,
    getAll<ActorProperties>('actors'),
    getAll<AreaProperties>('areas', ofCountries).catch(() => []) as Promise<AreaFeature[]>,
    getAll<AreaProperties>('areas', ofRivers).catch(() => []) as Promise<RiverFeature[]>,
  ]);
  return { landing, borders, gates, places, actors: actors.map((a) => a.properties), land, rivers };
}

export async function loadRecord(knownAt: string | null): Promise<Record> {
  const query = knownAt ? `&known_at=${encodeURIComponent(knownAt)}` : '';
  const [stream, territory] = await Promise.all([
    getBytes(incidentsPath + query),
    getText(territoryPath + query),
  ]);
  const columns = columnsOf(stream.bytes);
  const readAt = stream.keptAt ?? new Date().toISOString();
  const shelf = new Shelf(query, columns.count);
  const held = heldOf(territoryOf(territory.text));
  const version = Math.min(stream.version, territory.version);
  return { columns, held, query, shelf, words: new Words(columns.ids, shelf, query), period: periodOf(columns, held), version, readAt };
}

/** From the first to the last day that any incident or change of hands has.
 *  Control that stands since before the record does not stretch it. */
function periodOf(c: Columns, held: readonly Held[]): Period {
  const first = c.from[0] ?? Infinity;
  let last = c.to.reduce((a, b) => Math.max(a, b), -Infinity);
  for (const h of held) {
    if (Number.isFinite(h.from)) last = Math.max(last, h.from);
  }
  if (first > last) {
    const today: Day = Math.floor(Date.now() / 86_400_000);
    return { first: today - 30, last: today };
  }
  return { first, last };
}

/** The deployment's own period, when it names one that holds any day. */
export function deployedPeriod(landing: Landing): Period | null {
  const first = parseDay(landing.deployment?.period?.[0]);
  const last = parseDay(landing.deployment?.period?.[1]);
  return first !== null && last !== null && first <= last ? { first, last } : null;
}
