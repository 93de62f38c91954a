/** The memory of a process with a vault, looked at from outside: where secrets are, and that they are gone when they should be. */
import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, cpSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterAll, describe, expect, test } from 'vitest';
import type { Secret } from '../memory/patterns.js';
import { regionsOf } from '../memory/process-memory.js';
import { type Residue, scanProcess } from '../memory/scan-process.js';
import { buildShared, type Child, hasCompiler, noCompiler, packageRoot, startChild, startProgram, temporaryFolder } from './support.js';
import { bip32Levels, pathOf, relatives, slip10Levels } from './vault-support.js';

const sanitized = process.env.KEYSLOT_SANITIZED === '1';
const needsRights = 'needs a debugger’s rights (root) to read another process’s memory';
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** As in vault-child.ts. */
const paths = { ed25519: "m/74'/0'/0'/0'", aes: "m/74'/2'/0'/0'", secp256k1: "m/44'/60'/0'/0/0" };

interface Wallet {
  readonly phraseFile: string;
  readonly passphraseFile: string;
  readonly secrets: readonly Secret[];
}

function secretsOf(phrase: string, passphrase: string): Secret[] {
  const seed = mnemonicToSeedSync(phrase, passphrase);
  const hmac = (key: Uint8Array | string, data: Uint8Array) => createHmac('sha512', key).update(data).digest();
  const levels = [paths.ed25519, paths.aes].flatMap((path) =>
    slip10Levels(seed, pathOf(path), hmac).flatMap((level, depth) => [
      { name: `${path} level ${depth} key`, bytes: level.subarray(0, 32) },
      { name: `${path} level ${depth} chain code`, bytes: level.subarray(32) },
    ]),
  );
  const ec = bip32Levels(seed, pathOf(paths.secp256k1)).flatMap(({ key, chainCode }, depth) => [
    { name: `${paths.secp256k1} level ${depth} key`, bytes: key },
    { name: `${paths.secp256k1} level ${depth} chain code`, bytes: chainCode },
  ]);
  const ends = levels.filter(({ name }) => name.endsWith('level 4 key'));
  return [
    { name: 'phrase', bytes: Buffer.from(phrase), isText: true },
    { name: 'passphrase', bytes: Buffer.from(passphrase), isText: true },
    { name: 'entropy', bytes: mnemonicToEntropy(phrase, wordlist) },
    { name: 'seed', bytes: seed },
    ...levels,
    ...ec,
    ...ends.flatMap(({ name, bytes }) => relatives(name, bytes)),
  ];
}

let wallets = 0;

/** `spoiled`: the last word is another one, so that the checksum is wrong. */
function makeWallet(spoiled = false): Wallet {
  const sound = entropyToMnemonic(randomBytes(32), wordlist);
  // Of 2048 words eight fit.
  const begin = sound.slice(0, sound.lastIndexOf(' ') + 1);
  const phrase = spoiled ? begin + wordlist.find((word) => !validateMnemonic(begin + word, wordlist)) : sound;
  const passphrase = randomBytes(30).toString('base64url');
  const [phraseFile, passphraseFile] = ['phrase', 'passphrase'].map((name) => join(folder.path, `${name}-${wallets}`)) as [string, string];
  wallets += 1;
  writeFileSync(phraseFile, phrase);
  writeFileSync(passphraseFile, passphrase);
  const secrets = secretsOf(sound, passphrase).filter(({ name }) => !spoiled || ['passphrase', 'entropy'].includes(name));
  return {
    phraseFile,
    passphraseFile,
    secrets: spoiled ? [...secrets, { name: 'phrase', bytes: Buffer.from(phrase), isText: true }] : secrets,
  };
}

async function ask(child: Child, ...command: string[]): Promise<unknown> {
  child.tell(command.join(' '));
  return JSON.parse(await child.line());
}

async function startVault(memory: string, root = packageRoot): Promise<Child> {
  const script = join(root, 'dist', 'test', 'native', 'vault-child.js');
  const child = startProgram([process.execPath, script, 'obey', memory]);
  await child.line();
  return child;
}

function mayRead(pid: number): boolean {
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'));
    return true;
  } catch {
    return false;
  }
}

const outside = (residues: readonly Residue[]) => residues.filter(({ locked }) => !locked);

