/** A value of a flat record; null = not known. */
export type Scalar = string | number | boolean | null;

/** One version of a record, as its history tells it. */
export interface VersionLine {
  version: number;
  at: string | null;
  author: string | null;
  operation: string | null;
  reason: string | null;
  changes: { field: string; was: Scalar; is: Scalar }[];
}

type Loose = Record<string, unknown>;

/** Reads the answer of `/history`, newest first; fields that a server does not
 *  send stay empty, and anything unreadable is left out. */
export function versionsOf(answer: unknown): VersionLine[] {
  const body = answer as Loose | null;
  const list = body?.['versions'];
  if (!Array.isArray(list)) return [];
  return (list as Loose[])
    .map((v, k) => ({
      version: typeof v['version'] === 'number' ? v['version'] : k + 1,
      at: text(v['recorded_at']),
      author: text(v['author']),
      operation: text(v['operation']),
      reason: text(v['reason']),
      changes: changesOf(v['differences']),
    }))
    .sort((a, b) => b.version - a.version);
}

function changesOf(value: unknown): VersionLine['changes'] {
  if (!Array.isArray(value)) return [];
  return (value as Loose[]).map((c) => ({
    field: text(c['property']) ?? text(c['field']) ?? '',
    was: scalar(c['before']),
    is: scalar(c['after']),
  }));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function scalar(value: unknown): Scalar {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
