/**
 * CAVP's RSA signatures. Key numbers stand before the tests that use them, and each test begins with `SHAAlg`; e and d may stand
 * on either side. The salt's length is in a comment.
 */
import { hex } from '../bytes.js';
import { type CaseBody, readCase, SkippedTest, type VectorCase } from '../case.js';
import { rsaPrivateKey, rsaPublicKey } from '../key-encodings.js';
import { hashName, pssName } from '../names.js';
import { type CavpFile, hint } from './cavp-hints.js';

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

export function readCavpRsa(file: CavpFile): VectorCase[] {
  const padding = hint(file, /PSS/) !== undefined ? 'pss' : hint(file, /X9\.?31/) !== undefined ? 'X9.31' : 'PKCS1';
  return readTests(file).map((test) => {
    const verdict = /^F/.test(test.fields.get('Result') ?? 'P') ? 'invalid' : 'valid';
    return readCase(`line ${test.line}`, verdict, () => readTest(test, padding));
  });
}

function readTest({ fields, salt }: Test, padding: string): CaseBody {
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`there is no field ${name}`);
    return value;
  };
  const hash = hashName(field('SHAAlg'));
  if (padding !== 'pss') throw new SkippedTest(`algorithm not in this version: RSA-${padding}-${hash}`);
  const saltBytes = fields.get('SaltVal')?.length;
  const length = salt ?? (saltBytes === undefined ? undefined : saltBytes / 2);
  if (length === undefined) throw new SkippedTest('salt length is not given');
  const [n, e, p, q] = [field('n'), field('e'), fields.get('p'), fields.get('q')];
  return {
    family: 'signature',
    algorithm: pssName(hash),
    publicKey: rsaPublicKey(n, e),
    privateKey: p === undefined || q === undefined || /^F/.test(fields.get('Result') ?? '') ? undefined : rsaPrivateKey(n, e, p, q),
    parameters: { saltLength: length },
    message: hex(field('Msg')),
    signature: hex(field('S')),
  };
}
