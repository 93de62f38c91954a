/** What a configuration may say of the vault, and what is wrong with the rest, with its place. */
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../src/daemon/config/load.js';

const good = `version: 1
listen: { path: /run/keyslot/keyslot.sock }
admin: { path: /run/keyslot/admin.sock }
state: /var/lib/keyslot
vault: { idleTimeout: 5min }
providers:
  - { name: software, id: 1, type: software, keyStore: { key: { vault: true } } }
  - { name: bare, id: 2, type: software }
  - { name: hsm, id: 3, type: pkcs11, module: /usr/lib/m.so, token: "pkcs11:token=ecu", pin: { file: /etc/pin } }
slots:
  - { name: a, kind: key, algorithm: Ed25519, providers: [bare], permissions: [sign, verify], path: device/3 }
  - { name: b, kind: key, algorithm: AES-256, providers: [bare], permissions: [encrypt], path: "m/1'/2'" }
  - { name: c, kind: key, algorithm: ECDSA-secp256k1, providers: [software], permissions: [sign], path: "m/44'/60'/0'/0/5" }
`;

function problems(from: string, to: string): string[] {
  if (!good.includes(from)) throw new Error(`${from} is not in the text`);
  try {
    parseConfig(good.replace(from, to), 'k.yaml');
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
}

test('defaults', () => {
  const { vault, providers, slots } = parseConfig(good.replace('{ idleTimeout: 5min }', '{}'), 'k.yaml');
  expect(vault).toEqual({
    idleTimeout: 900_000,
    cacheTimeToLive: 3_600_000,
    cacheSize: 64,
    allowUnlockedMemory: false,
    keyVersion: 2,
    paths: {
      identity: "m/74'/0'/0'/0'",
      device: "m/74'/0'/0'/{n}'",
      sshHost: "m/74'/0'/1'/0'",
      encryption: "m/74'/2'/0'/{v-2}'",
      ethereum: "m/44'/60'/0'/0/0",
      keyStore: "m/74'/3'/0'/0'",
    },
  });
  expect(providers[0]).toMatchObject({ keyStore: { key: { from: 'vault', path: undefined } } });
  expect(slots[0]?.path).toBe('device/3');
  expect(parseConfig(good.replace('5min', '0'), 'k.yaml').vault?.idleTimeout).toBe(0);
  expect(
    parseConfig(
      '' +
        good
          .replace(/^vault.*\n/m, '')
          .replace(/, keyStore: \{ key: \{ vault: true \} \}/, '')
          .replace(/slots:[\s\S]*/, ''),
      'k.yaml',
    ).vault,
  ).toBe(undefined);
});

describe('what is wrong is told with its place', () => {
  const derived = 'derived from the vault';
  test.each([
    ['an unknown key', 'idleTimeout: 5min', 'idle: 5min', 'k.yaml:5:10 vault.idle: there is no such key here'],
    ['a time without unit', '5min', '5', 'k.yaml:5:23 vault.idleTimeout: must be 0 for never, or a time with its unit, such as 5min'],
    ['a time too short', '5min', '1ms', 'k.yaml:5:23 vault.idleTimeout: must be between 1000 ms and 604800000 ms'],
    ['a cache too big', 'idleTimeout: 5min', 'cacheSize: 65', 'k.yaml:5:21 vault.cacheSize: '],
    ['version 1', 'idleTimeout: 5min', 'keyVersion: 1', 'k.yaml:5:22 vault.keyVersion: '],
    ['a template', 'idleTimeout: 5min', 'paths: { device: "m/1\'" }', 'k.yaml:5:27 vault.paths.device: the path must have {n} as one'],
    ['not hardened', 'idleTimeout: 5min', 'paths: { identity: m/1 }', 'k.yaml:5:29 vault.paths.identity: every step'],
    ['a path of stores', 'idleTimeout: 5min', 'paths: { keyStore: m/1 }', 'k.yaml:5:29 vault.paths.keyStore: every step'],
    [
      'the identity as that',
      'idleTimeout: 5min',
      "paths: { keyStore: \"m/74'/0'/0'/0'\" }",
      'k.yaml:5:29 vault.paths.keyStore: must be a path that',
    ],
    ['a store below', 'vault: true', 'vault: m/1', 'k.yaml:7:72 providers.0.keyStore.key.vault: every step'],
    ['a store as nothing', 'vault: true', 'vault: false', 'k.yaml:7:72 providers.0.keyStore.key.vault: must be true, or a path'],
    [
      "an encryption key as a store's",
      'vault: true',
      "vault: \"m/74'/2'/0'/5'\"",
      'k.yaml:7:72 providers.0.keyStore.key.vault: must be a path that',
    ],
    [
      'two sources',
      'vault: true',
      'vault: true, file: /k',
      'k.yaml:7:63 providers.0.keyStore.key: must name one of file, credential, token, vault',
    ],
    [
      'a path that is none',
      'path: device/3',
      'path: device',
      "k.yaml:11:101 slots.0.path: must be a path such as m/74'/0'/0'/0', or one of",
    ],
    ['another spelling', 'path: device/3', 'path: m/1h', 'k.yaml:11:101 slots.0.path: step 1 of the path'],
    ['a leading zero', 'path: device/3', 'path: device/03', 'k.yaml:11:101 slots.0.path: must be a path such as'],
    ['version 1 of a slot', '"m/1\'/2\'"', 'encryption/1', 'k.yaml:12:96 slots.1.path: '],
    ['an open step', 'path: device/3', 'path: "m/1\'/2"', 'k.yaml:11:101 slots.0.path: every step of the path of an Ed25519 key'],
    [
      'a name of another kind',
      'path: device/3',
      'path: ethereum',
      'k.yaml:11:101 slots.0.path: "ethereum" is the path of an Secp256k1 key',
    ],
    ['another algorithm', 'algorithm: Ed25519', 'algorithm: AES-128', `k.yaml:11:38 slots.0.algorithm: no key of AES-128 is ${derived}`],
    [
      'a token',
      '[bare], permissions: [sign, verify]',
      '[hsm], permissions: [sign, verify]',
      'k.yaml:11:58 slots.0.providers: a slot with a path has one',
    ],
    [
      'two providers',
      '[bare], permissions: [encrypt]',
      '[bare, software], permissions: [encrypt]',
      'k.yaml:12:58 slots.1.providers: a slot with a path has one',
    ],
    ['an object', 'path: device/3', 'path: device/3, object: "pkcs11:object=x"', 'slots.0.object: a slot has either a path or an object'],
    [
      'export',
      '[sign, verify]',
      '[sign, export]',
      'k.yaml:11:86 slots.0.permissions.1: a key that is derived from the vault never leaves it',
    ],
    [
      'one path twice',
      'path: "m/1\'/2\'"',
      "path: \"m/74'/0'/0'/3'\"",
      "k.yaml:12:96 slots.1.path: m/74'/0'/0'/3' is the path of slot \"a\", whose key",
    ],
    [
      'the identity as AES',
      'path: "m/1\'/2\'"',
      "path: \"m/74'/0'/0'/0'\"",
      "k.yaml:12:96 slots.1.path: m/74'/0'/0'/0' is the path of the vault's identity",
    ],
    [
      'an encryption key as Ed25519',
      'path: device/3',
      "path: \"m/74'/2'/0'/7'\"",
      "slots.0.path: m/74'/2'/0'/7' is the path of an encryption key",
    ],
    [
      'the key of stores',
      'path: "m/1\'/2\'"',
      "path: \"m/74'/3'/0'/0'\"",
      "k.yaml:12:96 slots.1.path: m/74'/3'/0'/0' is the path of the key of a key store",
    ],
    ['no vault', 'vault: { idleTimeout: 5min }', 'spin: true', 'k.yaml:7:65 providers.0.keyStore.key.vault: needs a vault'],
    [
      'no vault, of slots',
      'vault: { idleTimeout: 5min }',
      'spin: true',
      'k.yaml:11:95 slots.0.path: needs a vault: add vault: to the configuration',
    ],
  ])('%s', (_name, from, to, wanted) => {
    expect(problems(from, to).join('\n')).toContain(wanted);
  });
});
