/** tools/secret-check.mjs finds what it must, and nothing in the vault's own code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

/** From `dist/test/vault`. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'tools/secret-check.mjs');
const folder = mkdtempSync(join(tmpdir(), 'keyslot-secret-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Status, and the lines where it found something. */
function check(...files: string[]): { status: number | null; lines: number[]; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...files], { encoding: 'utf8', cwd: root });
  const lines = [...stdout.matchAll(/^.*?:(\d+): /gm)].map(([, line]) => Number(line));
  return { status, lines, output: stdout + stderr };
}

function checkText(text: string): ReturnType<typeof check> {
  const file = join(folder, 'subject.ts');
  writeFileSync(file, text);
  return check(file);
}

test('no secret leaves its memory in the vault', () => {
  const { status, output } = check();
  expect(output).toMatch(/^files: \d{2}; no secret leaves its memory\n$/);
  expect(status).toBe(0);
});

test('it finds every leak of the fixture, and nothing between them', () => {
  const fixture = join(root, 'test/fixtures/vault/leaks.ts');
  const wanted = readFileSync(fixture, 'utf8')
    .split('\n')
    .flatMap((line, at) => (line.endsWith('// leaks') ? [at + 1] : []));
  expect(wanted.length).toBeGreaterThan(30);
  const { status, lines } = check(fixture);
  expect(lines).toEqual(wanted);
  expect(status).toBe(1);
});

test('a reason beside it excuses a line, and only that one; an excuse for nothing is one too many', () => {
  expect(checkText('a.toString();')).toMatchObject({ status: 1, lines: [1] });
  expect(checkText('a.toString(); // not secret: a path')).toMatchObject({ status: 0 });
  expect(checkText('// not secret: a path\na.toString();\na.toString();')).toMatchObject({ status: 1, lines: [3] });
  expect(checkText('// not secret:\na.toString();')).toMatchObject({ status: 1, lines: [2] });
  expect(checkText('// not secret: a path\na();')).toMatchObject({ status: 1, lines: [1] });
  expect(checkText('// no secrets of the vault here: a reason\na.toString();')).toMatchObject({ status: 0 });
});

test('files and places that are excused are these', () => {
  const vault = join(root, 'src/vault');
  const excused = readdirSync(vault).flatMap((name) => {
    const text = readFileSync(join(vault, name), 'utf8');
    const places = text.match(/\/\/ not secret: \S/g)?.length ?? 0;
    return [...(/^\/\/ no secrets of the vault here: \S/m.test(text) ? [name] : []), ...(places > 0 ? [`${name} ${places}`] : [])];
  });
  expect(excused).toEqual(['base64.ts 2', 'seal-to.ts']);
});
