// Myanmar's outer ring cut at its tripoints, and the neighbours' rings made to follow it.
//
// In the source two neighbours mostly share their vertices, but not everywhere: along the Shweli the
// Chinese ring leaves Myanmar's by up to 1,085 m. Myanmar's ring is the line throughout. The tripoints
// are vertices that all three rings share, so the borders meet exactly.
import { COUNTRIES, geoMap, outerRings } from './common.mjs';

// In the order of Myanmar's ring, clockwise from the tripoint with Bangladesh and India, so that Myanmar
// lies to the right of each line. Between Thailand and Bangladesh lies the sea.
const NEIGHBOURS = ['IND', 'CHN', 'LAO', 'THA', 'BGD'];

const key = (p) => p.join(' ');

/**
 * Reads the countries. `rings`: outer rings by ISO3 code, neighbours patched; `sections`: by neighbour, the
 * part of Myanmar's ring that it shares with it, territorial waters included. Both in source vertices.
 */
export function loadRings() {
  const rings = new Map(geoMap(COUNTRIES).features.map((f) => [f.properties.A3, outerRings(f.geometry)]));
  const ring = longest(rings.get('MMR')).slice(0, -1);
  const shared = new Map(NEIGHBOURS.map((c) => [c, new Set(rings.get(c).flat().map(key))]));
  const meets = (p, ...countries) => countries.every((c) => shared.get(c).has(key(p)));

  const start = only(ring, (p) => meets(p, 'BGD', 'IND'));
  const line = [...ring.slice(start), ...ring.slice(0, start + 1)];
  const tripoint = (a, b) => only(line, (p) => meets(p, a, b));
  const ends = [0, tripoint('IND', 'CHN'), tripoint('CHN', 'LAO'), tripoint('LAO', 'THA')];
  const sections = new Map([
    ['IND', line.slice(ends[0], ends[1] + 1)],
    ['CHN', line.slice(ends[1], ends[2] + 1)],
    ['LAO', line.slice(ends[2], ends[3] + 1)],
    ['THA', line.slice(ends[3], line.findLastIndex((p) => meets(p, 'THA')) + 1)],
    ['BGD', line.slice(line.findIndex((p, i) => i > ends[3] && meets(p, 'BGD')))],
  ]);
  for (const [country, section] of sections) {
    rings.set(country, rings.get(country).map((r) => follow(r, section)));
  }
  return { rings, sections };
}

/** The ring with its own way between the section's ends replaced by the section; as it is, if it lacks the ends. */
function follow(ring, section) {
  const open = ring.slice(0, -1);
  const from = open.findIndex((p) => key(p) === key(section.at(-1)));
  if (from < 0) return ring;
  const turned = [...open.slice(from), ...open.slice(0, from)];
  const to = turned.findIndex((p) => key(p) === key(section[0]));
  if (to < 0) return ring;
  const along = new Set(section.map(key));
  const count = (part) => part.filter((p) => along.has(key(p))).length;
  if (count(turned.slice(1, to)) < count(turned.slice(to + 1))) throw new Error('a neighbour runs the same way as Myanmar');
  return [...section.toReversed(), ...turned.slice(to + 1), section.at(-1)];
}

function only(line, test) {
  const found = line.flatMap((p, i) => (test(p) && key(p) !== key(line[i - 1] ?? []) ? [i] : []));
  if (found.length !== 1) throw new Error(`a tripoint was found ${found.length} times`);
  return found[0];
}

const longest = (rings) => rings.reduce((a, b) => (a.length > b.length ? a : b));
