import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    url: string;
  }
}

export const program = new URL('../../../bin/strikewatch', import.meta.url).pathname;

/** Starts the program on a new database with the starter set, unless
 *  STRIKEWATCH_URL names a server that runs. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['STRIKEWATCH_URL'];
  if (given) {
    project.provide('url', given.replace(/\/$/, ''));
    return undefined;
  }
  if (!existsSync(program)) throw new Error(`${program} is missing: build it first (scripts/build)`);
  const { url, stop } = await start();
  project.provide('url', url);
  return stop;
}

export interface Server {
  url: string;
  stop: () => Promise<void>;
}

/** Starts the program with the starter set in a folder of its own. */
export async function start(...flags: string[]): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'strikewatch-map-'));
  const { url, stop } = await serve(join(folder, 'map.db'), await freePort(), ...flags);
  return { url, stop: () => stop().then(() => rmSync(folder, { recursive: true, force: true })) };
}

/** Starts the program on a database that stays. */
export async function serve(database: string, port: number, ...flags: string[]): Promise<Server> {
  const listen = `127.0.0.1:${port}`;
  const server = spawn(program, ['serve', '--db', database, '--listen', listen, ...flags], { stdio: 'inherit' });
  const url = `http://${listen}`;
  await answering(url, server);
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null) return;
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
  };
  return { url, stop };
}

/** Records incidents in a database with the program itself, as an editor beside
 *  the server would: airstrikes at Lashio, by their ids, on one day. */
export function record(database: string, day: string, ...ids: string[]): void {
  const rows = ids.map((id) => `${id},airstrike,${day},97.7498,22.9359,exact,reported,\n`);
  const csv = `id,kind,date_start,lon,lat,location_precision,status,sources\n${rows.join('')}`;
  execFileSync(program, ['import', '--db', database, '--reason', 'test', '-'], { input: csv, stdio: 'pipe' });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => (at && typeof at === 'object' ? resolve(at.port) : reject(new Error('no port'))));
    });
  });
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let k = 0; k < 300; k++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ok = await fetch(`${url}/api`).then((a) => a.ok, () => false);
    if (ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('the server did not answer in 30 s');
}
