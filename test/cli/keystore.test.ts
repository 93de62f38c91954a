/** `keyslot keystore` on the stores of real daemons. */
import { createCipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import {
  createToken,
  DisposableDaemon,
  type DisposableToken,
  softwareProvider,
  startDisposableDaemon,
  tokenProvider,
} from '../../src/testing/index.js';
import { keyslot, keyslotProgram, useFolder } from './support.js';

const folder = useFolder();
const slots = ['one', 'two', 'three/ü'].map((name) => ({
  name,
  kind: 'key' as const,
  algorithm: 'AES-256',
  providers: ['software'],
  permissions: ['encrypt', 'decrypt', 'export'] as const,
}));
const access = [
  {
    user: process.getuid?.() ?? 0,
    slots: Object.fromEntries(slots.map(({ name }) => [name, name])),
    rights: ['use', 'write', 'generate', 'clear'] as const,
  },
];
const settings = { providers: [softwareProvider()], slots, access };

async function withManagement<T>(
  endpoint: string,
  use: (
    crypto: Awaited<ReturnType<Awaited<ReturnType<typeof createCryptoStack>>['createCryptoContext']>>,
    management: Awaited<
      ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof createCryptoStack>>['createCryptoContext']>>['createKeyManagementContext']>
    >,
  ) => Promise<T>,
): Promise<T> {
  const stack = await createCryptoStack({ connectionEndpoint: endpoint });
  try {
    const crypto = await stack.createCryptoContext();
    return await use(crypto, await crypto.createKeyManagementContext());
  } finally {
    await stack.close();
  }
}

async function fill(endpoint: string, keys: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await withManagement(endpoint, async (crypto, management) => {
    for (const [name, keyData] of keys) {
      await management.importKey(await crypto.resolveResource(name, 'keySlot'), { algorithm: 'AES-256', keyData });
    }
  });
}

/** The bytes of every key, as the daemon gives them out. */
async function contents(endpoint: string): Promise<Record<string, string>> {
  return withManagement(endpoint, async (crypto, management) => {
    const found: Record<string, string> = {};
    for (const { name } of slots) {
      const bytes = await management.exportKey(await crypto.resolveResource(name, 'keySlot'), 'raw');
      found[name] = Buffer.from(bytes).toString('hex');
    }
    return found;
  });
}

const keys = new Map(slots.map(({ name }) => [name, new Uint8Array(randomBytes(32))]));
const expected = Object.fromEntries([...keys].map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]));

let daemon: DisposableDaemon;
let store: string;
let keyFile: string;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings });
  await fill(daemon.endpoint, keys);
  store = join(daemon.folder, 'state', 'software');
  keyFile = join(daemon.folder, 'store.key');
});
afterAll(() => daemon[Symbol.asyncDispose]());

/** A copy of the store, to damage. */
function copied(): { store: string; at: readonly string[] } {
  const copy = mkdtempSync(join(folder.path(''), 'copy-'));
  cpSync(store, copy, { recursive: true });
  chmodSync(copy, 0o700);
  return { store: copy, at: ['--store', copy, '--key-file', keyFile] };
}
function recordOf(in_: string, slot: string): string {
  return join(in_, readdirSync(in_).find((name) => name.startsWith(`${slot}.`)) ?? 'missing');
}
function newKey(name: string): string {
  const path = folder.path(name);
  writeFileSync(path, randomBytes(32), { mode: 0o600 });
  return path;
}
const at = () => ['--store', store, '--key-file', keyFile];

