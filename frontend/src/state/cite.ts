import type { IncidentProperties } from './feature.ts';

/** The page of one incident: short, and readable without a script. */
export function pageOf(origin: string, id: string, knownAt: string | null = null): string {
  const page = `${origin}/incidents/${encodeURIComponent(id)}`;
  return knownAt === null ? page : `${page}?known_at=${encodeURIComponent(knownAt).replaceAll('%3A', ':')}`;
}

/** The signed head of the change log. */
export interface Head {
  size: number;
  root: string;
}

export interface Cited {
  title: string;
  place: string;
  origin: string;
  /** RFC 3339: the moment that the record was as it is shown. */
  readAt: string;
  /** null where the log is not signed, or out of reach. */
  head: Head | null;
}

function what(p: IncidentProperties, place: string): string {
  return `${p.kind.replaceAll('_', ' ')}, ${place}, ${p.date_start}`;
}

function record(p: IncidentProperties): string {
  return `record ${p.id}${p.version === null ? '' : `, version ${p.version}`}`;
}

function asKnown(c: Cited): string {
  const head = c.head === null ? '' : `; change log of ${c.head.size} entries, root ${c.head.root}`;
  return `as known at ${c.readAt}${head}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One line that names the record, its version, the moment it was read, and the
 *  head of the log by which it can be checked. */
export function citeText(p: IncidentProperties, c: Cited): string {
  return `${c.title}. ${capital(what(p, c.place))}. ${capital(record(p))}, ${asKnown(c)}. ${pageOf(c.origin, p.id, c.readAt)}`;
}

export function citeBibtex(p: IncidentProperties, c: Cited): string {
  const clean = (s: string): string => s.replace(/[{}\\]/g, '');
  return [
    `@misc{strikewatch-${p.id},`,
    `  title = {{${clean(capital(what(p, c.place)))}}},`,
    `  howpublished = {${clean(c.title)}, ${record(p)}},`,
    `  year = {${p.date_start.slice(0, 4)}},`,
    `  url = {${pageOf(c.origin, p.id, c.readAt)}},`,
    `  note = {${capital(asKnown(c))}}`,
    `}`,
  ].join('\n');
}

/** Leads to whoever mends errors: the page that the deployment names, or a
 *  letter to its address that says already which record it is about. */
export function correctionLink(contact: string, subject: string, body: string): string {
  if (/^https?:\/\//.test(contact)) return contact;
  return `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
