import type { Model } from '../app/model.svelte.ts';
import { unknown } from '../state/columns.ts';
import { parseDay, sayDay } from '../state/day.ts';
import type { Scalar } from '../state/history.ts';
import { sharesOf } from '../state/saying.ts';
import type { Chip, ListKey } from '../state/view.ts';
import { fill, sayNumber, sayShare } from '../text/say.ts';

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

/** An active filter in the reader's words. */
export function chipName(model: Model, chip: Chip): string {
  const [t, f] = [model.t, model.filters];
  if (chip.key === 'killed') return fill(t.chipKilled, { n: sayNumber(Number(chip.value), model.lang) });
  if (chip.key === 'border') return fill(t.chipBorder, { km: sayNumber(f.within ?? 0, model.lang), border: model.borderName(chip.value) });
  if (chip.key === 'q') return `“${chip.value}”`;
  if (chip.key === 'bbox') return t.chipBbox;
  return valueName(model, chip.key, chip.value);
}

export function groupName(model: Model, key: ListKey): string {
  return model.t[key];
}

/** What a property of an incident is called on this page; the data's own name
 *  where the page has none. */
export function propertyName(model: Model, property: string): string {
  const t = model.t;
  const named: Record<string, string> = {
    kind: t.kind, attacker: t.attacker, target: t.target, status: t.status, held_by: t.held, held_certainty: t.certainty,
    held_shares: t.heldTitle, held_records: t.heldRecords.replace(/[\s:：-]*\{ids\}/, ''), said_held_by: t.heldSaid.replace(/[\s:：-]*\{who\}/, ''),
    date_start: t.when, date_end: t.when, time_local: t.when, place: t.where, township: t.where, state_region: t.state,
    location_precision: t.precision, uncertainty_m: t.diskLegend, summary: t.what, notes: t.notes, sources: t.sources,
    munitions: t.munitions, munitions_count: t.munitions, response: t.response,
    killed_min: `${t.killed} ≥`, killed_max: `${t.killed} ≤`, injured_min: `${t.injured} ≥`, injured_max: `${t.injured} ≤`,
    border: t.nearestBorder, border_km: t.borderTitle,
  };
  return named[property] ?? property.replaceAll('_', ' ');
}

/** A value of a record in the reader's words; what is not known is said so. */
export function scalarWords(model: Model, property: string, value: Scalar): string {
  const t = model.t;
  if (value === null) return t.notKnown;
  if (typeof value === 'number') return sayNumber(value, model.lang, Number.isInteger(value) ? 0 : 1);
  if (typeof value === 'boolean') return String(value);
  const day = parseDay(value);
  if (day !== null && /^\d{4}-\d{2}-\d{2}$/.test(value)) return sayDay(day, model.lang);
  if (property === 'held_certainty') return valueName(model, 'certainty', value);
  if (property === 'location_precision') return t.precisions[value] ?? value;
  if (property === 'response') return t.responses[value] ?? value;
  if (property === 'held_shares') return sharesOf(value).map((s) => `${s.actor} ${sayShare(s.share, model.lang)}`).join(', ');
  return valueName(model, property, value).replaceAll('|', ', ');
}
