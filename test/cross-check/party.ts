/** Who is compared: a provider of the daemon, the `openssl` command, another Node, libraries. Sizes in bytes. */
import type { AlgorithmParameters } from '../../src/client/configs.js';
import type { KdfParameters } from '../../src/client/index.js';
import type {
  AeadRow,
  AgreementRow,
  AlgorithmRow,
  CipherRow,
  HashRow,
  KdfRow,
  KemRow,
  KeyRow,
  MacRow,
  RsaCipherRow,
  SignatureRow,
  WrapRow,
  XofRow,
} from '../../src/core/algorithms.js';
import type { KeyFormat } from '../../src/core/vocabulary.js';

export type Bytes = Uint8Array;

/** A key in one of the forms in which it travels. */
export interface CarriedKey {
  /** Name of its kind. */
  readonly algorithm: string;
  readonly format: KeyFormat;
  readonly data: Bytes;
  readonly passphrase?: Bytes;
}
/** `carried` is the same key in a random form: for Keyslot, which has to read them all. */
export interface SecretKey {
  readonly bytes: Bytes;
  readonly carried: CarriedKey;
}
export interface KeyPair {
  readonly row: KeyRow;
  readonly pkcs8: Bytes;
  readonly spki: Bytes;
  readonly carriedPrivate: CarriedKey;
  readonly carriedPublic: CarriedKey;
  /** Of post-quantum keys, and of curves: the bytes of the standard. */
  readonly rawPublic?: Bytes;
  readonly rawPrivate?: Bytes;
}

export interface HashJob {
  readonly row: HashRow | XofRow;
  readonly parameters: AlgorithmParameters;
  readonly size: number;
  readonly message: Bytes;
}
export interface MacJob {
  readonly row: MacRow;
  readonly parameters: AlgorithmParameters;
  readonly size: number;
  readonly key: SecretKey;
  readonly iv: Bytes | undefined;
  readonly message: Bytes;
}
export interface CipherJob {
  readonly row: CipherRow;
  readonly padding: 'pkcs7' | 'none';
  readonly key: SecretKey;
  readonly iv: Bytes | undefined;
}
export interface AeadJob {
  readonly row: AeadRow;
  readonly key: SecretKey;
  readonly nonce: Bytes;
  readonly aad: Bytes;
  readonly tagLength: number;
}
export interface Sealed {
  readonly data: Bytes;
  readonly tag: Bytes;
}
export interface RsaEncryptionJob {
  readonly row: RsaCipherRow;
  readonly parameters: AlgorithmParameters;
  readonly key: KeyPair;
}
export interface SignatureJob {
  readonly row: SignatureRow;
  readonly parameters: AlgorithmParameters;
  readonly key: KeyPair;
}
export interface KdfJob {
  readonly row: KdfRow;
  readonly fields: Omit<KdfParameters, 'kdfAlgorithm' | 'outputKeyLength'>;
  readonly secret: SecretKey;
  readonly size: number;
}
/** The shared secret never leaves Keyslot: all compare what HKDF-SHA-256 makes of it. */
export interface AgreementJob {
  readonly row: AgreementRow;
  readonly key: KeyPair;
  readonly peer: KeyPair;
  readonly salt: Bytes;
  readonly label: Bytes;
  readonly size: number;
}
export interface KemJob {
  readonly row: KemRow;
  readonly key: KeyPair;
}
export interface Encapsulated {
  readonly ciphertext: Bytes;
  readonly secret: Bytes;
}
export interface WrapJob {
  readonly row: WrapRow;
  readonly parameters: AlgorithmParameters;
  readonly key: SecretKey | KeyPair;
  readonly iv: Bytes | undefined;
  readonly aad: Bytes | undefined;
}

/** What a party can do. All throw `Unable` for settings that they do not have. */
export interface Deeds {
  hash(job: HashJob): Promise<Bytes>;
  mac(job: MacJob): Promise<Bytes>;
  verifyMac(job: MacJob, mac: Bytes): Promise<boolean>;
  encrypt(job: CipherJob, data: Bytes): Promise<Bytes>;
  decrypt(job: CipherJob, data: Bytes): Promise<Bytes>;
  seal(job: AeadJob, data: Bytes): Promise<Sealed>;
  /** Undefined when it is refused. */
  open(job: AeadJob, sealed: Sealed): Promise<Bytes | undefined>;
  rsaEncrypt(job: RsaEncryptionJob, data: Bytes): Promise<Bytes>;
  rsaDecrypt(job: RsaEncryptionJob, data: Bytes): Promise<Bytes>;
  sign(job: SignatureJob, message: Bytes): Promise<Bytes>;
  verify(job: SignatureJob, message: Bytes, signature: Bytes): Promise<boolean>;
  derive(job: KdfJob): Promise<Bytes>;
  agree(job: AgreementJob): Promise<Bytes>;
  encapsulate(job: KemJob): Promise<Encapsulated>;
  decapsulate(job: KemJob, ciphertext: Bytes): Promise<Bytes>;
  wrap(job: WrapJob, payload: Bytes): Promise<Bytes>;
  unwrap(job: WrapJob, wrapped: Bytes): Promise<Bytes>;
  /** A private key of its own making, in a form that it writes. */
  generateKey(row: KeyRow, form: number): Promise<CarriedKey>;
  /** SPKI of the public half. */
  publicOf(key: CarriedKey): Promise<Bytes>;
  /** The same private key in another form. */
  rewrite(key: CarriedKey, format: 'der' | 'pem' | 'jwk'): Promise<CarriedKey>;
}
export type Deed = keyof Deeds;

export interface Party extends Partial<Deeds> {
  readonly name: string;
  /** Whether a provider claims the operation. */
  readonly claims?: (algorithm: string, operation: string) => boolean;
  /** Of the others: whether the algorithm is theirs at all. */
  readonly has: (row: AlgorithmRow) => boolean;
}

/** Thrown for what a party can't do with these settings: another draw is taken. */
export class Unable extends Error {}

export function unable(what: string): never {
  throw new Unable(what);
}
