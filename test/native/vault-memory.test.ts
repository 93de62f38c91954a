/** The memory of a process with a vault, looked at from outside: where secrets are, and that they are gone when they should be. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Secret } from '../memory/patterns.js';
import { regionsOf } from '../memory/process-memory.js';
import { mayRead, needsRights, outside, scanProcess } from '../memory/scan-process.js';
import { makeWallet as makeSoundWallet, makeSpoiledWallet, secretsOf } from '../memory/wallet.js';
import { buildShared, type Child, hasCompiler, noCompiler, packageRoot, startChild, startProgram, temporaryFolder } from './support.js';

const sanitized = process.env.KEYSLOT_SANITIZED === '1';
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** As in vault-child.ts. */
const paths = { ed25519: "m/74'/0'/0'/0'", aes: "m/74'/2'/0'/0'", secp256k1: "m/44'/60'/0'/0/0" };
const walletPaths = { ed25519: [paths.ed25519], aes: [paths.aes], secp256k1: [paths.secp256k1] };

interface WalletFiles {
  readonly phraseFile: string;
  readonly passphraseFile: string;
  readonly secrets: readonly Secret[];
}

let wallets = 0;

function makeWallet(spoiled = false): WalletFiles {
  const { phrase, passphrase, secrets } = spoiled ? makeSpoiledWallet() : makeSoundWallet(walletPaths);
  const [phraseFile, passphraseFile] = ['phrase', 'passphrase'].map((name) => join(folder.path, `${name}-${wallets}`)) as [string, string];
  wallets += 1;
  writeFileSync(phraseFile, phrase);
  writeFileSync(passphraseFile, passphrase);
  return { phraseFile, passphraseFile, secrets };
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
      expect(scanProcess(child.pid, secretsOf(phrase, '', walletPaths))).toEqual([]);
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
