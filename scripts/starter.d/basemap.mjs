// basemap.geojson and rivers.geojson: what the offline map draws under everything else.
import { COAST, COUNTRIES, ODBL, RIVERS, feature, origin, outerRings, writeGeoJSON } from './common.mjs';
import { polygonsIn, shape } from './land.mjs';

const RIVERS_WINDOW = [91.5, 9, 101.8, 29];

// [English, Burmese, Chinese]
const NAMES = {
  BGD: ['Bangladesh', 'ဘင်္ဂလားဒေ့ရှ်', '孟加拉国'],
  BTN: ['Bhutan', 'ဘူတန်', '不丹'],
  CHN: ['China', 'တရုတ်', '中国'],
  IDN: ['Indonesia', 'အင်ဒိုနီးရှား', '印度尼西亚'],
  IND: ['India', 'အိန္ဒိယ', '印度'],
  KHM: ['Cambodia', 'ကမ္ဘောဒီးယား', '柬埔寨'],
  LAO: ['Laos', 'လာအို', '老挝'],
  MMR: ['Myanmar', 'မြန်မာ', '缅甸'],
  MYS: ['Malaysia', 'မလေးရှား', '马来西亚'],
  NPL: ['Nepal', 'နီပေါ', '尼泊尔'],
  THA: ['Thailand', 'ထိုင်း', '泰国'],
  VNM: ['Vietnam', 'ဗီယက်နမ်', '越南'],
};

/** Writes the countries' simplified land. */
export function writeBasemap(land) {
  const byCode = new Map(land.map((f) => [f.properties.A3, f.geometry]));
  const features = Object.entries(NAMES).map(([code, [name, name_my, name_zh]]) => {
    const geometry = byCode.get(code);
    return feature(
      { code, name, name_my, name_zh, level: 'country', source: origin(COUNTRIES, COAST), licence: ODBL },
      geometry,
    );
  });
  writeGeoJSON('basemap.geojson', features);
}

/** Writes the rivers of Myanmar and its surroundings, where they are wide enough for the source to draw both banks. */
export async function writeRivers(land) {
  const rivers = await shape({ rivers: [polygonsIn(RIVERS)] }, `-clip bbox=${RIVERS_WINDOW}`);
  const drawn = await shape({ rivers, land }, '-clip land.json', '-dissolve fields=name', '-filter-islands min-area=3km2', '-simplify dp interval=50');
  const coordinates = drawn.flatMap((f) => outerRings(f.geometry).map((r) => [r]));
  const properties = { code: 'rivers', name: 'Wide rivers', level: 'river', source: origin(RIVERS), licence: ODBL };
  writeGeoJSON('rivers.geojson', [feature(properties, { type: 'MultiPolygon', coordinates })]);
}