describe('while a daemon runs', () => {
  it.each([
    ['verify', []],
    ['backup', ['-o', '/dev/null']],
    ['rekey', ['--new-key-file', 'NEW']],
  ])('%s is refused with a message', async (command, more) => {
    const args = more.map((arg) => (arg === 'NEW' ? newKey(`busy-${command}`) : arg));
    const { status, stderr } = await keyslot(['keystore', command, ...at(), ...args]);
    expect([status, stderr]).toEqual([69, expect.stringContaining('in use by a running keyslotd')]);
    const json = await keyslot(['keystore', command, ...at(), ...args, '--json']);
    if (command !== 'backup') expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'PROVIDER_BUSY', field: 'store' } });
    expect(await contents(daemon.endpoint)).toEqual(expected);
  });

  it('status tells where the store key comes from', async () => {
    const env = { KEYSLOT_ADMIN: daemon.adminEndpoint };
    const parsed = JSON.parse((await keyslot(['status', '--json'], { env })).stdout) as { providers: object[] };
    expect(parsed.providers).toMatchObject([{ name: 'software', keyStore: { source: 'file', path: keyFile } }]);
    expect((await keyslot(['status'], { env })).stdout).toContain(`software: store key from a file, ${keyFile}\n`);
  });
});

describe('without a daemon', () => {
  beforeAll(() => daemon.stop());

  it('verify passes a sound store, by flags and by configuration', async () => {
    const plain = await keyslot(['keystore', 'verify', ...at()]);
    expect(plain).toMatchObject({ status: 0, stdout: `${store}: ok, 3 keys\n`, stderr: '' });
    const json = JSON.parse((await keyslot(['keystore', 'verify', '--json', '--config', daemon.configPath])).stdout) as object;
    expect(json).toEqual({
      ok: true,
      store,
      writes: 4,
      slots: ['one', 'three/ü', 'two'].map((slot) => ({ slot, state: 'occupied', generation: 1, algorithm: 'AES-256' })),
      problems: [],
    });
  });

  it('verify names what is wrong, and ends with 1', async () => {
    const { store: copy, at: place } = copied();
    const flip = recordOf(copy, 'one');
    const bytes = readFileSync(flip);
    writeFileSync(flip, bytes.fill((bytes[100] ?? 0) ^ 1, 100, 101));
    copyFileSync(recordOf(store, 'one'), recordOf(copy, 'two'));
    rmSync(recordOf(copy, 'three%2F%C3%BC'));
    writeFileSync(join(copy, 'one.99.record.new'), 'x');
    writeFileSync(join(copy, 'notes'), 'x');
    const { status, stdout } = await keyslot(['keystore', 'verify', ...place]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^damaged: slot "one": its record is damaged/m);
    expect(stdout).toMatch(/^swapped: slot "two": its record was swapped for that of slot "one"/m);
    expect(stdout).toMatch(/^missing: slot "three\/ü": its record three%2F%C3%BC\.\d\.record is missing/m);
    expect(stdout).toMatch(/^leftover: one\.99\.record\.new /m);
    expect(stdout).toMatch(/^foreign: notes /m);
    expect(stdout).toMatch(/: 5 problems\n$/);
    const json = await keyslot(['keystore', 'verify', ...place, '--json']);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, problems: [{ kind: 'damaged', slot: 'one' }, {}, {}, {}, {}] });
    expect(existsSync(join(copy, 'one.99.record.new'))).toBe(true);
  });

  it('a wrong key, no store, and a folder that is none are told apart, and nothing is made', async () => {
    const other = newKey('other.key');
    expect(await keyslot(['keystore', 'verify', '--store', store, '--key-file', other])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('written under another key'),
    });
    const empty = folder.path('empty');
    mkdirSync(empty, { mode: 0o700 });
    for (const none of [empty, folder.path('nowhere')]) {
      for (const command of [['verify'], ['backup', '-o', folder.path('x')], ['rekey', '--new-key-file', other]]) {
        const { status, stderr } = await keyslot(['keystore', ...command, '--store', none, '--key-file', keyFile]);
        expect([status, stderr]).toEqual([66, expect.stringContaining(`there is no key store in ${none}`)]);
      }
    }
    expect(readdirSync(empty)).toEqual([]);
    expect([existsSync(folder.path('nowhere')), existsSync(folder.path('x'))]).toEqual([false, false]);
    expect(await keyslot(['keystore', 'verify', '--store', store, '--key-file', folder.path('no.key')])).toMatchObject({ status: 66 });
  });

  it('a wrong command line says what to do', async () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['verify'], 'give --store FOLDER and --key-file FILE, or --config FILE'],
      [['verify', '--store', store], '--key-file FILE'],
      [['verify', ...at(), '--provider', 'software'], '--provider goes with --config'],
      [['verify', '--config', daemon.configPath, '--provider', 'x'], 'there are: software'],
      [['rekey', ...at()], 'give either --new-key-file FILE or --new-config FILE'],
      [['restore', ...at()], 'see keyslot keystore restore --help'],
    ];
    for (const [args, words] of cases) {
      const { status, stderr } = await keyslot(['keystore', ...args]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
    const noFile = await keyslot(['keystore', 'backup', ...at(), '--json']);
    expect([noFile.status, noFile.stdout]).toEqual([2, expect.stringContaining('give -o FILE')]);
    const broken = folder.path('broken.yaml');
    writeFileSync(broken, 'version: 2\n', { mode: 0o600 });
    expect(await keyslot(['keystore', 'verify', '--config', broken])).toMatchObject({ status: 78 });
  });

  it('a backup that was acknowledged lasts: its content and its name are synced', async () => {
    const file = folder.path('lasting.backup');
    const synced: number[] = [];
    const handle = await open(keyFile);
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const { sync } = prototype;
    vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
      synced.push((await this.stat()).ino);
      await sync.call(this);
    });
    try {
      expect((await keyslot(['keystore', 'backup', ...at(), '-o', file])).status).toBe(0);
    } finally {
      vi.restoreAllMocks();
    }
    expect(synced).toEqual([statSync(file).ino, statSync(dirname(file)).ino]);
  });

  it('of two restores at once into a missing folder one does it, and the other takes nothing away', async () => {
    const file = folder.path('twice.backup');
    expect((await keyslot(['keystore', 'backup', ...at(), '-o', file])).status).toBe(0);
    for (let round = 0; round < 10; round++) {
      const to = ['--store', folder.path(`twice-${round}`), '--key-file', keyFile];
      const both = await Promise.all([1, 2].map(() => keyslot(['keystore', 'restore', file, ...to])));
      expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
        0,
        expect.toSatisfy((status) => status === 1 || status === 69),
      ]);
      expect(await keyslot(['keystore', 'verify', ...to])).toMatchObject({ status: 0 });
    }
  });

  it('a backup is one file for its owner, and is restored into an empty folder only', async () => {
    const file = folder.path('keys.backup');
    const made = await keyslot(['keystore', 'backup', ...at(), '-o', file]);
    expect([made.status, made.stdout]).toEqual([0, expect.stringMatching(/keys\.backup: 3 keys, [\d.]+ (B|KiB)\n$/)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await keyslot(['keystore', 'backup', ...at(), '-o', file])).status).toBe(73);
    const piped = await keyslotProgram(['keystore', 'backup', ...at()]);
    expect(piped.bytes.equals(readFileSync(file))).toBe(true);

    const target = folder.path('restored');
    const restored = await keyslot(['keystore', 'restore', file, '--store', target, '--key-file', keyFile]);
    expect(restored).toMatchObject({ status: 0, stdout: `${target}: 3 keys restored\n` });
    expect(statSync(target).mode & 0o777).toBe(0o700);
    expect(await keyslot(['keystore', 'verify', '--store', target, '--key-file', keyFile])).toMatchObject({ status: 0 });
    const again = await keyslot(['keystore', 'restore', '--json', file, '--store', target, '--key-file', keyFile]);
    expect([again.status, JSON.parse(again.stdout)]).toMatchObject([1, { error: { code: 'OPERATION_FAILED', field: 'store' } }]);

    const bad = folder.path('bad.backup');
    const bytes = readFileSync(file);
    writeFileSync(bad, bytes.fill((bytes[200] ?? 0) ^ 1, 200, 201));
    const nowhere = folder.path('not-made');
    expect(await keyslot(['keystore', 'restore', bad, '--store', nowhere, '--key-file', keyFile])).toMatchObject({ status: 65 });
    expect(await keyslot(['keystore', 'restore', file, '--store', nowhere, '--key-file', newKey('wrong.key')])).toMatchObject({
      status: 65,
    });
    expect(await keyslot(['keystore', 'restore', folder.path('none'), '--store', nowhere, '--key-file', keyFile])).toMatchObject({
      status: 66,
    });
    expect(existsSync(nowhere)).toBe(false);

    // The daemon serves from the restored store.
    const kept = `${store}.kept`;
    renameSync(store, kept);
    expect((await keyslot(['keystore', 'restore', '-', '--config', daemon.configPath], { input: readFileSync(file) })).status).toBe(0);
    await daemon.start();
    expect(await contents(daemon.endpoint)).toEqual(expected);
    await daemon.stop();
    rmSync(store, { recursive: true });
    renameSync(kept, store);
  });

  it('rekey: the daemon starts with the new key only, and every key is there', async () => {
    const backup = folder.path('before.backup');
    await keyslot(['keystore', 'backup', ...at(), '-o', backup]);
    const next = newKey('next.key');
    const done = await keyslot(['keystore', 'rekey', '--config', daemon.configPath, '--new-key-file', next]);
    expect(done).toMatchObject({
      status: 0,
      stdout: `${store}: 3 keys under the new store key\nbefore keyslotd starts: mv ${next} ${keyFile}\n`,
      stderr: '',
    });
    await expect(daemon.start()).rejects.toThrow('check the key file');
    const old = folder.path('old.key');
    renameSync(keyFile, old);
    renameSync(next, keyFile);
    await daemon.start();
    expect(await contents(daemon.endpoint)).toEqual(expected);
    await daemon.stop();
    // A backup keeps the key of its time.
    const target = folder.path('from-before');
    expect((await keyslot(['keystore', 'restore', backup, '--store', target, '--key-file', keyFile])).status).toBe(65);
    expect((await keyslot(['keystore', 'restore', backup, '--store', target, '--key-file', old])).status).toBe(0);
    const json = await keyslot(['keystore', 'rekey', '--store', target, '--key-file', old, '--new-key-file', keyFile, '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ store: target, records: 3 });
    expect((await keyslot(['keystore', 'verify', '--store', target, '--key-file', keyFile])).status).toBe(0);
    const same = await keyslot(['keystore', 'rekey', '--store', target, '--key-file', keyFile, '--new-key-file', keyFile]);
    expect([same.status, same.stderr]).toEqual([65, expect.stringContaining('same as the old one')]);
  });

  it('shows progress on a terminal only, and stops at Ctrl-C with nothing changed', async () => {
    const { store: copy, at: place } = copied();
    const before = readdirSync(copy).sort();
    const stopped = await keyslot(['keystore', 'rekey', ...place, '--new-key-file', newKey('late.key')], { signal: AbortSignal.abort() });
    expect([stopped.status, stopped.stdout]).toEqual([130, '']);
    expect(readdirSync(copy).sort()).toEqual(before);
    expect((await keyslot(['keystore', 'verify', ...place])).status).toBe(0);
  });

  it('a store of another user is refused', async (ctx) => {
    if (process.geteuid?.() !== 0) ctx.skip('needs root to give a folder away');
    const { store: copy, at: place } = copied();
    const { chownSync } = await import('node:fs');
    chownSync(copy, 65_534, 65_534);
    const { status, stderr } = await keyslot(['keystore', 'verify', ...place]);
    expect([status, stderr]).toEqual([77, expect.stringContaining('belongs to uid 65534')]);
  });
});

