import { describe, expect, it } from 'vitest';
import { citeBibtex, citeText, correctionLink, pageOf } from '../../src/state/cite.ts';
import { countsOf as changeCounts, happenedOf, visitOf, type ChangeEntry } from '../../src/state/since.ts';
import { differ } from '../../src/state/saying.ts';
import { versionsOf } from '../../src/state/history.ts';
import { itemsLink, reportLink } from '../../src/state/links.ts';
import { findPlaces, placeIndex } from '../../src/state/search.ts';
import { parseDay } from '../../src/state/day.ts';
import { initialView, noFilters } from '../../src/state/view.ts';
import { en } from '../../src/text/en.ts';
import { my } from '../../src/text/my.ts';
import { fill, sayKm, sayNumber, sayRange } from '../../src/text/say.ts';
import { zh } from '../../src/text/zh.ts';
import { incident, place } from './samples.ts';

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ''): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out.set(path + key, value);
    else for (const [k, v] of flat(value, `${path}${key}.`)) out.set(k, v);
  }
  return out;
}

describe.each([['my', my, /[\u1000-\u109f]/], ['zh', zh, /[\u4e00-\u9fff]/]] as const)('the %s dictionary', (_, other, script) => {
  const [ours, theirs] = [flat(en), flat(other)];
  it('says every text', () => expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort()));
  it('keeps every blank to fill', () => {
    const blanks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of ours) expect(blanks(theirs.get(key)!), key).toEqual(blanks(text));
  });
  it('is in its own script', () => {
    const foreign = [...theirs].filter(([key, text]) => !script.test(text) && /[a-z]{3}/i.test(text.replace(/\{\w+\}/g, '')) && key !== 'title');
    expect(foreign).toEqual([]);
  });
});

describe('numbers', () => {
  it('are ranges, and unknown is not zero', () => {
    expect(sayRange(2, 5, 'en')).toBe('2–5');
    expect(sayRange(0, 0, 'en')).toBe('0');
    expect(sayRange(3, null, 'en')).toBe('≥ 3');
    expect(sayRange(null, null, 'en')).toBeNull();
    expect(sayNumber(1234567, 'en')).toBe('1,234,567');
    expect(sayNumber(30, 'my')).toBe('၃၀');
    expect([sayKm(101.87, 'en'), sayKm(1.52, 'en'), sayKm(3, 'en')]).toEqual(['102', '1.5', '3']);
    expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  });
});

describe('sources', () => {
  it.each([
    [[{ killed_min: 2, killed_max: 2 }, { killed_min: 9, killed_max: 9 }], true],
    [[{ killed_min: 2, killed_max: 2 }, { killed_min: 2 }], false],
    [[{ killed_min: 2 }, {}, { injured_min: 3 }], false],
    [[{ injured_min: 3, injured_max: 5 }, { injured_min: 3, injured_max: 4 }], true],
    [[], false],
  ])('disagree only where two give different figures (%#)', (list, is) => expect(differ(list)).toBe(is));
});

describe('between two visits', () => {
  const change = (id: string, operation: string, at: string): ChangeEntry => ({ collection: 'incidents', id, operation, recorded_at: at, title: id });
  it('a record is told once, by what became of it', () => {
    const list = happenedOf([
      change('d', 'delete', '6'), change('a', 'update', '5'), change('d', 'create', '4'), change('c', 'delete', '3'), change('b', 'derive', '2'), change('c', 'update', '1'), change('a', 'create', '0'),
    ]);
    expect(list.map((h) => [h.id, h.fate])).toEqual([['a', 'new'], ['c', 'gone'], ['b', 'changed']]);
    expect(changeCounts(list)).toEqual({ new: 1, changed: 1, gone: 1 });
  });
  it('a note of a visit that cannot be read is none', () => {
    expect(visitOf('{"at":"2026-01-01T00:00:00Z","seen":"2026-01-01T00:00:00Z"}')).not.toBeNull();
    for (const text of [null, '', '{', '{"at":1}', '{"at":"2026-01-01","seen":"soon"}']) expect(visitOf(text)).toBeNull();
  });
});

