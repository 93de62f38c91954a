import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from '../../src/daemon/config/load.js';
import { parseSize, parseTime } from '../../src/daemon/config/units.js';

const good = `version: 1
listen: { path: /run/keyslot/keyslot.sock, mode: "0660", group: keyslot }
admin: { path: /run/keyslot/admin.sock, mode: "0600" }
state: /var/lib/keyslot
limits: { connections: 10, frame: 1MiB, bulk: 64MiB }
timeouts: { default: 5s, max: 60s, allowNone: false, hang: { call: 10s, generate: 300s }, stream: 30s }
providers:
  - { name: software, id: 1, type: software, keyStore: { key: { file: /etc/keyslot/store.key } } }
  - { name: hsm, id: 2, type: pkcs11, module: /usr/lib/softhsm/libsofthsm2.so, token: "pkcs11:token=ecu", pin: { file: /etc/keyslot/hsm.pin }, env: { SOFTHSM2_CONF: /etc/softhsm2.conf } }
slots:
  - { name: PreDeployedSlot, kind: key, algorithm: AES-256, providers: [hsm, software], permissions: [encrypt, decrypt] }
access:
  - { user: app, slots: { PreDeployedSlot: PreDeployedSlot }, rights: [use, generate] }
`;

function problems(text: string): string[] {
  try {
    parseConfig(text, 'k.yaml');
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
}

test('the example of the design is read with its defaults', () => {
  const config = parseConfig(good, 'k.yaml');
  expect(config.timeouts).toMatchObject({ default: 5000, max: 60_000, hang: { call: 10_000, generate: 300_000 }, stream: 30_000 });
  expect(config.limits).toMatchObject({ connections: 10, contexts: 4096, frame: 1 << 20, aeadDecrypt: 64 << 20 });
  expect(config.slots[0]?.algorithm.name).toBe('AES-256');
  expect(config.providers[1]).toMatchObject({ sessions: 16, maxKeyLength: 4096 });
});

describe('what is wrong is told with its place', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['an unknown key', 'state: /var/lib/keyslot', 'state: /var/lib/keyslot\nstat: 1', 'k.yaml:5:1 stat: there is no such key here'],
    ['a typo within', 'stream: 30s', 'strem: 30s', 'k.yaml:6:91 timeouts.strem: there is no such key here'],
    [
      'a time without unit',
      'default: 5s',
      'default: 5',
      'k.yaml:6:22 timeouts.default: must be a time with its unit, such as 500ms, 5s or 2min',
    ],
    ['a size that is none', 'frame: 1MiB', 'frame: 1MB', 'k.yaml:5:35 limits.frame: must be a size such as 4096, 64KiB or 1MiB'],
    ['a missing value', 'module: /usr/lib/softhsm/libsofthsm2.so, ', '', 'k.yaml:9:5 providers.1.module: is missing; a string is expected'],
    ['a second id', 'id: 2', 'id: 1', 'k.yaml:9:22 providers.1.id: 1 is the id of another provider'],
    [
      'a provider that is not there',
      '[hsm, software]',
      '[hsm, softwar]',
      'k.yaml:11:78 slots.0.providers.1: there is no provider "softwar"; there are: software, hsm',
    ],
    ['a slot that is not there', '{ PreDeployedSlot: PreDeployedSlot }', '{ a: b }', 'k.yaml:13:30 access.0.slots.a: there is no slot "b"'],
    ['nobody', 'user: app, ', '', 'k.yaml:13:5 access.0: must name a user or a group'],
    ['the wrong version', 'version: 1', 'version: 2', 'k.yaml:1:10 version: must be 1, the version of the format'],
    ['a relative path', 'path: /run/keyslot/admin.sock', 'path: admin.sock', 'k.yaml:3:16 admin.path: must be an absolute path'],
    ['a provider above its folder', 'name: software', 'name: ".."', 'k.yaml:8:13 providers.0.name: names a folder, too: no slash'],
    ['a provider in another folder', 'name: software', 'name: a/b', 'k.yaml:8:13 providers.0.name: names a folder, too: no slash'],
    ['a provider on the vault', 'name: software', 'name: vault.json', 'k.yaml:8:13 providers.0.name: is the name of a file of the daemon'],
    ['broken YAML', 'providers:', 'providers: [', 'k.yaml:'],
    ['a key given twice', 'version: 1', 'version: 1\nversion: 1', 'k.yaml:2:1 Map keys must be unique'],
  ];
  test.each(cases)('%s', (_name, from, to, expected) => {
    const found = problems(good.replace(from, to));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(expected);
  });

  test('all problems are told at once', () => {
    expect(problems(good.replace('id: 2', 'id: 1').replace('[hsm, software]', '[x]')).length).toBe(2);
  });
  test('a document that is no map, and an empty one', () => {
    expect(problems('- 1')[0]).toMatch(/^k\.yaml:1:1/);
    expect(problems('')[0]).toMatch(/^k\.yaml:1:1/);
  });
});

