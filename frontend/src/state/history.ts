/** One version of a record, as its history tells it. */
export interface VersionLine {
  version: number;
  at: string | null;
  author: string | null;
  operation: string | null;
  reason: string | null;
  changes: { field: string; was: string; is: string }[];
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
    was: said(c['before']),
    is: said(c['after']),
  }));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
