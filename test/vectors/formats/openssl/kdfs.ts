/** KDF and PBE of evp_test. */
import { createHash, createHmac } from 'node:crypto';
import { concat } from '../../bytes.js';
import type { CaseBody, Derivation, KeyMaterial } from '../../case.js';
import { aesKey, genericSecret } from '../../key-encodings.js';
import { digestSizes, hashName, nodeHash } from '../../names.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import { Controls, evpBytes } from './values.js';

const none = new Uint8Array(0);

interface Given {
  readonly controls: Controls;
  readonly output: Uint8Array;
}
type KdfReader = (given: Given) => readonly Derivation[];

const whole = (output: Uint8Array): { output: Uint8Array; bits: number } => ({ output, bits: output.length * 8 });
const digestOf = ({ controls }: Given, otherwise?: string): string =>
  hashName(controls.find('digest') ?? otherwise ?? skip('notGiven', 'hash'));

function one(secret: KeyMaterial, kdf: Derivation['kdf'], { output }: Given): readonly Derivation[] {
  return [{ secret, kdf, ...whole(output) }];
}

const hkdf: KdfReader = (given) => {
  const { controls } = given;
  const hash = digestOf(given);
  const mode = controls.find('mode') ?? 'EXTRACT_AND_EXPAND';
  const secret = genericSecret(controls.bytes('key') ?? none);
  const salt = controls.bytes('salt') ?? none;
  const label = controls.joined('info');
  if (/EXTRACT_ONLY/.test(mode)) return one(secret, { kdfAlgorithm: `HKDF-Extract-${hash}`, salt }, given);
  if (/EXPAND_ONLY/.test(mode)) return one(secret, { kdfAlgorithm: `HKDF-Expand-${hash}`, label }, given);
  return one(secret, { kdfAlgorithm: `HKDF-${hash}`, salt, label }, given);
};

const pbkdf2: KdfReader = (given) =>
  one(
    genericSecret(given.controls.bytes('pass') ?? none),
    {
      kdfAlgorithm: `PBKDF2-${digestOf(given, 'SHA1')}`,
      salt: given.controls.bytes('salt') ?? none,
      iterationCount: Number(given.controls.find('iter') ?? 0),
    },
    given,
  );

const scrypt: KdfReader = (given) => {
  const { controls } = given;
  return one(
    genericSecret(controls.bytes('pass') ?? none),
    {
      kdfAlgorithm: 'scrypt',
      salt: controls.bytes('salt') ?? none,
      iterationCount: Number(controls.find('n')),
      memory: Number(controls.find('r')),
      parallelism: Number(controls.find('p')),
    },
    given,
  );
};

const argon2id: KdfReader = (given) => {
  const { controls } = given;
  if (controls.find('version') !== undefined && !/^(?:0x13|19)$/.test(controls.find('version') ?? ''))
    skip('algorithm', 'Argon2id of an older version');
  const [ad, secret] = [controls.bytes('ad'), controls.bytes('secret')];
  return one(
    genericSecret(controls.bytes('pass') ?? none),
    {
      kdfAlgorithm: 'Argon2id',
      salt: controls.bytes('salt') ?? none,
      iterationCount: Number(controls.find('iter') ?? 3),
      memory: Number(controls.find('memcost') ?? 8),
      parallelism: Number(controls.find('lanes') ?? 1),
      ...(ad !== undefined && { label: ad }),
      ...(secret !== undefined && { seed: secret }),
    },
    given,
  );
};

/** All seeds are joined; the first may be the label, which is not told apart from them (RFC 5246 5). */
const tls1Prf: KdfReader = (given) => {
  const { controls } = given;
  const hash = digestOf(given);
  if (digestSizes[hash] === undefined) skip('algorithm', 'PRF of TLS 1.0 and 1.1');
  const [label = none, ...seeds] = controls.allBytes('seed');
  const kdf = { kdfAlgorithm: `TLS12-PRF-${hash}`, label, seed: concat(...seeds) };
  return one(genericSecret(controls.bytes('secret') ?? none), kdf, given);
};

const tlsPrefix = new TextEncoder().encode('tls13 ');

/** An extraction with a salt derives the salt first (RFC 8446 7.1). */
const tls13: KdfReader = (given) => {
  const { controls } = given;
  const hash = digestOf(given);
  const size = digestSizes[hash] ?? skip('algorithm', hash);
  const key = controls.bytes('key') ?? new Uint8Array(size);
  const label = controls.bytes('label') ?? none;
  const prefix = controls.bytes('prefix');
  if (prefix !== undefined && Buffer.compare(prefix, tlsPrefix) !== 0) skip('algorithm', 'TLS 1.3 with another prefix');
  if (/EXPAND_ONLY/.test(controls.find('mode') ?? '')) {
    return one(genericSecret(key), { kdfAlgorithm: `TLS13-HKDF-${hash}`, label, seed: controls.bytes('data') ?? none }, given);
  }
  const before = controls.bytes('salt');
  const extract = (salt: Uint8Array) => one(genericSecret(key), { kdfAlgorithm: `HKDF-Extract-${hash}`, salt }, given);
  if (before === undefined) return extract(none);
  const digest = nodeHash(hash) ?? '';
  const context = new Uint8Array(createHash(digest).digest());
  const salt = expandLabel(digest, before, concat(prefix ?? tlsPrefix, label), context, size);
  const first = { kdfAlgorithm: `TLS13-HKDF-${hash}`, label, seed: context };
  return [{ secret: genericSecret(before), kdf: first, ...whole(salt) }, ...extract(salt)];
};