/** Where the vault's arena is: between pages without any access. */
function arenaFlags(pid: number, memory: string): string[][] {
  const wanted = memory === 'mlock' ? 'wf' : 'dc';
  return regionsOf(pid)
    .filter(({ name, flags }) => (memory === 'mlock' ? name === '' : name.includes('secretmem')) && flags.includes(wanted))
    .map(({ flags }) => [...flags]);
}

// A sanitizer's shadow memory is too large to be looked at.
describe.skipIf(sanitized).each(['memfd_secret', 'mlock'])('on %s', { timeout: 300_000 }, (memory) => {
  async function start(ctx: { skip(reason: string): void }): Promise<Child> {
    const child = await startVault(memory);
    if (!mayRead(child.pid)) {
      child.process.kill('SIGKILL');
      ctx.skip(needsRights);
    }
    const { protection } = (await ask(child, 'status')) as { protection: string };
    if (protection !== memory) {
      child.process.kill('SIGKILL');
      ctx.skip(`this kernel has no ${memory}`);
    }
    return child;
  }

  test('unlocked and idle: nothing outside the locked pages; locked: nothing at all, at once', async (ctx) => {
    const child = await start(ctx);
    try {
      const { phraseFile, passphraseFile, secrets } = makeWallet();
      for (let round = 0; round < 2; round++) {
        expect(await ask(child, 'unlock', phraseFile, passphraseFile)).toBe('unlocked');
        const unused = scanProcess(child.pid, secrets).map(({ secret, locked }) => `${secret} ${locked}`);
        expect(unused).toEqual(memory === 'mlock' ? ['seed true'] : []);
        expect(await ask(child, 'work', '5')).toMatchObject({ state: 'unlocked', keys: 3 });
        const residues = scanProcess(child.pid, secrets);
        expect(outside(residues)).toEqual([]);
        // Nobody reads memfd_secret; in mlocked pages are the seed, the three keys, and no more.
        const held = [`${paths.ed25519} level 4 key`, `${paths.aes} level 4 key`, `${paths.secp256k1} level 5 key`, 'seed'];
        expect(residues.map(({ secret }) => secret).sort()).toEqual(memory === 'mlock' ? held.sort() : []);
        expect(await ask(child, 'lock')).toBe('locked');
        expect(scanProcess(child.pid, secrets)).toEqual([]);
      }
    } finally {
      child.process.kill('SIGKILL');
    }
  });

  test('a rejected phrase, an aborted reading, a dropped key leave nothing', async (ctx) => {
    const child = await start(ctx);
    try {
      const wrong = makeWallet(true);
      expect(await ask(child, 'unlock', wrong.phraseFile, wrong.passphraseFile)).toMatchObject({ code: 'MNEMONIC_INVALID' });
      expect(scanProcess(child.pid, wrong.secrets)).toEqual([]);

      const slow = makeWallet();
      const silent = join(folder.path, `silent-${memory}`);
      spawnSync('mkfifo', [silent]);
      // Opened for both, so that it does not end.
      const held = openSync(silent, 'r+');
      expect(await ask(child, 'startUnlock', slow.phraseFile, silent)).toBe('started');
      await new Promise((resolve) => setTimeout(resolve, 50));
      // The phrase is there, in the arena.
      expect(scanProcess(child.pid, slow.secrets).map(({ secret }) => secret)).toEqual(memory === 'mlock' ? ['phrase'] : []);
      expect(await ask(child, 'lock')).toBe('locked');
      expect(scanProcess(child.pid, slow.secrets)).toEqual([]);
      expect(JSON.parse(await child.line())).toMatchObject({ code: 'OPERATION_CANCELLED' });
      closeSync(held);

      const right = makeWallet();
      await ask(child, 'unlock', right.phraseFile, right.passphraseFile);
      await ask(child, 'work');
      expect(await ask(child, 'dropAll')).toBe(0);
      const left = scanProcess(child.pid, right.secrets);
      expect(left.map(({ secret }) => secret)).toEqual(memory === 'mlock' ? ['seed'] : []);
    } finally {
      child.process.kill('SIGKILL');
    }
  });

  test('a new phrase leaves nothing', async (ctx) => {
    const child = await start(ctx);
    try {
      const file = join(folder.path, `new-${memory}`);
      expect(await ask(child, 'generate', file)).toBe('written');
      const phrase = readFileSync(file, 'utf8').trim();
      expect(scanProcess(child.pid, secretsOf(phrase, ''))).toEqual([]);
    } finally {
      child.process.kill('SIGKILL');
    }
  });

  test('a forked child has none of it', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const child = await start(ctx);
    try {
      const { phraseFile, passphraseFile, secrets } = makeWallet();
      await ask(child, 'unlock', phraseFile, passphraseFile);
      await ask(child, 'work');
      const forked = (await ask(child, 'fork', buildShared('probe', folder.path))) as number;
      const pages = arenaFlags(forked, memory);
      const residues = scanProcess(forked, secrets);
      process.kill(forked, 'SIGKILL');
      expect(residues).toEqual([]);
      expect(pages.length).toBe(memory === 'mlock' ? 3 : 0);
    } finally {
      child.process.kill('SIGKILL');
    }
  });

  test('the pages are locked, not dumped, without access between operations', async (ctx) => {
    const child = await start(ctx);
    try {
      const { phraseFile, passphraseFile } = makeWallet();
      await ask(child, 'unlock', phraseFile, passphraseFile);
      await ask(child, 'work');
      const pages = arenaFlags(child.pid, memory);
      expect(pages).toHaveLength(3);
      for (const flags of pages) expect(flags).toEqual(expect.arrayContaining(['lo', 'dd', memory === 'mlock' ? 'wf' : 'dc']));
      // Secrets and intake are closed; the stack, which is zero, is open.
      expect(pages.map((flags) => flags.includes('rd'))).toEqual([false, false, true]);
    } finally {
      child.process.kill('SIGKILL');
    }
  });
});

