declare module 'polylabel' {
  /** The point inside the polygon that lies farthest from its edges. */
  export default function polylabel(polygon: number[][][], precision?: number): [number, number] & { distance: number };
}
