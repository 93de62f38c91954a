import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../src/daemon/config/load.js';

function problemsOf(text: string): string {
  try {
    parseConfig(text, 'c.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test('an alias of nothing and aliases without end are problems of the configuration', () => {
  expect(problemsOf('version: *nothing\n')).toContain('c.yaml:');
  const level = (n: number) => `a${n}: &a${n} [${Array.from({ length: 10 }, () => (n === 0 ? 'x' : `*a${n - 1}`)).join(', ')}]\n`;
  expect(problemsOf([0, 1, 2, 3, 4, 5, 6].map(level).join(''))).toContain('c.yaml:');
});

test('lists in lists without end are a problem of the configuration', () => {
  expect(problemsOf(`version: ${'['.repeat(20_000)}`)).toContain('c.yaml:');
});
