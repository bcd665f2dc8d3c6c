import maplibregl, { type LayerSpecification, type SourceSpecification, type SpriteSpecification, type StyleSpecification } from 'maplibre-gl';
import { archiveLayers } from './layers/archive.ts';
import type { Palette } from './palette.ts';

/** The deployment's own background, below all that the map draws itself. */
export interface Basemap {
  sources: Record<string, SourceSpecification>;
  layers: (c: Palette) => LayerSpecification[];
  glyphs?: string;
  sprite?: SpriteSpecification;
  /** Who made it, as plain text. */
  attribution: string[];
}

/** What the landing document says of it. */
export interface BasemapPlace {
  type: string;
  href: string;
}

/** Reads a PMTiles archive or a MapLibre style. The reader of archives is
 *  fetched only where there is one. */
export async function loadBasemap(place: BasemapPlace): Promise<Basemap> {
  return place.type === 'pmtiles' ? fromArchive(local(place.href)) : fromStyle(place.href);
}

/** The archive lies on this server, whatever name a proxy gave it. */
function local(href: string): string {
  return location.origin + new URL(href, location.origin).pathname;
}

/** Names of sources and layers are kept apart from the map's own. */
const prefix = 'basemap-';

async function fromArchive(href: string): Promise<Basemap> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const archive = new PMTiles(href);
  const [header, said] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  const metadata = (said ?? {}) as { attribution?: string; vector_layers?: { id: string }[] };
  const protocol = new Protocol();
  protocol.add(archive);
  maplibregl.addProtocol('pmtiles', protocol.tile);
  const vector = header.tileType === TileType.Mvt;
  const source = `${prefix}archive`;
  const names = vector ? (metadata.vector_layers ?? []).map((l) => l.id) : null;
  return {
    sources: { [source]: vector ? { type: 'vector', url: `pmtiles://${href}` } : { type: 'raster', url: `pmtiles://${href}`, tileSize: 256 } },
    layers: (c) => archiveLayers(c, source, names),
    attribution: plain([metadata.attribution]),
  };
}

async function fromStyle(href: string): Promise<Basemap> {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
  const style = (await answer.json()) as StyleSpecification;
  const whole = (url: string): string => new URL(url, href).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  const sources = Object.entries(style.sources).map(([name, source]): [string, SourceSpecification] => {
    const s = { ...source } as SourceSpecification & { url?: string; tiles?: string[]; data?: unknown };
    if (typeof s.url === 'string') s.url = whole(s.url);
    if (s.tiles) s.tiles = s.tiles.map(whole);
    if (typeof s.data === 'string') s.data = whole(s.data);
    return [prefix + name, s];
  });
  const layers = style.layers.map((layer) => ({
    ...layer, id: prefix + layer.id, ...('source' in layer ? { source: prefix + String(layer.source) } : {}),
  })) as LayerSpecification[];
  const credits = style.sources && Object.values(style.sources).map((s) => ('attribution' in s ? s.attribution : undefined));
  return {
    sources: Object.fromEntries(sources),
    layers: () => layers,
    ...(style.glyphs ? { glyphs: whole(style.glyphs) } : {}),
    ...(typeof style.sprite === 'string' ? { sprite: whole(style.sprite) } : style.sprite ? { sprite: style.sprite } : {}),
    attribution: plain([...credits, ...(await Promise.all(sources.map(([, s]) => creditOf(s))))]),
  };
}

/** A source that is described elsewhere names its owners there. */
async function creditOf(source: SourceSpecification): Promise<string | undefined> {
  if (!('url' in source) || typeof source.url !== 'string' || !/^https?:/.test(source.url)) return undefined;
  const said = await fetch(source.url).then((a) => a.json() as Promise<{ attribution?: string }>).catch(() => null);
  return said?.attribution;
}

/** Attributions are often written with links; as text they can do no harm. */
function plain(texts: readonly (string | undefined)[]): string[] {
  const read = (html: string): string => new DOMParser().parseFromString(html, 'text/html').body.textContent.trim();
  return [...new Set(texts.flatMap((t) => (t ? [read(t)] : [])))];
}
