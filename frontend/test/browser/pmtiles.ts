/** Writes a small PMTiles archive (version 3 of its specification) of vector
 *  tiles, uncompressed: for tests, so that what reads it is not what wrote it. */

export interface Layer {
  name: string;
  /** A polygon in tile units, 0 to 4096. */
  ring: readonly (readonly [number, number])[];
}

function varint(n: number): number[] {
  const out = [];
  for (; n > 0x7f; n = Math.floor(n / 128)) out.push((n % 128) | 0x80);
  return [...out, n];
}

const zigzag = (n: number): number => (n << 1) ^ (n >> 31);
const field = (tag: number, bytes: readonly number[]): number[] => [...varint((tag << 3) | 2), ...varint(bytes.length), ...bytes];
const number = (tag: number, n: number): number[] => [...varint(tag << 3), ...varint(n)];

/** One Mapbox vector tile (version 2) with a polygon per layer. */
function tile(layers: readonly Layer[]): number[] {
  return layers.flatMap(({ name, ring }) => {
    let [x, y] = [0, 0];
    const step = ([to, below]: readonly [number, number]): number[] => {
      const moved = [...varint(zigzag(to - x)), ...varint(zigzag(below - y))];
      [x, y] = [to, below];
      return moved;
    };
    const [first, ...rest] = ring;
    const geometry = [...varint((1 << 3) | 1), ...step(first!), ...varint((rest.length << 3) | 2), ...rest.flatMap(step), ...varint((1 << 3) | 7)];
    const feature = [...number(3, 3), ...field(4, geometry)];
    return field(3, [...number(15, 2), ...field(1, [...Buffer.from(name)]), ...field(2, feature), ...number(5, 4096)]);
  });
}

/** The same layers in every tile of the zooms 0 to `last`. */
export function archive(layers: readonly Layer[], last: number, attribution: string): Buffer {
  const body = Buffer.from(tile(layers));
  const metadata = Buffer.from(JSON.stringify({ attribution, vector_layers: layers.map((l) => ({ id: l.name, fields: {} })) }));
  // Tiles are numbered along the zooms; all of them are one run of the same tile.
  const tiles = (4 ** (last + 1) - 1) / 3;
  const root = Buffer.from([...varint(1), ...varint(0), ...varint(tiles), ...varint(body.length), ...varint(1)]);
  const head = Buffer.alloc(127);
  head.write('PMTiles', 0);
  head.writeUInt8(3, 7);
  const offsets = [127, root.length, 127 + root.length, metadata.length, 127 + root.length + metadata.length, 0, 127 + root.length + metadata.length, body.length, tiles, 1, 1];
  offsets.forEach((n, k) => head.writeBigUInt64LE(BigInt(n), 8 + 8 * k));
  head.writeUInt8(1, 96); // clustered
  head.writeUInt8(1, 97); // directories are not compressed
  head.writeUInt8(1, 98); // nor are tiles
  head.writeUInt8(1, 99); // which are vector tiles
  head.writeUInt8(0, 100);
  head.writeUInt8(last, 101);
  [-1800000000, -850000000, 1800000000, 850000000].forEach((n, k) => head.writeInt32LE(n, 102 + 4 * k));
  return Buffer.concat([head, root, metadata, body]);
}
