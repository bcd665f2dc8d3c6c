import { getJson } from '../data/api.ts';
import { happenedOf, visitOf, type ChangeEntry, type Happened, type Visit } from '../state/since.ts';

const key = 'strikewatch.visit';
const collections = 'incidents,control';
const most = 2000;

/** What changed since the reader was last here. The visit is kept in this
 *  browser only, and moves on when the reader has seen the changes. */
export class Since {
  /** null = nothing to tell. */
  changes = $state.raw<readonly Happened[] | null>(null);
  /** Older ones were left out of the list. */
  cut = $state(false);
  when = $state('');
  open = $state(false);
  remembers = $state(false);
  #newest = '';

  async look(): Promise<void> {
    const last = visitOf(stored.get());
    this.remembers = last !== null;
    const since = last ? `&updated_since=${encodeURIComponent(last.seen)}&limit=${most}` : '&limit=1';
    const answer = await getJson<{ changes: ChangeEntry[] }>(`/api/changes?collection=${collections}${since}`).catch(() => null);
    if (!answer) return;
    const changes = last ? happenedOf(answer.changes) : [];
    this.#newest = answer.changes[0]?.recorded_at ?? last?.seen ?? '';
    if (!last || changes.length === 0) return this.done();
    this.cut = answer.changes.length >= most;
    this.when = last.at;
    this.changes = changes;
  }

  /** The reader has seen them: the next visit tells what comes after. */
  done(): void {
    this.changes = null;
    this.open = false;
    if (this.#newest) stored.set({ at: new Date().toISOString(), seen: this.#newest });
    this.remembers = stored.get() !== null;
  }

  forget(): void {
    this.changes = null;
    this.open = false;
    this.#newest = '';
    stored.clear();
    this.remembers = false;
  }
}

/** Where a browser refuses to keep anything, every visit is the first. */
const stored = {
  get(): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(visit: Visit): void {
    try {
      localStorage.setItem(key, JSON.stringify(visit));
    } catch {
      // A full or forbidden store is no reason to disturb the reader.
    }
  },
  clear(): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};
