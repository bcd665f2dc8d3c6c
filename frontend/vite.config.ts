import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { openingPaths } from './src/data/opening.ts';

// The page is served by the program itself, at the root and from the same
// origin as /api. `npm run dev` proxies /api to a running server.
const api = process.env['STRIKEWATCH_URL'] ?? 'http://127.0.0.1:8080';

/** Names in the document what the page will ask for, so that the browser asks at
 *  once and not when it has read the script. */
const asksEarly: Plugin = {
  name: 'asks-early',
  transformIndexHtml: () => openingPaths.map((href) => (
    { tag: 'link', attrs: { rel: 'preload', as: 'fetch', crossorigin: '', href }, injectTo: 'head' })),
};

export default defineConfig({
  plugins: [svelte(), asksEarly],
  server: { host: '127.0.0.1', port: 8111, proxy: { '/api': api } },
  build: {
    target: 'es2022',
    // A committed dist/.gitkeep keeps the Go embed compiling on a fresh clone,
    // so it is put back after each build (public/.gitkeep).
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: ['index.html', 'src/worker/keep.ts'],
      // A service worker keeps its address and stands at the root, which it serves.
      output: { entryFileNames: ({ name }) => (name === 'keep' ? 'keep.js' : 'assets/[name]-[hash].js') },
    },
  },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
});
