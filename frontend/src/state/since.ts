/** One entry of the API's list of changes. */
export interface ChangeEntry {
  collection: string;
  id: string;
  operation: string;
  recorded_at: string;
  title?: string;
}

export type Fate = 'new' | 'changed' | 'gone';

/** What became of one record between two visits. */
export interface Happened {
  collection: string;
  id: string;
  fate: Fate;
  title: string;
  at: string;
}

/** Changes, the latest first as the API lists them, drawn together by record:
 *  what appeared is new however often it changed since; what appeared and went
 *  between the visits was never seen and is left out. */
export function happenedOf(changes: readonly ChangeEntry[]): Happened[] {
  const by = new Map<string, { last: ChangeEntry; first: ChangeEntry }>();
  for (const c of changes) {
    const key = `${c.collection} ${c.id}`;
    const known = by.get(key);
    if (known) known.first = c;
    else by.set(key, { last: c, first: c });
  }
  return [...by.values()].flatMap(({ last, first }) => {
    const [came, went] = [first.operation === 'create', last.operation === 'delete'];
    if (came && went) return [];
    const fate: Fate = came ? 'new' : went ? 'gone' : 'changed';
    return [{ collection: last.collection, id: last.id, fate, title: last.title ?? last.id, at: last.recorded_at }];
  });
}

export function countsOf(list: readonly Happened[]): Record<Fate, number> {
  const n = { new: 0, changed: 0, gone: 0 };
  for (const h of list) n[h.fate]++;
  return n;
}

/** What a browser keeps of a visit: when it was, and the newest change that the
 *  reader has been shown. */
export interface Visit {
  at: string;
  seen: string;
}

export function visitOf(text: string | null): Visit | null {
  try {
    const v = JSON.parse(text ?? 'null') as Partial<Visit> | null;
    return v && isInstant(v.at) && isInstant(v.seen) ? { at: v.at, seen: v.seen } : null;
  } catch {
    return null;
  }
}

function isInstant(text: unknown): text is string {
  return typeof text === 'string' && Number.isFinite(Date.parse(text));
}
