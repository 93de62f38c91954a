/** Test data of OpenSSL's evp_test: a test begins with its kind (`Digest`, `Cipher`, `MAC` …) and keys are defined before their use. */
import { type CaseBody, readCase, skipped, type VectorCase, type Verdict } from '../case.js';
import { readKdf, readPbe } from './openssl/kdfs.js';
import { EvpKeys } from './openssl/keys.js';
import { readDecrypt, readDerive, readDigestSignature, readKem, readMessageSignature, readPair, readReadyDigest } from './openssl/pkeys.js';
import { readCipher, readDigest, readMac } from './openssl/symmetric.js';
import type { PairsDocument, Stanza } from './pairs.js';

type Reader = (stanza: Stanza, value: string, keys: EvpKeys) => CaseBody;

const readers: Readonly<Record<string, Reader>> = {
  Digest: readDigest,
  Cipher: readCipher,
  MAC: readMac,
  KDF: readKdf,
  PBE: readPbe,
  DigestVerify: readDigestSignature,
  OneShotDigestVerify: readDigestSignature,
  DigestSign: readDigestSignature,
  OneShotDigestSign: readDigestSignature,
  Verify: readReadyDigest,
  Sign: readReadyDigest,
  'Sign-Message': readMessageSignature,
  'Verify-Message': readMessageSignature,
  'Verify-Message-Public': readMessageSignature,
  Derive: readDerive,
  Decrypt: readDecrypt,
  Kem: readKem,
  PrivPubKeyPair: readPair,
};
/** Kinds that are counted, and not run. */
const others = [
  'VerifyRecover',
  'Encrypt',
  'PKEYKDF',
  'Encoding',
  'RAND',
  'KeyGen',
  'ParamGen',
  'KEMType',
  'KeyFromData',
  'Encapsulate',
  'Decapsulate',
  'FIPSVersion',
];
const kinds: ReadonlySet<string> = new Set([...Object.keys(readers), ...others]);
/** Lines that may stand before the kind. */
const preamble: ReadonlySet<string> = new Set(['Title', 'Availablein', 'FIPSversion', 'Extended-Test', 'Threads', 'Fips-Version']);

interface Head {
  readonly kind: string;
  readonly value: string;
}

/** Undefined for stanzas that are no test: titles and keys. */
function headOf(stanza: Stanza): Head | undefined {
  const first = stanza.fields.find(({ name }) => !preamble.has(name));
  if (first === undefined || !kinds.has(first.name)) return undefined;
  return { kind: first.name, value: first.value };
}

const telling =
  /^(?:Digest|Cipher|MAC|KDF|PKEYKDF|PBE|Encoding|RAND|DigestVerify|DigestSign|OneShot\w+|Verify|Sign|(?:Sign|Verify)-\S+|Derive|Decrypt|KeyGen|Kem|PrivPubKeyPair)$/;

export function isOpensslEvp(document: PairsDocument): boolean {
  return document.stanzas.some((stanza) => telling.test(headOf(stanza)?.kind ?? ''));
}

export function readOpensslEvp(document: PairsDocument): VectorCase[] {
  const keys = new EvpKeys(document);
  return document.stanzas.flatMap((stanza) => {
    const head = headOf(stanza);
    return head === undefined ? [] : [readStanza(stanza, head, keys)];
  });
}

function readStanza(stanza: Stanza, { kind, value }: Head, keys: EvpKeys): VectorCase {
  const reader = readers[kind];
  if (reader === undefined) return skipped(stanza.name, 'library', `OpenSSL, ${kind}`);
  return readCase(stanza.name, verdictOf(stanza), () => reader(stanza, value, keys));
}

function verdictOf(stanza: Stanza): Verdict {
  return stanza.find('Result') === undefined ? 'valid' : 'invalid';
}
