import type { Atlas } from './atlas.ts';

export interface Caption {
  title: string;
  lines: readonly string[];
  holders: readonly { code: string; color: string; text: string }[];
  attribution: string;
  ink: string;
  paper: string;
}

/** The map as it stands, with its words below: a picture that is passed on
 *  keeps its date, its holders and its owners. */
export async function pictureOf(atlas: Atlas, caption: Caption): Promise<Blob | null> {
  const map = await atlas.painted();
  const ratio = window.devicePixelRatio || 1;
  const [wide, tall] = [map.width / ratio, map.height / ratio];
  const columns = Math.max(1, Math.floor(wide / 190));
  const rows = Math.ceil(caption.holders.length / columns);
  const foot = 44 + caption.lines.length * 19 + rows * 20 + 26;
  const canvas = document.createElement('canvas');
  canvas.width = map.width;
  canvas.height = map.height + foot * ratio;
  const ctx = canvas.getContext('2d')!;
  ctx.fillStyle = caption.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(map, 0, 0);
  ctx.scale(ratio, ratio);
  const family = '"Inter Variable", "Noto Sans Myanmar", sans-serif';
  let y = tall + 28;
  const write = (text: string, x: number, font: string): void => {
    ctx.font = `${font} ${family}`;
    ctx.fillText(text, x, y, wide - x - 12);
  };
  ctx.fillStyle = caption.ink;
  write(caption.title, 16, '650 17px');
  for (const line of caption.lines) {
    y += 19;
    write(line, 16, '13px');
  }
  y += 24;
  caption.holders.forEach((h, k) => {
    if (k > 0 && k % columns === 0) y += 20;
    const x = 16 + (k % columns) * 190;
    ctx.fillStyle = h.color;
    ctx.fillRect(x, y - 10, 16, 11);
    ctx.fillStyle = caption.ink;
    write(`${h.code}  ${h.text}`, x + 23, '13px');
  });
  y += 22;
  write(caption.attribution, 16, '11px');
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
