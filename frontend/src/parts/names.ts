import type { Model } from '../app/model.svelte.ts';
import { unknown } from '../state/columns.ts';
import type { ListKey } from '../state/view.ts';

/** A value of a list filter in the reader's words; codes without a word of
 *  their own are said as they are. */
export function valueName(model: Model, key: string, value: string): string {
  const t = model.t;
  if (key === 'kind') return t.kinds[value] ?? value;
  if (key === 'status') return t.statuses[value] ?? value;
  if (key === 'certainty') return t.certainties[value] ?? value;
  if (key === 'held' || key === 'attacker') return value === unknown ? t.nobody : value;
  if (value === unknown) return t.unknown;
  if (key === 'target') return t.targets[value] ?? value.replaceAll('_', ' ');
  return value;
}

export function groupName(model: Model, key: ListKey): string {
  return model.t[key];
}
