/**
 * CAVP's RSA signatures. Key numbers stand before the tests that use them, and each test begins with `SHAAlg`; e and d may stand
 * on either side. The salt's length is in a comment.
 */
import { keyAlgorithm } from '../../../../src/core/algorithms.js';
import { hex } from '../../bytes.js';
import { type CaseBody, type KeyMaterial, readCase, type VectorCase } from '../../case.js';
import { rsaPrimes, rsaPrivateKey, rsaPublicKey } from '../../key-encodings.js';
import { hashName, pkcs1Name, pssName } from '../../names.js';
import { skip } from '../../skip.js';
import { type CavpFile, hint } from './hints.js';

type Numbers = Map<string, string>;

interface Test {
  readonly line: number;
  readonly salt: number | undefined;
  readonly fields: Numbers;
}

const keyFields: ReadonlySet<string> = new Set(['n', 'e', 'd', 'p', 'q']);

function readTests(file: CavpFile): Test[] {
  const tests: Test[] = [];
  let key: Numbers = new Map();
  let test: Test | undefined;
  let salt: number | undefined;
  for (const item of file.document.items) {
    if (item.kind === 'comment') salt = saltLength(item.text) ?? salt;
    if (item.kind === 'section') test = undefined;
    if (item.kind !== 'field') continue;
    if (item.name === 'SHAAlg') {
      test = { line: item.line, salt, fields: new Map(key).set('SHAAlg', item.value) };
      tests.push(test);
    } else if (item.name === 'n') {
      key = new Map([['n', item.value]]);
      test = undefined;
    } else if (test !== undefined) test.fields.set(item.name, item.value);
    else if (keyFields.has(item.name)) key.set(item.name, item.value);
  }
  return tests;
}

function saltLength(comment: string): number | undefined {
  const found = /^Salt len:\s*(\d+)/i.exec(comment)?.[1];
  return found === undefined ? undefined : Number(found);
}

export function isCavpRsa({ document }: CavpFile): boolean {
  return document.items.some((item) => item.kind === 'field' && item.name === 'SHAAlg');
}

export function readCavpRsa(file: CavpFile): VectorCase[] {
  const padding = hint(file, /PSS/) !== undefined ? 'pss' : hint(file, /X9\.?31/) !== undefined ? 'X9.31' : 'PKCS1';
  const keys = new PrivateKeys();
  return readTests(file).map((test) => {
    const verdict = /^F/.test(test.fields.get('Result') ?? 'P') ? 'invalid' : 'valid';
    return readCase(`line ${test.line}`, verdict, () => readTest(test, padding, verdict === 'valid' ? keys : undefined));
  });
}

/** Each is computed once. */
class PrivateKeys {
  readonly #known = new Map<string, KeyMaterial>();

  of(fields: Numbers, n: string, e: string): KeyMaterial | undefined {
    const [p, q, d] = [fields.get('p'), fields.get('q'), fields.get('d')];
    const id = `${n} ${e}`;
    let key = this.#known.get(id);
    if (key !== undefined) return key;
    if (p !== undefined && q !== undefined) key = rsaPrivateKey(n, e, p, q);
    else if (d !== undefined) key = rsaPrivateKey(n, e, ...rsaPrimes(n, e, d));
    if (key !== undefined) this.#known.set(id, key);
    return key;
  }
}

function readTest({ fields, salt }: Test, padding: string, keys: PrivateKeys | undefined): CaseBody {
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`there is no field ${name}`);
    return value;
  };
  const hash = hashName(field('SHAAlg'));
  if (padding === 'X9.31') skip('algorithm', `RSA-X9.31-${hash}`);
  const saltBytes = fields.get('SaltVal')?.length;
  const saltLength = salt ?? (saltBytes === undefined ? undefined : saltBytes / 2);
  if (padding === 'pss' && saltLength === undefined) skip('notGiven', 'salt length');
  const [n, e] = [field('n'), field('e')];
  const publicKey = rsaPublicKey(n, e);
  // Keys of other sizes are not in this version, and their numbers take long to compute.
  const privateKey = keyAlgorithm(publicKey.algorithm) === undefined ? undefined : keys?.of(fields, n, e);
  return {
    family: 'signature',
    algorithm: padding === 'pss' ? pssName(hash) : pkcs1Name(hash),
    publicKey,
    privateKey,
    parameters: padding === 'pss' ? { saltLength } : {},
    message: hex(field('Msg')),
    signature: hex(field('S')),
    exactly: padding === 'pss' || privateKey === undefined ? undefined : {},
  };
}
