import { parseDay, type Day } from './day.ts';
import type { TerritoryFeature } from './feature.ts';

/** A territory state with its span in days; to is exclusive. */
export interface Held {
  feature: TerritoryFeature;
  from: Day;
  to: Day;
}

export function heldOf(features: readonly TerritoryFeature[]): Held[] {
  return features.map((feature) => ({
    feature,
    from: parseDay(feature.properties.valid_from) ?? -Infinity,
    to: parseDay(feature.properties.valid_to) ?? Infinity,
  }));
}

/** The states that stand on the day. */
export function onDay(held: readonly Held[], day: Day): Held[] {
  return held.filter((h) => h.from <= day && day < h.to);
}

/** The latest day up to `day` on which any state begins or ends: what stands on
 *  it stands on `day` too. */
export function standsSince(held: readonly Held[], day: Day): Day {
  let since = -Infinity;
  for (const { from, to } of held) {
    if (from <= day && from > since) since = from;
    if (to <= day && to > since) since = to;
  }
  return since;
}

/** Every day on which any state begins, in order: where stepping may stop. */
export function changeDays(held: readonly Held[]): Day[] {
  return [...new Set(held.map((h) => h.from).filter(Number.isFinite))].sort((a, b) => a - b);
}

export interface Holding {
  actor: string;
  name: string;
  color: string;
  /** km² by status; a claim is never added to what is held. */
  controlled: number;
  contested: number;
  claimed: number;
  places: number;
}

/** What each actor holds, largest first. */
export function holdings(states: readonly Held[]): Holding[] {
  const by = new Map<string, Holding>();
  for (const { feature } of states) {
    const p = feature.properties;
    let h = by.get(p.actor);
    if (!h) {
      h = {
        actor: p.actor, name: p.actor_name ?? p.actor, color: p.color ?? '#888888',
        controlled: 0, contested: 0, claimed: 0, places: 0,
      };
      by.set(p.actor, h);
    }
    const status = p.status === 'contested' || p.status === 'claimed' ? p.status : 'controlled';
    h[status] += p.area_km2 ?? 0;
    if (status === 'controlled') h.places += placesOf(feature).length;
  }
  return [...by.values()].sort((a, b) => b.controlled - a.controlled || b.contested - a.contested);
}

export function placesOf(feature: TerritoryFeature): string[] {
  return (feature.properties.places ?? '').split(';').map((s) => s.trim()).filter(Boolean);
}

/** What one actor's controlled territory gained and lost between two days. */
export interface Shift {
  actor: string;
  color: string;
  before: number;
  after: number;
  gained: string[];
  lost: string[];
}

/** Actors whose controlled towns or area differ between the days, the largest
 *  change first. Areas in km². */
export function shifts(before: readonly Held[], after: readonly Held[]): Shift[] {
  const [a, b] = [controlled(before), controlled(after)];
  const out: Shift[] = [];
  for (const actor of new Set([...a.keys(), ...b.keys()])) {
    const [was, is] = [a.get(actor), b.get(actor)];
    const gained = [...(is?.places ?? [])].filter((p) => !was?.places.has(p)).sort();
    const lost = [...(was?.places ?? [])].filter((p) => !is?.places.has(p)).sort();
    const change = Math.abs((is?.area ?? 0) - (was?.area ?? 0));
    if (change < 0.5 && gained.length + lost.length === 0) continue;
    out.push({
      actor, color: is?.color ?? was?.color ?? '#888888',
      before: was?.area ?? 0, after: is?.area ?? 0, gained, lost,
    });
  }
  return out.sort((x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before));
}

interface Sum { area: number; color: string; places: Set<string> }

function controlled(states: readonly Held[]): Map<string, Sum> {
  const by = new Map<string, Sum>();
  for (const { feature } of states) {
    const p = feature.properties;
    if (p.status !== 'controlled') continue;
    const sum = by.get(p.actor) ?? { area: 0, color: p.color ?? '#888888', places: new Set<string>() };
    sum.area += p.area_km2 ?? 0;
    for (const place of placesOf(feature)) sum.places.add(place);
    by.set(p.actor, sum);
  }
  return by;
}