/** HKDF-Expand alone, which node:crypto lacks: one block is enough, HMAC(key, info ‖ 1). */
function expandLabel(digest: string, key: Uint8Array, label: Uint8Array, context: Uint8Array, size: number): Uint8Array {
  const info = concat(Uint8Array.of(size >> 8, size & 0xff, label.length), label, Uint8Array.of(context.length), context);
  const block = createHmac(digest, key)
    .update(concat(info, Uint8Array.of(1)))
    .digest();
  return new Uint8Array(block.subarray(0, size));
}

const x963: KdfReader = (given) =>
  one(
    genericSecret(given.controls.bytes('secret') ?? given.controls.bytes('key') ?? none),
    { kdfAlgorithm: `X963-KDF-${digestOf(given)}`, seed: given.controls.joined('info') },
    given,
  );

const singleStep: KdfReader = (given) => {
  const { controls } = given;
  const mac = controls.find('mac')?.toUpperCase();
  const name = mac === undefined ? digestOf(given) : mac === 'HMAC' ? `HMAC-${digestOf(given)}` : mac.replace(/^KMAC-?/, 'KMAC-');
  const secret = genericSecret(controls.bytes('secret') ?? controls.bytes('key') ?? none);
  const salt = controls.bytes('salt');
  const kdf = {
    kdfAlgorithm: `SP800-56C-1STEP-${name}`,
    seed: controls.joined('info'),
    ...(mac !== undefined && salt !== undefined && { salt }),
  };
  return one(secret, kdf, given);
};

const number32 = (value: number): Uint8Array => {
  const found = new Uint8Array(4);
  new DataView(found.buffer).setUint32(0, value);
  return found;
};

/** Label in `salt`, context in `info`, IV in `seed`; the separator and the length may be left out. */
const kbkdf: KdfReader = (given) => {
  const { controls, output } = given;
  const mac = (controls.find('mac') ?? 'HMAC').toUpperCase();
  const key = controls.bytes('key') ?? none;
  const [label, context] = [controls.bytes('salt') ?? none, controls.joined('info')];
  if (/^KMAC/.test(mac)) {
    return one(genericSecret(key), { kdfAlgorithm: `SP800-108-${mac.replace(/^KMAC-?/, 'KMAC-')}`, label, seed: context }, given);
  }
  if (mac === 'CMAC' && !/AES/i.test(controls.find('cipher') ?? ''))
    skip('algorithm', `SP 800-108 with CMAC of ${controls.find('cipher')}`);
  const mode = /feedback/i.test(controls.find('mode') ?? '') ? 'FB' : 'CTR';
  const separator = controls.find('use-separator') === '0' ? none : Uint8Array.of(0);
  const length = controls.find('use-l') === '0' ? none : number32(output.length * 8);
  const iv = controls.bytes('seed');
  const kdf = {
    kdfAlgorithm: `SP800-108-${mode}-${mac === 'CMAC' ? 'CMAC' : `HMAC-${digestOf(given)}`}`,
    fixedInput: concat(label, separator, context, length),
    counterLength: Number(controls.find('r') ?? 32),
    counterLocation: 'before-fixed',
    ...(mode === 'FB' && iv !== undefined && { iv }),
  };
  return one(mac === 'CMAC' ? aesKey(key) : genericSecret(key), kdf, given);
};

const readers: Readonly<Record<string, KdfReader>> = {
  HKDF: hkdf,
  PBKDF2: pbkdf2,
  SCRYPT: scrypt,
  'ID-SCRYPT': scrypt,
  ARGON2ID: argon2id,
  'TLS1-PRF': tls1Prf,
  'TLS13-KDF': tls13,
  X963KDF: x963,
  'X942KDF-CONCAT': x963,
  SSKDF: singleStep,
  KBKDF: kbkdf,
};

/** Refusals of settings are OpenSSL's own. */
export function readKdf(stanza: Stanza, value: string): CaseBody {
  const fixed = /^HKDF-(SHA[\w-]+)$/i.exec(value)?.[1];
  const reader = fixed === undefined ? readers[value.toUpperCase()] : hkdf;
  if (reader === undefined) skip('algorithm', `KDF ${value.toUpperCase()}`);
  const result = stanza.find('Result');
  if (result !== undefined) skip('library', `OpenSSL, ${result}`);
  return { family: 'kdf', derivations: reader({ controls: new Controls(stanza), output: evpBytes(stanza.get('Output')) }) };
}

export function readPbe(stanza: Stanza, value: string): CaseBody {
  const result = stanza.find('Result');
  if (result !== undefined) skip('library', `OpenSSL, ${result}`);
  const [secret, salt] = [genericSecret(evpBytes(stanza.find('Password') ?? '')), evpBytes(stanza.find('Salt') ?? '')];
  const output = evpBytes(stanza.get('Key'));
  if (/^pbkdf2$/i.test(value)) {
    const kdf = { kdfAlgorithm: `PBKDF2-${hashName(stanza.find('MD') ?? 'SHA1')}`, salt, iterationCount: Number(stanza.get('iter')) };
    return { family: 'kdf', derivations: [{ secret, kdf, ...whole(output) }] };
  }
  if (!/^scrypt$/i.test(value)) skip('algorithm', `PBE ${value}`);
  const numbers = { iterationCount: Number(stanza.get('N')), memory: Number(stanza.get('r')), parallelism: Number(stanza.get('p')) };
  return { family: 'kdf', derivations: [{ secret, kdf: { kdfAlgorithm: 'scrypt', salt, ...numbers }, ...whole(output) }] };
}
