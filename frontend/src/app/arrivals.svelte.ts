import { SvelteSet } from 'svelte/reactivity';
import type { Change, Hearing } from '../data/events.ts';
import type { Model } from './model.svelte.ts';

/** What arrived since the record was read. It is told, and shown when the
 *  reader asks: nothing moves under the hand. Only after a break of the line,
 *  when the reader was told that the record may be old, is it read at once. */
export class Arrivals implements Hearing {
  /** The version that the server has now, once it is ahead of what is shown. */
  version = $state<number | null>(null);
  /** Incidents that are new or changed, as far as they were told one by one. */
  readonly incidents = new SvelteSet<string>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  open(version: number): void {
    const broken = !this.#model.online;
    this.#model.online = true;
    if (version <= (this.#model.record?.version ?? 0)) return;
    if (broken) void this.#model.reload();
    else this.version = version;
  }

  changed(version: number, changes: readonly Change[]): void {
    if (version <= (this.#model.record?.version ?? 0)) return;
    this.version = version;
    for (const change of changes) if (change.collection === 'incidents') this.incidents.add(change.id);
  }

  lost(): void {
    this.#model.online = false;
  }

  seen(): void {
    this.version = null;
    this.incidents.clear();
  }
}
