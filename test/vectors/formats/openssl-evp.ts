/** Test data of OpenSSL's evp_test: a test begins with its kind (`Digest`, `Cipher`, `MAC` …) and keys are defined before their use. */
import { concat } from '../bytes.js';
import { type CaseBody, notInThisVersion, readCase, SkippedTest, skipped, type VectorCase, type Verdict } from '../case.js';
import { hashName } from '../names.js';
import { EvpKeys, readDigestSignature } from './openssl-signatures.js';
import { assertResultOfData, evpBytes, inputOf } from './openssl-values.js';
import type { PairsDocument, Stanza } from './pairs.js';

const kinds = [
  'Digest',
  'Cipher',
  'MAC',
  'DigestVerify',
  'OneShotDigestVerify',
  'DigestSign',
  'OneShotDigestSign',
  'Verify',
  'Sign',
  'VerifyRecover',
  'Encrypt',
  'Decrypt',
  'Derive',
  'KDF',
  'PKEYKDF',
  'PBE',
  'Encoding',
  'RAND',
  'KeyGen',
  'ParamGen',
  'KEMType',
  'PrivPubKeyPair',
  'KeyFromData',
  'Encapsulate',
  'Decapsulate',
  'Sign-Message',
  'Verify-Message',
  'Verify-Message-Public',
  'FIPSVersion',
];
const kindSet: ReadonlySet<string> = new Set(kinds);
/** Lines that may stand before the kind. */
const preamble: ReadonlySet<string> = new Set(['Title', 'Availablein', 'FIPSversion', 'Extended-Test', 'Threads', 'Fips-Version']);

interface Head {
  readonly kind: string;
  readonly value: string;
}

/** Undefined for stanzas that are no test: titles and keys. */
function headOf(stanza: Stanza): Head | undefined {
  const first = stanza.fields.find(({ name }) => !preamble.has(name));
  if (first === undefined || !kindSet.has(first.name)) return undefined;
  return { kind: first.name, value: first.value };
}

export function isOpensslEvp(document: PairsDocument): boolean {
  return document.stanzas.some((stanza) => {
    const head = headOf(stanza);
    return (
      head !== undefined &&
      /^(?:Digest|Cipher|MAC|KDF|PKEYKDF|PBE|Encoding|RAND|DigestVerify|DigestSign|Verify|Sign|Derive|Decrypt|KeyGen)$/.test(head.kind)
    );
  });
}

type Reader = (stanza: Stanza, value: string) => CaseBody;

const readers: Readonly<Record<string, Reader>> = { Digest: readDigest, Cipher: readCipher, MAC: readMac };

export function readOpensslEvp(document: PairsDocument): VectorCase[] {
  const keys = new EvpKeys(document);
  return document.stanzas.flatMap((stanza) => {
    const head = headOf(stanza);
    return head === undefined ? [] : [readStanza(stanza, head, keys)];
  });
}

function readStanza(stanza: Stanza, { kind, value }: Head, keys: EvpKeys): VectorCase {
  const reader = readers[kind];
  const verdict = verdictOf(stanza);
  if (reader !== undefined) return readCase(stanza.name, verdict, () => reader(stanza, value));
  const signature = /^(?:OneShot)?Digest(Sign|Verify)$/.exec(kind);
  if (signature !== null) return readCase(stanza.name, verdict, () => readDigestSignature(stanza, value, keys));
  if (kind === 'Sign' || kind === 'Verify') return skipped(stanza.name, 'message is a ready digest');
  if (kind === 'PrivPubKeyPair') return skipped(stanza.name, 'comparison of two keys, not an operation of Keyslot');
  return notInThisVersion(stanza.name, `${kind} ${value}`);
}

function verdictOf(stanza: Stanza): Verdict {
  return stanza.find('Result') === undefined ? 'valid' : 'invalid';
}

function readDigest(stanza: Stanza, value: string): CaseBody {
  assertResultOfData(stanza);
  return {
    family: 'hash',
    algorithm: hashName(value),
    message: { bytes: inputOf(stanza), times: 1 },
    digest: evpBytes(stanza.get('Output')),
  };
}

function readMac(stanza: Stanza, value: string): CaseBody {
  if (value.toUpperCase() !== 'HMAC') throw new SkippedTest(`algorithm not in this version: ${value}`);
  assertResultOfData(stanza);
  const mac = evpBytes(stanza.get('Output'));
  return {
    family: 'mac',
    algorithm: `HMAC-${hashName(stanza.get('Algorithm'))}`,
    key: evpBytes(stanza.get('Key')),
    message: { bytes: inputOf(stanza), times: 1 },
    mac,
    macLength: mac.length,
  };
}

/** Paddings are off in evp_test unless the ciphertext shows one. */
function readCipher(stanza: Stanza, value: string): CaseBody {
  const name = /^(?:id-)?(AES)-?(\d{3})-(CBC|GCM)$/i.exec(value);
  if (name === null) throw new SkippedTest(`algorithm not in this version: ${value.toUpperCase()}`);
  assertResultOfData(stanza);
  const algorithm = `AES-${name[2]}-${name[3]?.toUpperCase()}`;
  const [key, plaintext, ciphertext] = [evpBytes(stanza.get('Key')), evpBytes(stanza.get('Plaintext')), evpBytes(stanza.get('Ciphertext'))];
  const iv = evpBytes(stanza.find('IV') ?? '');
  if (algorithm.endsWith('CBC')) {
    const padding = ciphertext.length > plaintext.length ? 'pkcs7' : 'none';
    if (stanza.has('Result') && padding === 'none') throw new SkippedTest('refusal by a cipher without padding');
    return { family: 'cipher', algorithm, padding, key, iv, plaintext, ciphertext };
  }
  const aad = concat(...stanza.fields.flatMap(({ name: field, value: bytes }) => (field === 'AAD' ? [evpBytes(bytes)] : [])));
  const tag = evpBytes(stanza.get('Tag'));
  return { family: 'aead', algorithm, key, nonce: iv, aad, plaintext, ciphertext, tag, tagLength: tag.length };
}
