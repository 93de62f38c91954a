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
  for (const mark of ['no secrets of the vault here', 'secrets as strings here']) {
    expect(checkText(`// ${mark}: a reason\na.toString();`)).toMatchObject({ status: 0 });
    expect(checkText(`// ${mark}:\na.toString();`)).toMatchObject({ status: 1 });
  }
});

test('files and places that are excused are these', () => {
  const excused = (folder: string) =>
    readdirSync(join(root, folder)).flatMap((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      const places = text.match(/\/\/ not secret: \S/g)?.length ?? 0;
      const whole = /^\/\/ (no secrets of the vault|secrets as strings) here: \S/m.exec(text);
      return [...(whole === null ? [] : [`${name}: ${whole[1]}`]), ...(places > 0 ? [`${name} ${places}`] : [])];
    });
  expect(excused('src/vault')).toEqual(['base64.ts 2', 'seal-to.ts: no secrets of the vault']);
  expect(excused('src/cli/phrase')).toEqual(['languages.ts: secrets as strings', 'phrase-input.ts 1', 'tries.ts 1']);
  expect(excused('src/cli/box')).toEqual(['encrypted-file.ts 3']);
});
