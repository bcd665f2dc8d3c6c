// basemap.geojson and water.geojson: what the offline map draws under everything else.
import { COAST, COUNTRIES, ODBL, WATER, feature, origin, writeGeoJSON } from './common.mjs';
import { WINDOW, polygonsIn, shape } from './land.mjs';

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

/** Writes the lakes and wide rivers of Myanmar and its surroundings. */
export async function writeWater(land) {
  const [w, s, e, n] = WINDOW;
  const water = await shape({ water: [polygonsIn(WATER)] }, `-clip bbox=${[w + 7.5, s + 6, e - 8.5, n - 4]}`);
  const clipped = await shape(
    { water, land },
    '-clip land.json',
    '-filter-islands min-area=2km2',
    '-simplify dp interval=150',
  );
  const parts = clipped.flatMap((f) => (f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates));
  const properties = { code: 'water', name: 'Lakes and wide rivers', level: 'water', source: origin(WATER), licence: ODBL };
  writeGeoJSON('water.geojson', [feature(properties, { type: 'MultiPolygon', coordinates: parts })]);
}
