/** AES-XTS (IEEE 1619) block by block over AES-ECB of @noble/ciphers: slow, and written from the standard, to compare with. */
import { ecb } from '@noble/ciphers/aes.js';

type Bytes = Uint8Array;
const block = 16;

/** Times x in GF(2^128), the bits counted from the low end. */
function doubled(tweak: Bytes): Bytes {
  const next = new Uint8Array(block);
  let carry = 0;
  for (let i = 0; i < block; i += 1) {
    const byte = tweak[i] ?? 0;
    next[i] = ((byte << 1) | carry) & 0xff;
    carry = byte >> 7;
  }
  if (carry === 1) next[0] = (next[0] ?? 0) ^ 0x87;
  return next;
}

const xor = (a: Bytes, b: Bytes): Bytes => a.map((byte, i) => byte ^ (b[i] ?? 0));

export function xts(key: Bytes, iv: Bytes): { encrypt(data: Bytes): Bytes; decrypt(data: Bytes): Bytes } {
  const half = key.length / 2;
  // The library's objects encrypt once.
  const blocks = () => ecb(key.subarray(0, half), { disablePadding: true });
  const first: Bytes = ecb(key.subarray(half), { disablePadding: true }).encrypt(iv);
  const run = (data: Bytes, way: (input: Bytes) => Bytes, decrypts: boolean): Bytes => {
    const result = Uint8Array.from(data);
    const one = (at: number, tweak: Bytes) => result.set(xor(way(xor(result.slice(at, at + block), tweak)), tweak), at);
    const rest = data.length % block;
    const whole = Math.floor(data.length / block);
    let tweak: Bytes = first;
    for (let i = 0; i < whole - (rest > 0 ? 1 : 0); i += 1, tweak = doubled(tweak)) one(i * block, tweak);
    if (rest === 0) return result;
    // Ciphertext stealing: of the last two, decryption takes the tweaks in the other order.
    const at = (whole - 1) * block;
    const next = doubled(tweak);
    one(at, decrypts ? next : tweak);
    const stolen = result.slice(at, at + rest);
    result.set(result.slice(at + block), at);
    result.set(stolen, at + block);
    one(at, decrypts ? tweak : next);
    return result;
  };
  return {
    encrypt: (data) => run(data, (input) => blocks().encrypt(input), false),
    decrypt: (data) => run(data, (input) => blocks().decrypt(input), true),
  };
}