describe('the file itself', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyslot-config-'));
    file = join(folder, 'k.yaml');
    writeFileSync(file, good.replace('user: app', 'user: root').replace('group: keyslot', 'group: root'), { mode: 0o600 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read when nobody else can write it', () => {
    expect(loadConfig(file).version).toBe(1);
  });
  test('names only users and groups that the system knows', () => {
    const strange = join(folder, 'strange.yaml');
    const text = good.replace('user: app', 'user: no-such-user').replace('group: keyslot', 'group: no-such-group');
    writeFileSync(strange, text, { mode: 0o600 });
    expect(() => loadConfig(strange)).toThrow(/strange\.yaml:2:65 listen\.group: there is no group "no-such-group" on this system\n/);
    expect(() => loadConfig(strange)).toThrow(/strange\.yaml:13:13 access\.0\.user: there is no user "no-such-user" on this system$/);
  });
  test('is refused when others may write it, with the command that helps', () => {
    chmodSync(file, 0o622);
    expect(() => loadConfig(file)).toThrow(/may be written by others; run: chmod go-w/);
    chmodSync(file, 0o600);
  });
  test('is refused when others may write its folder', () => {
    chmodSync(folder, 0o777);
    expect(() => loadConfig(file)).toThrow(/which others may write/);
    chmodSync(folder, 0o700);
  });
  test('is refused behind a symbolic link', () => {
    const link = join(folder, 'link.yaml');
    symlinkSync(file, link);
    expect(() => loadConfig(link)).toThrow(/is a symbolic link/);
  });
  test('is refused when it is a folder, missing, too long or not text', () => {
    expect(() => loadConfig(folder)).toThrow(/is not a regular file/);
    expect(() => loadConfig(join(folder, 'none.yaml'))).toThrow(/does not exist/);
    const other = join(folder, 'other.yaml');
    writeFileSync(other, Buffer.from([0xff, 0xfe, 0x00]), { mode: 0o600 });
    expect(() => loadConfig(other)).toThrow(/is not UTF-8 text/);
    writeFileSync(other, Buffer.alloc((1 << 20) + 1, 0x20), { mode: 0o600 });
    expect(() => loadConfig(other)).toThrow(/at most/);
  });
});

test('sizes and times', () => {
  expect([parseSize('64KiB'), parseSize(4096), parseSize('1 GiB'), parseSize('1.5MiB'), parseSize('-1'), parseSize('1__proto__')]).toEqual([
    65_536,
    4096,
    1 << 30,
    undefined,
    undefined,
    undefined,
  ]);
  expect([parseTime('500ms'), parseTime('2min'), parseTime('1h'), parseTime(5), parseTime('5')]).toEqual([
    500,
    120_000,
    3_600_000,
    undefined,
    undefined,
  ]);
});