describe.skipIf(sanitized)('the scan is no wishful thinking', () => {
  test('a copy of one key that JavaScript made is found', async (ctx) => {
    const child = await startVault('memfd_secret');
    try {
      if (!mayRead(child.pid)) ctx.skip(needsRights);
      const { phraseFile, passphraseFile, secrets } = makeWallet();
      await ask(child, 'unlock', phraseFile, passphraseFile);
      await ask(child, 'revealToJavaScript');
      await ask(child, 'lock');
      const found = outside(scanProcess(child.pid, secrets));
      expect(found.some(({ secret, form }) => secret === `${paths.ed25519} level 4 key` && form === 'hex')).toBe(true);
    } finally {
      child.process.kill('SIGKILL');
    }
  });

  test('a build that leaks one copy of every key is found out', async (ctx) => {
    if (process.env.KEYSLOT_CI === undefined) ctx.skip('builds the addon once more, which takes a minute: set KEYSLOT_CI');
    const root = join(folder.path, 'leaky');
    for (const name of ['package.json', 'binding.gyp', 'native', 'dist/src', 'dist/test']) {
      cpSync(join(packageRoot, name), join(root, name), { recursive: true, dereference: true });
    }
    symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
    const built = spawnSync('npm', ['run', 'build:native', '--silent', '--', '--', '-Dleak=1'], { cwd: root, encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    const child = await startVault('memfd_secret', root);
    try {
      if (!mayRead(child.pid)) ctx.skip(needsRights);
      const { phraseFile, passphraseFile, secrets } = makeWallet();
      await ask(child, 'unlock', phraseFile, passphraseFile);
      await ask(child, 'work');
      expect(outside(scanProcess(child.pid, secrets)).map(({ secret }) => secret)).toContain(`${paths.ed25519} level 4 key`);
      await ask(child, 'lock');
      expect(scanProcess(child.pid, secrets).length).toBeGreaterThan(0);
    } finally {
      child.process.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    }
  }, 600_000);
});

test('SIGKILL while it works leaves nobody waiting', async () => {
  const child = startChild('vault-child', ['obey', 'mlock']);
  await child.line();
  const { phraseFile, passphraseFile } = makeWallet();
  await ask(child, 'unlock', phraseFile, passphraseFile);
  expect(await ask(child, 'busy')).toBe('busy');
  child.process.kill('SIGKILL');
  expect((await child.ended).signal).toBe('SIGKILL');
});
