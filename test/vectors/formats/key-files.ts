/**
 * Files that are one key, or something that is none. What is inside is told by node:crypto, which also tries the passphrases that
 * are in use; a key that it can't read must be refused by Keyslot as well.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type CaseBody, type KeyMaterial, readCase, skipped, type VectorCase } from '../case.js';
import { curveIn } from '../key-encodings.js';
import { ecKeyName, edwardsName, montgomeryName, rsaKeyName } from '../names.js';
import { skip } from '../skip.js';

/** Of the keys in public collections of test files, where no README tells another. */
const usualPassphrases = ['123456', 'foobar', 'baz', 'password', 'a123456', 'secret', 'test'];

export interface KeyFile {
  readonly content: Uint8Array;
  /** READMEs of its folder. */
  readonly notes: string;
}

const label = /-----BEGIN ([A-Z0-9 ]+)-----/g;
const others: readonly (readonly [RegExp, 'laterPart' | 'keyFile', string])[] = [
  [/CERTIFICATE|X509 CRL|PKCS7|CMS/, 'laterPart', 'X.509'],
  [/OPENSSH/, 'keyFile', 'OpenSSH'],
  [/PARAMETERS$/, 'keyFile', 'parameters'],
];

/** True for keys and certificates: PEM, or one DER SEQUENCE that fills the file. */
export function isKeyFile(content: Uint8Array, path: string): boolean {
  if (Buffer.from(content.subarray(0, 4096)).toString('latin1').includes('-----BEGIN ')) return isPemOnly(content);
  return /\.(?:der|crt|cer|crl|csr|key|p12|pfx|p7\w)$/i.test(path);
}

/** Test files may have PEM inside; a key file is PEM with at most a comment around it. */
function isPemOnly(content: Uint8Array): boolean {
  const outside = Buffer.from(content)
    .toString('latin1')
    .replace(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g, '');
  return !/^\s*[A-Za-z][\w .-]*\s*=/m.test(outside);
}

export function readKeyFile({ content, notes }: KeyFile, path: string): VectorCase[] {
  const pem = Buffer.from(content).toString('latin1').includes('-----BEGIN ');
  const labels = pem ? [...Buffer.from(content).toString('latin1').matchAll(label)].map(([, name = '']) => name) : [];
  const keyLabels = labels.filter((name) => !/PARAMETERS$/.test(name));
  const other = others.find(([pattern]) => (keyLabels.length === 0 ? labels : keyLabels).some((name) => pattern.test(name)));
  if (other !== undefined) return [skipped('file', other[1], other[2])];
  if (!pem && !/\.(?:der|key)$/i.test(path)) return [skipped('file', 'laterPart', 'X.509')];
  const passphrases = [...notes.matchAll(/"([^"\n]+)"/g)].map(([, word = '']) => word);
  return readOne(content, pem, [...passphrases, ...usualPassphrases], labels);
}

interface Opened {
  readonly object: KeyObject;
  readonly passphrase: string | undefined;
}

const der = (content: Uint8Array) => Buffer.from(content.buffer, content.byteOffset, content.length);

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function keyOf(read: () => KeyObject): KeyObject | undefined {
  const object = attempt(read);
  return object === undefined || encodingsOf(object).length === 0 ? undefined : object;
}

interface Encoding {
  readonly type: 'pkcs8' | 'spki' | 'sec1' | 'pkcs1';
  /** In PEM. */
  readonly label: string;
}
const usualEncodings: Readonly<Record<string, Encoding>> = {
  private: { type: 'pkcs8', label: 'PRIVATE KEY' },
  public: { type: 'spki', label: 'PUBLIC KEY' },
};
const ownEncodings: Readonly<Record<string, Encoding>> = {
  'ec private': { type: 'sec1', label: 'EC PRIVATE KEY' },
  'rsa private': { type: 'pkcs1', label: 'RSA PRIVATE KEY' },
  'rsa public': { type: 'pkcs1', label: 'RSA PUBLIC KEY' },
};

/** All that can be written of a key; nothing when not even its usual form can. */
function encodingsOf(object: KeyObject): { readonly der: Buffer; readonly label: string }[] {
  const written = [usualEncodings[object.type], ownEncodings[`${object.asymmetricKeyType} ${object.type}`]].map((encoding) =>
    encoding === undefined
      ? undefined
      : attempt(() => ({ der: object.export({ format: 'der', type: encoding.type as 'pkcs8' }), label: encoding.label })),
  );
  return written[0] === undefined ? [] : written.filter((one) => one !== undefined);
}

/** Private keys first: a private PEM is also read as its public half. */
function openKey(content: Uint8Array, pem: boolean, passphrases: readonly string[]): Opened | undefined {
  const key = der(content);
  const privates = pem
    ? [{ key, format: 'pem' as const }]
    : (['pkcs8', 'sec1', 'pkcs1'] as const).map((type) => ({ key, format: 'der' as const, type }));
  for (const passphrase of [undefined, ...passphrases]) {
    for (const input of privates) {
      const object = keyOf(() => createPrivateKey(passphrase === undefined ? input : { ...input, passphrase }));
      if (object !== undefined) return { object, passphrase };
    }
  }
  const publics = pem
    ? [{ key, format: 'pem' as const }]
    : (['spki', 'pkcs1'] as const).map((type) => ({ key, format: 'der' as const, type }));
  for (const input of publics) {
    const object = keyOf(() => createPublicKey(input));
    if (object !== undefined) return { object, passphrase: undefined };
  }
  return undefined;
}

