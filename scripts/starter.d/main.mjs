import { writeBasemap, writeRivers } from './basemap.mjs';
import { writeBorders } from './borders.mjs';
import { writeTownAreas } from './cells.mjs';
import { countryLand, simplifyLand } from './land.mjs';
import { writePlaces } from './places.mjs';
import { loadRings } from './rings.mjs';

const { rings, sections } = loadRings();
const land = await countryLand(rings);
const simple = await simplifyLand(land);
writePlaces();
writeBorders(sections, land);
writeBasemap(simple);
await writeRivers(simple);
await writeTownAreas(simple);
