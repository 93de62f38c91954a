/** Reading and writing the fixed layouts of the key store: little-endian, bounds checked, numbers below 2^53. */

/** The file does not have the layout it should have. */
export class LayoutError extends Error {}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  bytes(size: number): Uint8Array {
    if (size > this.left) throw new LayoutError('it is cut short');
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }
  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }
  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }
  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }
  u64(): number {
    const value = Number(this.#view.getBigUint64(this.#step(8), true));
    if (!Number.isSafeInteger(value)) throw new LayoutError('it holds an impossible number');
    return value;
  }
  text(size: number): string {
    try {
      return decoder.decode(this.bytes(size));
    } catch (error) {
      throw error instanceof LayoutError ? error : new LayoutError('it holds text that is none');
    }
  }

  #step(size: number): number {
    this.bytes(size);
    return this.#at - size;
  }
}

export const number = {
  u8: (value: number): Uint8Array => Uint8Array.of(value),
  u16: (value: number): Uint8Array => fixed(2, (view) => view.setUint16(0, value, true)),
  u32: (value: number): Uint8Array => fixed(4, (view) => view.setUint32(0, value, true)),
  u64: (value: number): Uint8Array => fixed(8, (view) => view.setBigUint64(0, BigInt(value), true)),
};

/** UTF-8 behind its length in a u16. */
export function text(value: string): Uint8Array {
  const bytes = encoder.encode(value);
  return Buffer.concat([number.u16(bytes.length), bytes]);
}

function fixed(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}
