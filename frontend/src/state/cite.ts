import type { IncidentProperties } from './feature.ts';

/** The link that opens the incident, on whatever day it was. */
export function permalink(origin: string, p: IncidentProperties, day: string): string {
  return `${origin}/?day=${day}&id=${encodeURIComponent(p.id)}`;
}

/** One line that names record, version and the moment it was read. */
export function citeText(title: string, p: IncidentProperties, place: string, link: string, readAt: string): string {
  const version = p.version === null ? '' : `, version ${p.version}`;
  return `${title}. ${p.kind.replaceAll('_', ' ')}, ${place}, ${p.date_start}. Record ${p.id}${version}, as known at ${readAt}. ${link}`;
}

export function citeBibtex(title: string, p: IncidentProperties, place: string, link: string, readAt: string): string {
  const clean = (s: string): string => s.replace(/[{}\\]/g, '');
  return [
    `@misc{strikewatch-${p.id},`,
    `  title = {{${clean(`${p.kind.replaceAll('_', ' ')}, ${place}, ${p.date_start}`)}}},`,
    `  howpublished = {${clean(title)}, record ${p.id}${p.version === null ? '' : `, version ${p.version}`}},`,
    `  year = {${p.date_start.slice(0, 4)}},`,
    `  url = {${link}},`,
    `  note = {As known at ${readAt}}`,
    `}`,
  ].join('\n');
}
