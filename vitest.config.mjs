import { defineConfig } from 'vitest/config';

// Tests run as compiled: what is tested is what ships, and children are the same files.
export default defineConfig({
  test: {
    include: ['dist/test/**/*.test.js', 'dist/examples/**/*.test.js'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: process.env.NODE_V8_COVERAGE ? ['./tools/take-coverage.mjs'] : [],
    server: { deps: { external: [/\/dist\//] } },
    reporters: ['default', './tools/closing-line-reporter.mjs'],
  },
});
