import { getContext, setContext } from 'svelte';
import { loadRecord, loadSetting, deployedPeriod, type Record as Loaded, type Setting } from '../data/load.ts';
import { briefOf, type Brief } from '../state/columns.ts';
import type { IncidentFeature } from '../state/feature.ts';
import { placeIn } from '../state/saying.ts';
import { Grid, type Extent, type Spot } from '../state/cluster.ts';
import { clampDay, type Day } from '../state/day.ts';
import { countWithin, select, toll, within } from '../state/filter.ts';
import { changeDays, holdings, onDay, standsSince } from '../state/territory.ts';
import { placeIndex } from '../state/search.ts';
import { searchOf, viewOf } from '../state/url.ts';
import { noFilters, windowOf, type Filters, type Period, type View } from '../state/view.ts';
import { dictionaryOf } from '../text/say.ts';
import { loadBasemap, type Basemap, type BasemapPlace } from '../map/basemap.ts';
import type { Caption } from '../map/picture.ts';
import { mixed } from '../map/palette.ts';
import { homeOf } from '../map/setting.ts';
import { Arrivals } from './arrivals.svelte.ts';
import { Player } from './player.svelte.ts';
import { Since } from './since.svelte.ts';

/** Spots of the map are about as many pixels apart. */
export const spotRadius = 34;

export interface Flight { lon: number; lat: number; zoom: number }

/** The page's one state: the view, what is loaded, and what follows from both.
 *  Scrubbing only touches `view`; everything below is derived in memory. */
export class Model {
  setting = $state.raw<Setting | null>(null);
  record = $state.raw<Loaded | null>(null);
  failed = $state<string | null>(null);
  period = $state.raw<Period>({ first: 0, last: 0 });
  view = $state.raw<View>(viewOf('', { first: 0, last: 0 }));
  /** Rows of a spot that was picked, when they are several. */
  here = $state.raw<readonly number[] | null>(null);
  online = $state(true);
  dark = $state(false);
  /** The deployment's own background; null when it has none, or while it comes. */
  basemap = $state.raw<Basemap | null>(null);
  basemapFailed = $state(false);
  /** The dialog of what can be taken away is open. */
  sharing = $state(false);
  zoom = $state(5);
  /** What the map shows, and as much again on each side. */
  extent = $state.raw<Extent | null>(null);
  sheet = $state<'none' | 'filters' | 'legend'>('none');
  /** The day was changed a moment ago, and may be on. */
  moving = $state(false);
  /** Where the map is asked to go; a new object is a new wish. */
  flight = $state.raw<Flight | null>(null);
  /** Set by the map while it is there. */
  picture: (caption: Caption) => Promise<Blob | null> = () => Promise.resolve(null);
  /** Resolves when the map has drawn all that it was given. */
  settled: () => Promise<void> = () => Promise.resolve();
  /** The page is shown by day, whatever the reader chose: it goes on paper. */
  paper = $state(false);
  /** The map at once, as the address of a picture; null where there is none. */
  still: () => string | null = () => null;
  command: (what: 'in' | 'out' | 'home') => void = () => undefined;
  /** The reader draws a box for the filter by area. */
  drawing = $state(false);
  /** Land that the map shows at present, for the filter by area. */
  bounds: () => Filters['bbox'] = () => null;

