/** What docs/vault.md tells other people is enough: its decryptor in Python reads what the vault encrypts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVault } from '../../src/vault/index.js';
import { usualPaths } from '../../src/vault/named-paths.js';
import { findPython, page, pythonDecryptor } from './python-decryptor.js';
import { bytesOf, phrase } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'keyslot-decryptor-'));
const files = { program: join(folder, 'decrypt.py'), phrase: join(folder, 'phrase') };
const needs = 'needs python3-cryptography: apt-get install python3-cryptography';
const vault = createVault();
let python: string | undefined;

beforeAll(async () => {
  python = findPython();
  writeFileSync(files.program, pythonDecryptor);
  writeFileSync(files.phrase, `${phrase}\n`);
  await vault.unlock(bytesOf(phrase));
});
afterAll(() => {
  vault[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function decrypt(input: string): { status: number | null; stdout: Buffer; stderr: string } {
  const { status, stdout, stderr } = spawnSync(python as string, [files.program, files.phrase], { input });
  return { status, stdout, stderr: stderr.toString() };
}

test('the program on the page has about twenty lines', () => {
  const lines = pythonDecryptor.split('\n').filter((line) => line.trim() !== '');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThanOrEqual(22);
});

test.for([2, 3, 2 ** 31 + 1])('it reads version %i', (version, ctx) => {
  if (python === undefined) return ctx.skip(needs);
  const text = `version ${version}, ä€😀`;
  const encrypted = vault.encrypt(text, version);
  const { stdout, stderr } = decrypt(JSON.stringify(encrypted));
  expect(stderr).toBe('');
  expect(stdout.toString()).toBe(text);
});

test('it reads what was rotated, the other spelling, and the empty text', (ctx) => {
  if (python === undefined) return ctx.skip(needs);
  const { key_version, ...rest } = vault.rotate(vault.encrypt(''), 7);
  expect(decrypt(JSON.stringify({ keyVersion: key_version, ...rest }))).toMatchObject({ status: 0, stdout: Buffer.alloc(0) });
});

test('it refuses another version’s key and changed data', (ctx) => {
  if (python === undefined) return ctx.skip(needs);
  const encrypted = vault.encrypt('text');
  const bytes = Buffer.from(encrypted.data, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  for (const changed of [
    { ...encrypted, key_version: 3 },
    { ...encrypted, data: bytes.toString('base64') },
  ]) {
    const { status, stderr } = decrypt(JSON.stringify(changed));
    expect(status).toBe(1);
    expect(stderr).toContain('InvalidTag');
  }
});

test('the page has the usual paths', () => {
  const { identity, sshHost, ethereum } = usualPaths;
  for (const path of [identity, sshHost, ethereum, "m/74'/0'/0'/n'", "m/74'/2'/0'/(v-2)'"]) expect(page).toContain(`\`${path}\``);
});