/** A daemon whose configuration names another source than a file. */
function withSource(path: string, source: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(/file: .*store\.key/, source), { mode: 0o600 });
}

describe('a store key from a credential', () => {
  it('is used by the daemon and by the commands, and told by status', async () => {
    const place = mkdtempSync(join(tmpdir(), 'keyslot-credential-'));
    const credentials = join(place, 'credentials');
    mkdirSync(credentials, { mode: 0o700 });
    writeFileSync(join(credentials, 'keyslot.store'), randomBytes(32), { mode: 0o400 });
    const env = { CREDENTIALS_DIRECTORY: credentials };
    const one = new DisposableDaemon(mkdtempSync(join(tmpdir(), 'keyslot-daemon-')), { settings, env });
    try {
      withSource(one.configPath, 'credential: keyslot.store');
      await one.start();
      await fill(one.endpoint, keys);
      const status = JSON.parse((await keyslot(['status', '--json', '--admin', one.adminEndpoint])).stdout) as object;
      expect(status).toMatchObject({ providers: [{ keyStore: { source: 'credential', path: join(credentials, 'keyslot.store') } }] });
      await one.stop();
      expect(await keyslot(['keystore', 'verify', '--config', one.configPath], { env })).toMatchObject({ status: 0 });
      const without = await keyslot(['keystore', 'verify', '--config', one.configPath]);
      expect([without.status, without.stderr]).toEqual([66, expect.stringContaining('CREDENTIALS_DIRECTORY is not set')]);
    } finally {
      await one[Symbol.asyncDispose]();
      rmSync(place, { recursive: true });
    }
  });
});

