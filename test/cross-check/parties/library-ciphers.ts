/** Ciphers, AEAD and key wrap by @noble/ciphers and, where that is what Keyslot has, by node:crypto. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { aeskw, aeskwp, aessiv, cbc, cfb, ctr, ecb, gcm, gcmsiv } from '@noble/ciphers/aes.js';
import { chacha20poly1305, hchacha, xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { AeadJob, Bytes, CipherJob, Deeds, Sealed, WrapJob } from '../party.js';
import { unable } from '../party.js';
import { xts } from './xts-by-blocks.js';

const nothing = new Uint8Array(0);

interface TwoWay {
  encrypt(data: Bytes): Bytes;
  decrypt(data: Bytes): Bytes;
}

function cipher({ row, padding, key: { bytes: key }, iv = nothing }: CipherJob): TwoWay {
  const options = { disablePadding: padding === 'none' };
  switch (row.mode) {
    case 'ecb':
      return ecb(key, options);
    case 'cbc':
      return cbc(key, iv, options);
    case 'ctr':
      return ctr(key, iv);
    case 'cfb':
      return cfb(key, iv);
    case 'xts':
      return xts(key, iv);
    default:
      return unable(row.name);
  }
}

/** Ciphertext with its tag, in the order of each standard. */
function aead({ row, key: { bytes: key }, nonce, aad }: AeadJob): TwoWay & { readonly tagFirst?: boolean } {
  switch (row.mode) {
    case 'gcm':
      return gcmOf(key, nonce, aad);
    case 'chacha20-poly1305':
      return chacha20poly1305(key, nonce, aad);
    case 'xchacha20-poly1305':
      return xchacha(key, nonce, aad);
    case 'gcm-siv':
      return gcmsiv(key, nonce, aad);
    case 'siv':
      return { ...sivOf(key, aad, nonce), tagFirst: true };
    default:
      return unable(row.name);
  }
}

/** RFC 5297 section 6: additional data, also when it is empty, then the nonce if there is one. */
function sivOf(key: Bytes, aad: Bytes, nonce: Bytes): TwoWay {
  const two = () => aessiv(key, aad, ...(nonce.length > 0 ? [nonce] : []));
  return { encrypt: (data) => two().encrypt(data), decrypt: (data) => two().decrypt(data) };
}

/** Nonces that are too short for the library by node:crypto. */
function gcmOf(key: Bytes, nonce: Bytes, aad: Bytes): TwoWay {
  if (nonce.length >= 8) return gcm(key, nonce, aad);
  const name = `aes-${key.length * 8}-gcm` as 'aes-256-gcm';
  return {
    encrypt: (data) => {
      const sealing = createCipheriv(name, key, nonce).setAAD(aad);
      return new Uint8Array(Buffer.concat([sealing.update(data), sealing.final(), sealing.getAuthTag()]));
    },
    decrypt: (data) => {
      const cut = data.length - 16;
      const opening = createDecipheriv(name, key, nonce, { authTagLength: 16 }).setAAD(aad).setAuthTag(data.subarray(cut));
      return new Uint8Array(Buffer.concat([opening.update(data.subarray(0, cut)), opening.final()]));
    },
  };
}

/** By node:crypto under the key of HChaCha20 (draft-irtf-cfrg-xchacha 2.3): Keyslot has @noble/ciphers for it. */
function xchacha(key: Bytes, nonce: Bytes, aad: Bytes): TwoWay {
  const library = xchacha20poly1305(key, nonce, aad);
  const words = (bytes: Bytes) => new Uint32Array(Uint8Array.from(bytes).buffer);
  const subkey = new Uint32Array(8);
  hchacha(words(new TextEncoder().encode('expand 32-byte k')), words(key), words(nonce.subarray(0, 16)), subkey);
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)]);
  return {
    encrypt: (data) => {
      const sealing = createCipheriv('chacha20-poly1305', new Uint8Array(subkey.buffer), inner, { authTagLength: 16 });
      sealing.setAAD(aad, { plaintextLength: data.length });
      return new Uint8Array(Buffer.concat([sealing.update(data), sealing.final(), sealing.getAuthTag()]));
    },
    decrypt: (data) => library.decrypt(data),
  };
}

type CcmName = 'aes-128-ccm';
function ccm({ key: { bytes: key }, nonce, aad, tagLength }: AeadJob, data: Bytes, tag: Bytes | undefined): Sealed {
  const name = `aes-${key.length * 8}-ccm` as CcmName;
  // An empty message needs an address all the same.
  const message = data.length === 0 ? new Uint8Array(1).subarray(0, 0) : data;
  if (tag === undefined) {
    const sealing = createCipheriv(name, key, nonce, { authTagLength: tagLength });
    sealing.setAAD(aad, { plaintextLength: data.length });
    const sealed = sealing.update(message);
    sealing.final();
    return { data: sealed, tag: sealing.getAuthTag() };
  }
  const opening = createDecipheriv(name, key, nonce, { authTagLength: tagLength });
  opening.setAuthTag(tag);
  opening.setAAD(aad, { plaintextLength: data.length });
  const opened = opening.update(message);
  opening.final();
  return { data: opened, tag };
}

/** @throws Error when it is refused */
function openSealed(job: AeadJob, { data, tag }: Sealed): Bytes {
  if (job.row.mode === 'ccm') return ccm(job, data, tag).data;
  if (tag.length === 16) {
    const two = aead(job);
    return two.decrypt(new Uint8Array(Buffer.concat(two.tagFirst === true ? [tag, data] : [data, tag])));
  }
  // A short tag is the start of the long one, and encryption in counter mode is its own reverse.
  const plaintext = aead(job).encrypt(data).subarray(0, data.length);
  const right = aead(job)
    .encrypt(plaintext)
    .subarray(data.length, data.length + tag.length);
  if (Buffer.compare(right, tag) !== 0) throw new Error('another tag');
  return plaintext;
}

function wrapping({ row, key, iv, aad }: WrapJob): TwoWay {
  if (!('bytes' in key)) return unable(row.name);
  if (row.method === 'aes-kw') return aeskw(key.bytes);
  if (row.method === 'aes-kwp') return aeskwp(key.bytes);
  return gcmOf(key.bytes, iv ?? nothing, aad ?? nothing);
}

export const libraryCiphers: Pick<Deeds, 'encrypt' | 'decrypt' | 'seal' | 'open' | 'wrap' | 'unwrap'> = {
  encrypt: async (job, data) => cipher(job).encrypt(data),
  decrypt: async (job, data) => cipher(job).decrypt(data),
  seal: async (job, data) => {
    if (job.row.mode === 'ccm') return ccm(job, data, undefined);
    const two = aead(job);
    const sealed = two.encrypt(data);
    if (two.tagFirst === true) return { tag: sealed.subarray(0, 16), data: sealed.subarray(16) };
    return { data: sealed.subarray(0, data.length), tag: sealed.subarray(data.length, data.length + job.tagLength) };
  },
  open: async (job, sealed) => {
    if (job.row.mode === 'ccm' && sealed.data.length === 0) unable('an empty CCM message is opened by no one but its maker');
    try {
      return openSealed(job, sealed);
    } catch {
      return undefined;
    }
  },
  wrap: async (job, payload) => wrapping(job).encrypt(payload),
  unwrap: async (job, wrapped) => wrapping(job).decrypt(wrapped),
};
