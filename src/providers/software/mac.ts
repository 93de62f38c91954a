/**
 * Message authentication: HMAC (FIPS 198-1, RFC 2104) and GMAC (SP 800-38D) by node:crypto, CMAC (SP 800-38B) and KMAC (SP 800-185)
 * by OpenSSL through the addon. Tags are whole or cut from the left; only KMAC takes the length into its computation.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HmacRow, MacRow, OtherMacRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { NativeMac } from '../../native-mac.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { digestNames } from '../digest-names.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { Gmac } from './gmac.js';
import type { SoftwareKey } from './key.js';
import type { MacStream } from './mac-stream.js';
import { inPieces } from './paced.js';
import { checkIv, notStarted } from './symmetric.js';

const nothing = new Uint8Array(0);

type StartMac = (iv: Uint8Array | undefined) => MacStream;

function startOf(algorithm: MacRow, key: SoftwareKey, parameters: ParameterValues, size: number): StartMac {
  return algorithm.family === 'hmac' ? hmac(algorithm, key) : others[algorithm.family](algorithm, key, parameters, size);
}

function hmac({ hash }: HmacRow, key: SoftwareKey): StartMac {
  const digest = digestNames[hash];
  return () => createHmac(digest, key.secret());
}

const others: Readonly<
  Record<OtherMacRow['family'], (row: OtherMacRow, key: SoftwareKey, parameters: ParameterValues, size: number) => StartMac>
> = {
  gmac: (row, key) => {
    assertAesLength(row, key);
    return (iv) => new Gmac(key.secret(), checkIv(iv, row.nonce));
  },
  cmac: (row, key) => {
    const cipher = `aes-${assertAesLength(row, key)}-cbc` as const;
    return () => withBytes(key, (bytes) => new NativeMac({ algorithm: 'CMAC', cipher }, bytes));
  },
  kmac: (row, key, parameters, outputLength) => {
    const customization = parameters.customization instanceof Uint8Array ? parameters.customization : nothing;
    const options = { algorithm: `KMAC-${row.strength ?? 256}`, customization, outputLength, xof: parameters.xof === true } as const;
    return () => withBytes(key, (bytes) => new NativeMac(options, bytes));
  },
};

const aesLengths = [128, 192, 256] as const;

/** Bits. @throws INCOMPATIBLE_KEY_TYPE for a key that is two keys in one */
function assertAesLength(row: OtherMacRow, key: SoftwareKey): (typeof aesLengths)[number] {
  const length = aesLengths.find((bits) => bits === key.keyLength);
  if (length !== undefined) return length;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of ${key.algorithm.name} does not fit ${row.name}`, { field: 'key' });
}

function withBytes<T>(key: SoftwareKey, work: (bytes: Uint8Array) => T): T {
  const bytes = key.secret().export();
  try {
    return work(bytes);
  } finally {
    wipe(bytes);
  }
}

export class MacOperation implements ProviderOperation {
  readonly #start: StartMac;
  /** Bytes. */
  readonly #size: number;
  #mac: MacStream | undefined;

  constructor(algorithm: MacRow, key: SoftwareKey, parameters: ParameterValues) {
    this.#size = typeof parameters.outputLength === 'number' ? parameters.outputLength : algorithm.outputSize;
    this.#start = startOf(algorithm, key, parameters, this.#size);
  }

  /** `iv` of GMAC only. */
  init(iv: Uint8Array | undefined): void {
    this.abort();
    this.#mac = this.#start(iv);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const mac = this.#started();
    return andThen(
      inPieces(data, call, (piece) => mac.update(piece)),
      () => nothing,
    );
  }

  finalize(): Finalized {
    const whole = this.#started().digest();
    this.#mac = undefined;
    return { data: this.#size === whole.length ? whole : whole.subarray(0, this.#size) };
  }

  /** In constant time. A tag of another length does not match. */
  verify(expected: Uint8Array): Verified {
    const { data } = this.finalize();
    return { valid: data.length === expected.length && timingSafeEqual(data, expected) };
  }

  singleShot({ iv, data }: WholeMessage, call: Call): Answer<Finalized> {
    this.init(iv);
    return andThen(this.update(data, call), () => this.finalize());
  }

  verifySingleShot({ iv, data }: WholeMessage, expected: Uint8Array, call: Call): Answer<Verified> {
    this.init(iv);
    return andThen(this.update(data, call), () => this.verify(expected));
  }

  abort(): void {
    this.#mac?.dispose?.();
    this.#mac = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): MacStream {
    if (this.#mac === undefined) throw notStarted();
    return this.#mac;
  }
}
