import type { IncidentFeature, IncidentProperties } from '../state/feature.ts';
import { getAll, getJson } from './api.ts';

/** Sets up to this size are read as a whole once the first view stands, so that
 *  every incident opens without a network. */
const small = 2000;

/** The whole features of incidents that were opened, or of all of few. */
export class Shelf {
  /** Whether all are here. */
  whole = false;
  readonly #query: string;
  readonly #count: number;
  readonly #kept = new Map<string, IncidentFeature>();
  #filling: Promise<void> | null = null;

  constructor(query: string, count: number) {
    this.#query = query;
    this.#count = count;
  }

  /** At once when it is here; else it is asked for. */
  get(id: string): IncidentFeature | Promise<IncidentFeature> {
    return this.#kept.get(id) ?? this.#read(id);
  }

  get all(): ReadonlyMap<string, IncidentFeature> {
    return this.#kept;
  }

  async #read(id: string): Promise<IncidentFeature> {
    const query = this.#query.replace('&', '?');
    const feature = await getJson<IncidentFeature>(`/api/collections/incidents/items/${encodeURIComponent(id)}${query}`);
    this.#kept.set(id, feature);
    return feature;
  }

  /** Reads all of a small set; when it fails, each is read when it is opened. */
  fill(): Promise<void> {
    return (this.#filling ??= this.#fill());
  }

  async #fill(): Promise<void> {
    if (this.#count > small) return;
    const features = await getAll<IncidentProperties>('incidents', this.#query).catch(() => null);
    if (!features) return;
    for (const f of features as IncidentFeature[]) this.#kept.set(f.id, f);
    this.whole = true;
  }
}