describe('place search', () => {
  const index = placeIndex([
    place('1', 'Lashio', 'လားရှိုး', '腊戌'), place('2', 'Hseni', 'သိန္နီ', '新威', { aliases: 'Hsenwi|Theinni' }),
    place('3', 'Lashi', null, null, { kind: 'village' }),
  ]);
  it.each([['lash', ['3', '1']], ['Lashio', ['1']], ['လားရှိုး', ['1']], ['腊', ['1']], ['theinni', ['2']], ['zzz', []]])(
    'finds %s', (q, codes) => expect(findPlaces(index, q, 5).map((h) => h.code).sort()).toEqual([...codes].sort()));
  it('puts the whole name first', () => expect(findPlaces(index, 'lashi', 5)[0]!.code).toBe('3'));
});

describe('links', () => {
  const period = { first: 0, last: parseDay('2026-01-01')! };
  const view = {
    ...initialView(period), day: parseDay('2024-11-01')!, span: 30,
    filters: { ...noFilters, kind: ['airstrike'], held: ['MNDAA'], border: 'mmr-chn', within: 110, near: 'certain' as const },
  };
  it('say the same filters as the page', () => {
    expect(itemsLink(view, 'csv')).toBe(
      '/api/collections/incidents/items?datetime=2024-10-03/2024-11-01&kind=airstrike&held_by=MNDAA&border=mmr-chn&within_km=110&certainty=certain&f=csv');
    expect(reportLink(view, 50)).toBe('/api/reports/border?border=mmr-chn&within_km=110&datetime=2024-10-03/2024-11-01&f=html');
    expect(reportLink({ ...view, filters: noFilters }, 50)).toBeNull();
  });
  it('ask for what is not known as a null', () => {
    const odd = { ...view, filters: { ...noFilters, held: ['?', "O'B"], target: ['?'] } };
    expect(new URL(itemsLink(odd), 'http://x').searchParams.get('filter')).toBe("(held_by IS NULL OR held_by IN ('O''B')) AND target IS NULL");
  });
  it('cite the record and the moment', () => {
    const p = incident('mm-0119').properties;
    expect(pageOf('https://example.org', p.id)).toBe('https://example.org/incidents/mm-0119');
    const cited = { title: 'Strikewatch', place: 'Lashio', origin: 'https://example.org', readAt: '2026-01-01T00:00:00Z', head: { size: 7, root: 'abc=' } };
    expect(citeText(p, cited)).toBe('Strikewatch. Airstrike, Lashio, 2024-11-01. Record mm-0119, version 1, as known at 2026-01-01T00:00:00Z; change log of 7 entries, root abc=. https://example.org/incidents/mm-0119?known_at=2026-01-01T00:00:00Z');
    expect(citeText(p, { ...cited, head: null })).not.toContain('change log');
    expect(citeBibtex(p, cited)).toMatch(/^@misc\{strikewatch-mm-0119,[^]*root abc=[^]*\}$/);
  });
  it('lead to whoever mends errors', () => {
    const letter = correctionLink('desk@example.org', 'Error in mm-0119', 'Record: mm-0119\nAddress: x&y');
    expect(letter).toBe('mailto:desk@example.org?subject=Error%20in%20mm-0119&body=Record%3A%20mm-0119%0AAddress%3A%20x%26y');
    expect(correctionLink('https://example.org/errors', 'a', 'b')).toBe('https://example.org/errors');
  });
  it('read a history whatever is missing', () => {
    expect(versionsOf({ versions: [{ version: 1 }, { version: 2, differences: [{ property: 'killed_max', before: null, after: 4 }] }] })[0]).toMatchObject(
      { version: 2, changes: [{ field: 'killed_max', was: null, is: 4 }] });
    expect(versionsOf('nonsense')).toEqual([]);
  });
});