function nameOf(object: KeyObject): string {
  const type = object.asymmetricKeyType ?? '';
  if (type === 'rsa') return rsaKeyName(object.asymmetricKeyDetails?.modulusLength ?? 0);
  // Node ends the process when it is asked for the curve of some broken keys.
  if (type === 'ec') return ecKeyName(curveIn(encodingsOf(object)[0]?.der ?? new Uint8Array(0)) ?? skip('key', 'EC on another curve'));
  if (/^ed/.test(type)) return edwardsName(type);
  if (/^x(?:25519|448)$/.test(type)) return montgomeryName(type);
  if (/^(?:ml|slh)-/.test(type))
    return type.toUpperCase().replace(/(\d)([SF])$/, (_, digit: string, speed: string) => digit + speed.toLowerCase());
  return skip('key', type === '' ? 'of a kind that node:crypto does not have' : type.toUpperCase());
}

const hexOf = (content: Uint8Array): string => der(content).toString('hex');
/** Of the parameters of a curve: what a name stands for. */
const primeField = '06072a8648ce3d0101';
/** PBES2 with AES-CBC; others are too weak to be taken. */
const pbes2 = '2a864886f70d01050d';
const aesCbc = /6086480165030401(?:02|16|2a)/;

const postQuantumIds: readonly (readonly [string, string])[] = [
  ['6086480165030404', 'ML-KEM'],
  ['6086480165030403', 'ML-DSA or SLH-DSA'],
];
const postQuantumNames: Readonly<Record<string, string>> = {
  '608648016503040401': 'ML-KEM-512',
  '608648016503040402': 'ML-KEM-768',
  '608648016503040403': 'ML-KEM-1024',
  '608648016503040311': 'ML-DSA-44',
  '608648016503040312': 'ML-DSA-65',
  '608648016503040313': 'ML-DSA-87',
};

/** The bytes inside a PEM. */
function bodyOf(content: Uint8Array, pem: boolean): Uint8Array {
  if (!pem) return content;
  const body = /-----BEGIN [^-]*KEY-----([\s\S]*?)-----END/.exec(der(content).toString('latin1'))?.[1] ?? '';
  return Uint8Array.from(Buffer.from(body.replace(/^.*:.*$/gm, '').replace(/\s+/g, ''), 'base64'));
}

function readOne(content: Uint8Array, pem: boolean, passphrases: readonly string[], labels: readonly string[]): VectorCase[] {
  const body = hexOf(bodyOf(content, pem).subarray(0, 64));
  const format = pem ? 'pem' : 'der';
  const postQuantum = Object.entries(postQuantumNames).find(([id]) => body.includes(`0609${id}`))?.[1];
  if (postQuantum !== undefined) {
    const half = labels.some((name) => /PUBLIC/.test(name)) || /^30..?.?.?.?.?30/.test(body.slice(0, 14)) ? 'public' : 'private';
    return [readCase('file', 'valid', () => ({ family: 'key', half, key: { algorithm: postQuantum, format, data: content } }))];
  }
  if (postQuantumIds.some(([id]) => body.includes(id))) return [skipped('file', 'key', 'another post-quantum key')];
  const opened = openKey(content, pem, passphrases);
  if (opened === undefined) return [readCase('file', 'invalid', () => refusedKey(content, format, body))];
  const label = labels.find((name) => name.endsWith('KEY'));
  const verdict = opened.passphrase !== undefined || isPlain(bodyOf(content, pem), label, opened.object) ? 'valid' : 'acceptable';
  return [readCase('file', verdict, () => keyCase(content, format, body, opened))];
}

/** Only what anybody would write must be taken; OpenSSL also reads what DER or the standards of keys forbid. */
function isPlain(body: Uint8Array, label: string | undefined, object: KeyObject): boolean {
  return encodingsOf(object).some(({ der: encoding, label: own }) => encoding.equals(body) && (label === undefined || label === own));
}

/** Nobody knows what it is, so it is no key of any kind. Encrypted ones may be ones whose passphrase nobody knows. */
function refusedKey(content: Uint8Array, format: 'pem' | 'der', body: string): CaseBody {
  if (/ENCRYPTED/.test(der(content).toString('latin1')) || /2a864886f70d0105|2a864886f70d010c01/.test(body))
    skip('keyFile', 'encrypted in a way that is not read');
  return { family: 'key', half: 'private', key: { algorithm: 'RSA-2048', format, data: content } };
}

function keyCase(content: Uint8Array, format: 'pem' | 'der', body: string, { object, passphrase }: Opened): CaseBody {
  if (hexOf(bodyOf(content, format === 'pem')).includes(primeField)) skip('weak', 'EC whose curve is not given by name');
  const algorithm = nameOf(object);
  if (/Proc-Type: 4,ENCRYPTED/.test(der(content).toString('latin1'))) skip('weak', 'PEM encrypted as OpenSSL did before PKCS#8');
  if (passphrase !== undefined && !(body.includes(pbes2) && aesCbc.test(hexOf(bodyOf(content, format === 'pem')))))
    skip('weak', 'PKCS#8 encrypted with PBES1, PKCS#12 or Triple-DES');
  const key: KeyMaterial = {
    algorithm,
    format,
    data: content,
    ...(passphrase !== undefined && { passphrase: new TextEncoder().encode(passphrase) }),
  };
  const publicObject = object.type === 'private' ? createPublicKey(object) : object;
  const spki = new Uint8Array(publicObject.export({ format: 'der', type: 'spki' }));
  return { family: 'key', half: object.type === 'private' ? 'private' : 'public', key, spki };
}