describe('a store key from a token', () => {
  const kek = randomBytes(32);
  let token: DisposableToken;
  let one: DisposableDaemon;
  let pin: string;
  beforeAll(async () => {
    token = await createToken();
    pin = join(mkdtempSync(join(tmpdir(), 'keyslot-pin-')), 'pin');
    copyFileSync(token.pinFile, pin);
    chmodSync(pin, 0o600);
    const kekSlot = {
      name: 'store-kek',
      kind: 'key' as const,
      algorithm: 'AES-256',
      providers: ['token'],
      permissions: ['wrap', 'unwrap'] as const,
    };
    const providers = [softwareProvider(), tokenProvider(token, 'token', 2, { pin: { file: pin } })];
    const freshSlot = { ...kekSlot, name: 'fresh', algorithm: 'GENERIC-SECRET', permissions: ['export'] as const };
    const names = { ...access[0]?.slots, 'store-kek': 'store-kek', fresh: 'fresh' };
    const rows = [{ ...access[0], slots: names, rights: access[0]?.rights ?? [] }];
    one = new DisposableDaemon(mkdtempSync(join(tmpdir(), 'keyslot-daemon-')), {
      settings: { providers, slots: [...slots, kekSlot, freshSlot], access: rows },
    });
  });
  afterAll(async () => {
    await one[Symbol.asyncDispose]();
    await token.remove();
    rmSync(join(pin, '..'), { recursive: true });
  });

  it('a store moves from a file to the token, with every key', async () => {
    await one.start();
    await fill(one.endpoint, keys);
    await withManagement(one.endpoint, async (crypto, management) => {
      await management.importKey(await crypto.resolveResource('store-kek', 'keySlot'), { algorithm: 'AES-256', keyData: kek });
    });
    await one.stop();
    const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('A65959A6', 'hex'));
    const wrapped = join(one.folder, 'store.key.wrapped');
    writeFileSync(wrapped, Buffer.concat([cipher.update(randomBytes(32)), cipher.final()]), { mode: 0o600 });
    const old = folder.path('old.yaml');
    copyFileSync(one.configPath, old);
    withSource(one.configPath, `token: { provider: token, object: "pkcs11:object=store-kek", wrapped: ${wrapped} }`);
    expect((await keyslot(['config', 'check', one.configPath])).stdout).toContain(': ok');
    const moved = await keyslot(['keystore', 'rekey', '--config', old, '--new-config', one.configPath]);
    expect(moved).toMatchObject({ status: 0, stdout: expect.stringContaining('3 keys under the new store key') });
    expect(await keyslot(['keystore', 'verify', '--config', old])).toMatchObject({ status: 1 });
    expect(await keyslot(['keystore', 'verify', '--config', one.configPath])).toMatchObject({ status: 0 });
    await one.start();
    expect(await contents(one.endpoint)).toEqual(expected);
    const status = JSON.parse((await keyslot(['status', '--json', '--admin', one.adminEndpoint])).stdout) as object;
    expect(status).toMatchObject({ providers: [{ state: 'ready', keyStore: { source: 'token', path: wrapped } }, { state: 'ready' }] });
    await one.stop();
  });

  it('the wrapped key is made with Keyslot itself, as documented', async () => {
    await one.start();
    const env = { KEYSLOT_ENDPOINT: one.endpoint };
    const wrapped = folder.path('documented.wrapped');
    expect(await keyslot(['key', 'generate', 'fresh', '--permissions', 'export'], { env })).toMatchObject({ status: 0 });
    expect(await keyslot(['key', 'wrap', 'fresh', '--with', 'store-kek', '-o', wrapped], { env })).toMatchObject({ status: 0 });
    expect(await keyslot(['key', 'clear', 'fresh', '--yes'], { env })).toMatchObject({ status: 0 });
    await one.stop();
    const next = folder.path('documented.yaml');
    writeFileSync(next, readFileSync(one.configPath, 'utf8').replace(/wrapped: [^\s}]+/, `wrapped: ${wrapped}`), { mode: 0o600 });
    expect(readFileSync(next, 'utf8')).toContain(wrapped);
    expect(await keyslot(['keystore', 'rekey', '--config', one.configPath, '--new-config', next])).toMatchObject({ status: 0, stderr: '' });
    copyFileSync(next, one.configPath);
    await one.start();
    expect(await contents(one.endpoint)).toEqual(expected);
    await one.stop();
  });

  it('a token that is away keeps only the provider from serving, until it comes', async () => {
    const good = readFileSync(pin);
    writeFileSync(pin, '0000-wrong', { mode: 0o600 });
    await one.start();
    const states = async () =>
      (
        JSON.parse((await keyslot(['status', '--json', '--admin', one.adminEndpoint])).stdout) as {
          providers: { state: string; reason?: string }[];
        }
      ).providers;
    expect(await states()).toMatchObject([
      { state: 'unavailable', reason: expect.stringContaining('the token of provider "token", which unwraps the store key, is not there') },
      { state: 'unavailable' },
    ]);
    await expect(contents(one.endpoint)).rejects.toMatchObject({ code: 'PROVIDER_NOT_AVAILABLE' });
    const fresh = `${pin}.new`;
    writeFileSync(fresh, good, { mode: 0o600 });
    renameSync(fresh, pin);
    await expect
      .poll(async () => (await states()).map(({ state }) => state), { timeout: 20_000, interval: 200 })
      .toEqual(['ready', 'ready']);
    expect(await contents(one.endpoint)).toEqual(expected);
    await one.stop();
  }, 60_000);

  it('a provider that is no token is a mistake in the configuration', async () => {
    const wrong = folder.path('wrong.yaml');
    const text = readFileSync(one.configPath, 'utf8');
    writeFileSync(wrong, text.replace('{ provider: token,', '{ provider: software,'), { mode: 0o600 });
    const { status, stdout } = await keyslot(['config', 'check', wrong]);
    expect([status, stdout]).toEqual([
      78,
      expect.stringContaining('providers.0.keyStore.key.token.provider: "software" is no provider of a token; there are: token'),
    ]);
    for (const source of ['{}', '{ file: /x, credential: y }']) {
      writeFileSync(wrong, text.replace(/key:\s*\n?\s*token: \{.*\}/, `key: ${source}`), { mode: 0o600 });
      const found = await keyslot(['config', 'check', wrong]);
      expect([found.status, found.stdout]).toEqual([78, expect.stringContaining('must name one of file, credential, token')]);
    }
  });
});
