/** Keys that another process of the daemon has read and checked: what it tells, and how they are read without all checks again. */
import { createSecretKey } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import type { KeyHalf } from '../../core/permissions.js';
import type { Call, KeyFormat } from '../contract.js';
import { isPostQuantum } from '../post-quantum/parameter-sets.js';
import { decodeFrame } from './import-material.js';
import { malformed } from './key-errors.js';
import { encodeMaterial, type Material, type PostQuantumMaterial } from './material.js';
import { parse } from './object-encoding.js';
import { copySecret } from './secret-bytes.js';

export interface EncodedKey {
  readonly algorithm: KeyRow;
  readonly format: KeyFormat;
  readonly keyData: Uint8Array;
  readonly passphrase?: Uint8Array | undefined;
}

/** Fresh memory that the receiver wipes. */
export interface DecodedKey {
  readonly half: 'private' | 'public';
  /** PKCS#8 or SPKI, DER. */
  readonly encoded: Uint8Array;
  /** Of post-quantum private keys, which take long to make of their seed; empty otherwise, the seed also where there is none. */
  readonly seed: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Whoever reads keys out of everybody's way. */
export interface KeyDecoder {
  /** Buffers that are given stay the caller's. @throws INVALID_FORMAT, ALGORITHM_MISMATCH, INVALID_ARGUMENT */
  decodeKey(key: EncodedKey, call: Call): Promise<DecodedKey>;
  /** Ends what it runs; it starts again at the next need. */
  stop(): Promise<void>;
}

const nothing = new Uint8Array(0);

/** Shares the bytes of a post-quantum key. @throws INVALID_FORMAT for a secret key */
export function toDecodedKey(material: Material): DecodedKey {
  const { half } = material;
  if (half === 'secret') throw malformed('a secret key has no halves');
  const encoded = encodeMaterial(material);
  if (material.postQuantum === undefined || material.half === 'public') {
    return { half, encoded, seed: nothing, privateKey: nothing, publicKey: nothing };
  }
  const { seed = nothing, privateKey, publicKey } = material.postQuantum;
  return { half, encoded, seed, privateKey, publicKey };
}

/** Fresh material. What another process answers is foreign input. @throws INVALID_FORMAT */
export function materialOfDecoded(row: KeyRow, key: DecodedKey): Material {
  if (isPostQuantum(row.keyType) && key.half === 'private') return postQuantumOf(row, key);
  return restoreMaterial(row, key.half, key.encoded);
}

function postQuantumOf(row: KeyRow, { seed, privateKey, publicKey }: DecodedKey): PostQuantumMaterial {
  const sizes = row.encodedSizes;
  const fits =
    privateKey.length === sizes?.privateKey && publicKey.length === sizes.publicKey && (seed.length === 0 || seed.length === sizes.seed);
  if (!fits) throw malformed(`this is not a key of ${row.name}`);
  return {
    half: 'private',
    postQuantum: {
      name: row.name,
      seed: seed.length === 0 ? undefined : copySecret(seed),
      privateKey: copySecret(privateKey),
      publicKey: Uint8Array.from(publicKey),
    },
  };
}

/** What `encodeMaterial` made, and nobody else has touched: decoded without the checks of an import. The bytes stay the caller's. */
export function restoreMaterial(row: KeyRow, half: KeyHalf, bytes: Uint8Array): Material {
  if (half === 'secret') return { half, object: createSecretKey(bytes) };
  if (isPostQuantum(row.keyType)) return decodeFrame(row, half, bytes);
  return { half, object: parse(half, bytes) };
}
