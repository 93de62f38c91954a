/** MACs that node:crypto does not offer, streaming, from the OpenSSL inside node. */

import type { Mac } from '../native/addon.js';
import { addon, requireBytes, requireInteger, requireThat } from './native.js';

/** AES-CMAC, NIST SP 800-38B. The MAC has 16 bytes; the key has the cipher's 16, 24 or 32. */
export interface CmacOptions {
  readonly algorithm: 'CMAC';
  readonly cipher: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc';
}

/** GMAC, NIST SP 800-38D. The MAC has 16 bytes; the key has the cipher's 16, 24 or 32. */
export interface GmacOptions {
  readonly algorithm: 'GMAC';
  readonly cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  /** 1 to 128 bytes, 12 as a rule. An iv used twice under one key lets others forge MACs (appendix A). */
  readonly iv: Uint8Array;
}

/** KMAC, NIST SP 800-185 section 4. The key has 4 to 512 bytes. */
export interface KmacOptions {
  readonly algorithm: 'KMAC-128' | 'KMAC-256';
  /** At most 512 bytes; none is the same as an empty one. */
  readonly customization?: Uint8Array;
  /** Bytes, 1 to 2 097 151. */
  readonly outputLength: number;
  /** KMACXOF (4.3.1): the MAC does not depend on its length. Default false. */
  readonly xof?: boolean;
}

export type NativeMacOptions = CmacOptions | GmacOptions | KmacOptions;

const longestIv = 128;
const shortestKmacKey = 4;
const longestKmacKey = 512;
const longestCustomization = 512;
const longestKmac = 2_097_151;

const keySizes = {
  CMAC: { 'aes-128-cbc': 16, 'aes-192-cbc': 24, 'aes-256-cbc': 32 },
  GMAC: { 'aes-128-gcm': 16, 'aes-192-gcm': 24, 'aes-256-gcm': 32 },
} as const;

const none = new Uint8Array(0);

function requireSize(bytes: Uint8Array, least: number, most: number, field: string): void {
  requireBytes(bytes, field);
  const wanted = least === most ? `${least} bytes` : `${least} to ${most} bytes`;
  requireThat(bytes.length >= least && bytes.length <= most, field, `${field} must have ${wanted}`);
}

/** The key has the cipher's size. */
function requireKey(sizes: Readonly<Record<string, number>>, cipher: string, key: Uint8Array): void {
  const size = Object.hasOwn(sizes, cipher) ? sizes[cipher] : undefined;
  requireThat(size !== undefined, 'cipher', `cipher must be one of ${Object.keys(sizes).join(', ')}`);
  requireSize(key, size as number, size as number, 'key');
}

type Start<O> = (options: O, key: Uint8Array) => Mac;

const startCmac: Start<CmacOptions> = ({ algorithm, cipher }, key) => {
  requireKey(keySizes.CMAC, cipher, key);
  return new (addon().Mac)(algorithm, key, cipher, none, 0, false);
};

const startGmac: Start<GmacOptions> = ({ algorithm, cipher, iv }, key) => {
  requireKey(keySizes.GMAC, cipher, key);
  requireSize(iv, 1, longestIv, 'iv');
  return new (addon().Mac)(algorithm, key, cipher, iv, 0, false);
};

const startKmac: Start<KmacOptions> = ({ algorithm, customization = none, outputLength, xof }, key) => {
  requireSize(key, shortestKmacKey, longestKmacKey, 'key');
  requireSize(customization, 0, longestCustomization, 'customization');
  requireInteger(outputLength, 1, longestKmac, 'outputLength');
  return new (addon().Mac)(algorithm, key, '', customization, outputLength, xof === true);
};

const starts: { readonly [A in NativeMacOptions['algorithm']]: Start<Extract<NativeMacOptions, { algorithm: A }>> } = {
  CMAC: startCmac,
  GMAC: startGmac,
  'KMAC-128': startKmac,
  'KMAC-256': startKmac,
};

function start(options: NativeMacOptions, key: Uint8Array): Mac {
  const sound = typeof options === 'object' && options !== null && Object.hasOwn(starts, options.algorithm);
  requireThat(sound, 'algorithm', `algorithm must be one of ${Object.keys(starts).join(', ')}`);
  return (starts[options.algorithm] as Start<NativeMacOptions>)(options, key);
}

/** One MAC over bytes that come in pieces. The owner disposes it; a forgotten one is freed, and its key wiped, when it is collected. */
export class NativeMac implements Disposable {
  readonly #mac: Mac;

  /**
   * The key is copied into OpenSSL, which wipes its copy at the end; the caller wipes his own. INVALID_ARGUMENT names the option or the
   * `key` at fault; OPERATION_FAILED where OpenSSL does not allow the algorithm here.
   */
  constructor(options: NativeMacOptions, key: Uint8Array) {
    this.#mac = start(options, key);
  }

  /** Any number of bytes, also none. INVALID_OPERATION after `digest` or `dispose`. */
  update(bytes: Uint8Array): void {
    requireBytes(bytes, 'bytes');
    this.#mac.update(bytes);
  }

  /** The whole MAC, which belongs to the caller. Frees and wipes the rest. INVALID_OPERATION after `digest` or `dispose`. */
  digest(): Uint8Array {
    return this.#mac.digest();
  }

  /** Frees the MAC and wipes its key at once. May be called again. */
  dispose(): void {
    this.#mac.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