  // The view is a new one with each day, and most of its parts are not: whoever
  // reads these is left alone while days pass.
  readonly lang = $derived(this.view.lang);
  readonly filters = $derived(this.view.filters);
  readonly t = $derived(dictionaryOf(this.lang));
  readonly columns = $derived(this.record?.columns ?? null);
  /** The filters whose answer is shown: those of the view, but while the words
   *  asked for are still looked up. */
  #answered = $state.raw<Filters>(noFilters);
  #found = $state.raw<Uint8Array | null>(null);
  readonly selection = $derived(this.columns && select(this.columns, this.#answered, this.#found));
  readonly from = $derived(windowOf(this.view)[0]);
  readonly to = $derived(this.view.day);
  readonly rows = $derived(
    this.columns && this.selection ? within(this.columns, this.selection.rows, this.from, this.to) : new Uint32Array(),
  );
  /** How many the window has under no filter. */
  readonly windowCount = $derived(this.columns ? countWithin(this.columns, this.from, this.to) : 0);
  readonly killed = $derived(this.columns ? toll(this.rows, this.columns.killedMin, this.columns.killedMax) : null);
  readonly injured = $derived(this.columns ? toll(this.rows, this.columns.injuredMin, this.columns.injuredMax) : null);
  readonly #zoomStep = $derived(Math.floor(this.zoom * 2) / 2);
  readonly grid = $derived(this.columns && new Grid(this.columns));
  readonly spots = $derived.by((): Spot[] =>
    this.grid && this.extent ? this.grid.spots(this.rows, this.#zoomStep, spotRadius, this.extent) : []);
  /** The same all days until the land changes hands. */
  readonly #stands = $derived(this.record ? standsSince(this.record.held, this.view.day) : 0);
  readonly territory = $derived(this.record ? onDay(this.record.held, this.#stands) : []);
  readonly holdings = $derived(holdings(this.territory));
  readonly changeDays = $derived(this.record ? changeDays(this.record.held) : []);
  readonly home = $derived(homeOf(this.setting?.borders ?? []));
  readonly places = $derived(placeIndex(this.setting?.places ?? []));
  readonly actors = $derived(new Map((this.setting?.actors ?? []).map((a) => [a.code, a])));
  /** Towns by the name that records use; villages share names too often. */
  readonly townNames = $derived(
    new Map((this.setting?.places ?? []).filter((p) => p.properties.kind !== 'village').map((p) => [p.properties.name, p.properties])),
  );
  readonly chosen = $derived(
    this.view.id === null || !this.columns ? null : rowOrNull(this.columns.ids.row(this.view.id)),
  );

  readonly player = new Player(this);
  readonly since = new Since();
  readonly arrivals = new Arrivals(this);
  #writing: ReturnType<typeof setTimeout> | undefined;
  /** What the reader changed before the record was there. */
  #early: Partial<View> = {};

  async load(): Promise<void> {
    this.failed = null;
    const knownAt = new URLSearchParams(location.search).get('known_at');
    try {
      const coming = loadRecord(knownAt);
      coming.catch(() => undefined); // told below, unless the setting fails too
      const setting = await loadSetting();
      const period = deployedPeriod(setting.landing);
      // The map lays its land while the record comes. No day is shown till then.
      this.view = viewOf(location.search, period ?? this.period);
      this.setting = setting;
      void this.#lay(setting.landing.basemap);
      const record = await coming;
      this.period = period ?? record.period;
      this.view = { ...viewOf(location.search, this.period), ...this.#early };
      this.#take(record);
    } catch (problem) {
      this.failed = problem instanceof Error ? problem.message : String(problem);
    }
  }

  async #lay(place: BasemapPlace | undefined): Promise<void> {
    if (!place) return;
    try {
      this.basemap = await loadBasemap(place);
    } catch {
      this.basemapFailed = true;
    }
  }

  #take(record: Loaded): void {
    this.record = record;
    void this.#answer();
  }

  /** Shows what the filters ask for, at once but for words, which may have to
   *  be looked up. Without an answer what is shown stays. */
  async #answer(): Promise<void> {
    const { q } = this.view.filters;
    const words = this.record?.words;
    if (!words) return;
    let found = words.known(q);
    if (found === undefined) {
      try {
        found = await words.find(q);
      } catch {
        this.online = navigator.onLine;
        return;
      }
      if (this.view.filters.q !== q || this.record?.words !== words) return;
    }
    this.#found = found;
    this.#answered = this.view.filters;
  }

  /** Reads the record again: another known_at, or something new arrived. */
  async reload(): Promise<void> {
    try {
      const record = await loadRecord(this.view.knownAt);
      const { first, last } = this.period;
      // Longer when something newer came; never shorter under the reader's hand.
      this.period = { first: Math.min(first, record.period.first), last: Math.max(last, record.period.last) };
      this.#take(record);
      void record.shelf.fill();
      this.arrivals.seen();
    } catch {
      this.online = navigator.onLine;
    }
  }

  /** Changes the view. 'push' makes a step of the browser's history; 'replace'
   *  is for what changes many times a second, and is written when it rests. */
  go(patch: Partial<View>, how: 'push' | 'replace' = 'push'): void {
    const knownBefore = this.view.knownAt;
    this.view = { ...this.view, ...patch };
    // Its days are not known yet, so that an address written now would lose its own.
    if (!this.record) return void (this.#early = { ...this.#early, ...patch });
    clearTimeout(this.#writing);
    if (how === 'push') this.#write('push');
    else this.#writing = setTimeout(() => this.#rest(), 300);
    this.moving = how === 'replace' && (this.moving || patch.day !== undefined);
    if (this.view.knownAt !== knownBefore) void this.reload();
    else if (patch.filters) void this.#answer();
  }

  #rest(): void {
    this.moving = false;
    this.#write('replace');
  }

  #write(how: 'push' | 'replace'): void {
    const search = searchOf(this.view, this.period);
    if (search === location.search) return;
    const url = location.pathname + search;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  }

  /** Back or forward: the address is the state. */
  follow(): void {
    const knownBefore = this.view.knownAt;
    this.view = viewOf(location.search, this.period);
    this.here = null;
    if (this.view.knownAt !== knownBefore) void this.reload();
    else void this.#answer();
  }

  filter(patch: Partial<Filters>): void {
    this.go({ filters: { ...this.view.filters, ...patch } });
  }

  /** The day moves, the window follows with its length. */
  goDay(day: Day, how: 'push' | 'replace' = 'replace'): void {
    this.go({ day: clampDay(day, this.period.first, this.period.last) }, how);
  }

  goWindow(from: Day, to: Day, how: 'push' | 'replace' = 'replace'): void {
    const last = clampDay(to, this.period.first, this.period.last);
    const first = clampDay(Math.min(from, last), this.period.first, last);
    this.go({ day: last, span: last - first + 1 }, how);
  }

  open(row: number): void {
    this.here = this.here?.includes(row) ? this.here : null;
    this.go({ id: this.columns?.ids.at(row) ?? null });
  }

  /** What lists say of a row. */
  brief(row: number): Brief {
    return briefOf(this.columns!, row);
  }

  /** The whole of an incident, at once when it was read before. */
  feature(row: number): IncidentFeature | Promise<IncidentFeature> {
    return this.record!.shelf.get(this.columns!.ids.at(row));
  }

  /** Opens an incident that may lie outside the window: the day goes to it. */
  openFar(row: number): void {
    const c = this.columns;
    if (!c) return;
    const inside = c.to[row]! >= this.from && c.from[row]! <= this.to;
    const day = clampDay(c.to[row]!, this.period.first, this.period.last);
    this.here = null;
    this.go({ id: c.ids.at(row), ...(inside ? {} : { day }) });
  }

  /** A spot of the map was picked: its incident, or the list of several. */
  pick(row: number | null): void {
    const spot = row === null ? undefined : this.spots.find((s) => s.row === row);
    if (!spot || !this.grid) return this.close();
    if (spot.n === 1) {
      this.here = null;
      this.go({ id: this.columns?.ids.at(spot.row) ?? null });
    } else {
      this.here = this.grid.rowsOf(spot);
      if (this.view.id !== null) this.go({ id: null });
    }
  }

  close(): void {
    if (this.view.id !== null) this.go({ id: null });
    else if (this.here !== null) this.here = null;
    else this.since.open = false;
  }

  goPlace(place: { lon: number; lat: number }): void {
    if (this.view.panel !== 'map') this.go({ panel: 'map' });
    this.flight = { lon: place.lon, lat: place.lat, zoom: 9 };
  }

  /** Where an incident was, in the reader's script. */
  placeName(p: Pick<Brief, 'place' | 'township' | 'state_region'>): string {
    return placeIn(p, this.lang, this.townNames);
  }

  /** State forces take one stripe of a contest, whoever fights them the other. */
  holderStyle(code: string): { color: string; phase: number } {
    return { color: this.actorColor(code), phase: this.actors.get(code)?.kind === 'state forces' ? 0 : 1 };
  }

  borderName(code: string): string {
    const other = code.split('-').find((c) => c !== this.home) ?? code;
    return this.t.countries[other] ?? this.setting?.borders.find((b) => b.properties.code === code)?.properties.name ?? code;
  }

  actorName(code: string): string {
    if (code === '?' || code === '') return this.t.nobody;
    const actor = this.actors.get(code);
    return (this.lang === 'my' ? actor?.name_my : null) || actor?.name || code;
  }

  /** The name without its alternatives and remarks: "State Administration Council". */
  actorShort(code: string): string {
    return this.actorName(code).split(/\s*[;/(]/)[0]!.trim();
  }

  actorColor(code: string): string {
    const color = this.actors.get(code)?.color ?? '#8a8f94';
    // The colours are chosen for a light ground; a dark one needs them lighter.
    return this.dark ? mixed(color, 255, 0.22) : color;
  }
}

function rowOrNull(row: number): number | null {
  return row < 0 ? null : row;
}

const key = Symbol('model');

export function provideModel(model: Model): Model {
  return setContext(key, model);
}

export function useModel(): Model {
  return getContext<Model>(key);
}
