/** What is said of tokens that are not here: from the mechanisms that they list and what is known of their kind. */
import { describe, expect, it } from 'vitest';
import {
  agreementAlgorithm,
  algorithmTable,
  hashNames,
  type KeyOperationRow,
  type OperationRow,
  wrapAlgorithm,
} from '../../../src/core/algorithms.js';
import type { ParameterValues } from '../../../src/providers/contract.js';
import { capabilities, supports, supportsKey, supportsKeyOperation } from '../../../src/providers/pkcs11/capabilities.js';
import { mechanismFlags as does } from '../../../src/providers/pkcs11/cryptoki.js';
import type { TokenFacts } from '../../../src/providers/pkcs11/token-link.js';
import { keyRow, operationRow } from './token-provider.js';

type Listed = readonly [mechanism: number, flags: number, maxKeySize?: number];
function token(listed: readonly Listed[], manufacturer = 'Somebody', model = 'HSM'): TokenFacts {
  const mechanisms = new Map(listed.map(([type, flags, maxKeySize = 0]) => [type, { type, flags, minKeySize: 0, maxKeySize }]));
  return { identity: { label: '', serial: '', manufacturer, model }, library: '', mechanisms };
}
const signs = does.sign | does.verify;
const crypts = does.encrypt | does.decrypt;
const wraps = does.wrap | does.unwrap;

function runs(facts: TokenFacts | undefined, name: string, parameters: ParameterValues = {}, tagLength = 16): true | string {
  const row: OperationRow = operationRow(name);
  const [kind = 'hash'] = row.kinds;
  return supports(row, kind, parameters, tagLength, facts);
}
function works(facts: TokenFacts | undefined, row: KeyOperationRow | undefined, parameters: ParameterValues = {}): true | string {
  if (row === undefined) throw new Error('no such row');
  return supportsKeyOperation(row, parameters, facts);
}

describe('every row of the table', () => {
  it('is either there or has a reason not to be, whatever the token', () => {
    const everything = Array.from({ length: 0x2200 }, (_, type) => [type, 0xffffffff] as const);
    for (const facts of [undefined, token([]), token(everything), token(everything, 'SoftHSM project', 'SoftHSM v2')]) {
      for (const row of algorithmTable) {
        if (row.family === 'key') expect(supportsKey(row, facts, 8192), row.name).toSatisfy(isAnswer);
        else if (row.kinds.length === 0) expect(works(facts, row as KeyOperationRow), row.name).toSatisfy(isAnswer);
        else expect(runs(facts, row.name), row.name).toSatisfy(isAnswer);
      }
    }
  });
  function isAnswer(answer: unknown): boolean {
    return answer === true || (typeof answer === 'string' && answer.length > 10);
  }

  it('is told once by name, and not at all before the token was seen', () => {
    const everything = Array.from({ length: 0x2200 }, (_, type) => [type, 0xffffffff] as const);
    const names = capabilities(token(everything), 8192).map(({ algorithm }) => algorithm);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(100);
    expect(capabilities(undefined, 8192)).toEqual([]);
    expect(capabilities(token([]), 8192).map(({ algorithm }) => algorithm)).toEqual(['CTR-DRBG']);
  });
});

