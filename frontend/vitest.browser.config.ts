import { defineConfig } from 'vitest/config';

// The browser run: a real Chromium at a real server (STRIKEWATCH_URL, else one
// that server.ts starts from ../bin/strikewatch on a new database).
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/server.ts'],
    environment: 'node',
    fileParallelism: false,
    // Software rendering on a busy machine is slow, not wrong.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