describe('a token of no known kind', () => {
  it('has the hashes, and with them the HMACs and signatures, that it lists', () => {
    const facts = token([
      [0x2b0, does.digest],
      [0x2b1, signs],
      [0x63, signs],
      [0x0d, signs],
      [0x01, signs],
    ]);
    expect(runs(facts, 'SHA3-256')).toBe(true);
    expect(runs(facts, 'HMAC-SHA3-256')).toBe(true);
    expect(runs(facts, 'RSA-PSS-SHA3-256')).toBe(true);
    for (const hash of hashNames) expect(runs(facts, `RSA-PKCS1-${hash}`), hash).toBe(true);
    for (const name of ['SHA3-512', 'HMAC-SHA-256', 'RSA-PSS-SHA-256']) expect(runs(facts, name), name).toEqual(expect.any(String));
    expect(runs(facts, 'RSA-PSS-SHA3-256', { mgfHash: 'SHA-1' })).toMatch(/MGF1/);
  });

  it('does with a mechanism only what the mechanism says', () => {
    const wrapping = wrapAlgorithm('AES-GCM');
    expect(works(token([[0x1087, crypts]]), wrapping)).toMatch(/does not have AES-GCM/);
    expect(works(token([[0x1087, crypts | wraps]]), wrapping)).toBe(true);
    expect(runs(token([[0x1087, does.decrypt]]), 'AES-256-GCM')).toMatch(/does not have/);
    expect(runs(token([[0x108e, signs]]), 'GMAC')).toBe(true);
    expect(runs(token([[0x2107, crypts]]), 'AES-128-CFB')).toBe(true);
    expect(runs(token([[0x2107, crypts]]), 'AES-128-CFB8')).toMatch(/does not have/);
    expect(runs(token([[0x1082, crypts]]), 'AES-128-CBC', { padding: 'none' })).toBe(true);
    expect(runs(token([[0x1082, crypts]]), 'AES-128-CBC', { padding: 'pkcs7' })).toMatch(/does not have/);
  });

  it('wraps with padding as RFC 5649 says only by the mechanism that is nothing else', () => {
    const kwp = wrapAlgorithm('AES-KWP');
    expect(works(token([[0x210a, wraps]]), kwp)).toMatch(/does not have/);
    expect(works(token([[0x210b, wraps]]), kwp)).toBe(true);
    expect(works(token([[0x210a, wraps]], 'SoftHSM project', 'SoftHSM v2'), kwp)).toBe(true);
    const rsa: readonly Listed[] = [
      [0x09, crypts | wraps],
      [0x250, does.digest],
      [0x210b, wraps],
    ];
    expect(works(token(rsa), wrapAlgorithm('RSA-OAEP-SHA-256'))).toBe(true);
    expect(works(token(rsa), wrapAlgorithm('RSA-AES-KWP-SHA-256'))).toMatch(/does not have/);
    expect(works(token([...rsa, [0x1080, does.generate]]), wrapAlgorithm('RSA-AES-KWP-SHA-256'))).toBe(true);
  });

  it('encrypts to RSA keys with the hashes that it lists, with labels, and with one hash for both', () => {
    const facts = token([
      [0x09, crypts],
      [0x250, does.digest],
    ]);
    expect(runs(facts, 'RSA-OAEP-SHA-256', { label: Buffer.from('l') })).toBe(true);
    expect(runs(facts, 'RSA-OAEP-SHA-256', { mgfHash: 'SHA-1' })).toMatch(/MGF1/);
    expect(runs(facts, 'RSA-OAEP-SHA-512')).toMatch(/no OAEP/);
    expect(runs(facts, 'RSA-OAEP-SHA-512/256')).toMatch(/no OAEP/);
  });

  it('is trusted with the curves of FIPS 186 in the sizes that it names, and with others only when it is known for them', () => {
    const facts = token([
      [0x1040, does.generatePair, 384],
      [0x1041, signs],
      [0x1050, does.derive],
      [0x1055, does.generatePair],
      [0x1056, does.generatePair],
      [0x1057, signs],
    ]);
    expect(supportsKey(keyRow('ECDSA-P384'), facts, 4096)).toBe(true);
    expect(supportsKey(keyRow('ECDSA-P521'), facts, 4096)).toMatch(/does not make keys/);
    expect(supportsKey(keyRow('ECDSA-brainpoolP256r1'), facts, 4096)).toMatch(/does not make keys/);
    expect(runs(facts, 'ECDSA-P256-SHA-512')).toBe(true);
    expect(runs(facts, 'ECDSA-secp256k1-SHA-256')).toMatch(/does not have/);
    expect(works(facts, agreementAlgorithm('ECDH-P256'))).toBe(true);
    expect(works(facts, agreementAlgorithm('X25519'))).toBe(true);
    expect(runs(facts, 'Ed25519')).toBe(true);
    const noMontgomery = token([...facts.mechanisms].filter(([type]) => type !== 0x1056).map(([type, { flags }]) => [type, flags]));
    expect(works(noMontgomery, agreementAlgorithm('X25519'))).toMatch(/does not have/);
    expect(supportsKey(keyRow('X25519'), noMontgomery, 4096)).toMatch(/does not make keys/);
  });

  it('makes keys of the lengths that it takes and the operator allows', () => {
    const facts = token([
      [0x00, does.generatePair, 3072],
      [0x1080, does.generate, 32],
    ]);
    expect(supportsKey(keyRow('RSA-3072'), facts, 8192)).toBe(true);
    expect(supportsKey(keyRow('RSA-4096'), facts, 8192)).toMatch(/does not make keys/);
    expect(supportsKey(keyRow('RSA-3072'), facts, 2048)).toMatch(/at most 2048/);
    expect(supportsKey(keyRow('AES-256'), facts, 2048)).toBe(true);
    expect(supportsKey(keyRow('AES-512'), facts, 2048)).toMatch(/does not make keys/);
  });
});
