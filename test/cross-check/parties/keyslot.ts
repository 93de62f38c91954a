/** A provider of the daemon, through the client. */
import {
  type CryptoContext,
  type CryptoResourceGuard,
  type KeyManagementContext,
  KeyslotError,
  KeyOperationPermission as p,
} from '../../../src/client/index.js';
import type { Bytes, CarriedKey, CipherJob, Deeds, KeyPair, Party, SecretKey } from '../party.js';
import { Unable } from '../party.js';

export interface KeyslotParts {
  /** The provider's, in the daemon's configuration. */
  readonly name: string;
  readonly context: CryptoContext;
  readonly keys: KeyManagementContext;
  readonly claims: (algorithm: string, operation: string) => boolean;
  /** A token has bounds of its own. */
  readonly hardware: boolean;
}

/** Milliseconds; nothing here tests deadlines. */
const timeout = 300_000;
const visible = { derivedKeyAlgorithm: 'GENERIC-SECRET', permissions: p.derive | p.export } as const;

/** Codes with which a token says that it has no such thing. */
const lacking: ReadonlySet<string> = new Set(['UNSUPPORTED_ALGORITHM', 'UNSUPPORTED_OPERATION', 'KEY_NOT_EXPORTABLE']);
const boundedFields = /^(?:tagLength|nonce|iv|keyLength|wrappingAlgorithm|keyToWrap|wrappedData|parameters\.\w+|kdf\.\w+)$/;

export function keyslotParty({ name, context, keys, claims, hardware }: KeyslotParts): Party {
  const isBound = (error: KeyslotError): boolean => {
    const { code, field = '' } = error;
    return (
      lacking.has(code) ||
      (code === 'INVALID_ARGUMENT' && boundedFields.test(field)) ||
      (code === 'ALGORITHM_MISMATCH' && field === 'keyData')
    );
  };
  /** Bounds of a token become another draw; the software provider has none but those of the table. */
  const within = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (hardware && error instanceof KeyslotError && isBound(error)) throw new Unable(error.message);
      throw error;
    }
  };
  const withKey = async <T>(carried: CarriedKey, permissions: number, work: (key: CryptoResourceGuard) => Promise<T>): Promise<T> => {
    const { data, ...params } = carried;
    const key = await within(keys.importKey({ ...params, keyData: data, permissions }, { timeout }));
    try {
      return await within(work(key));
    } finally {
      await key.release();
    }
  };
  const take = async (made: Promise<CryptoResourceGuard>): Promise<Bytes> => {
    const key = await made;
    try {
      return await keys.exportKey(key, 'raw');
    } finally {
      await key.release();
    }
  };
  const privateOf = ({ carriedPrivate }: KeyPair): CarriedKey => carriedPrivate;
  const publicOf = ({ carriedPublic }: KeyPair): CarriedKey => carriedPublic;
  const common = { operationTimeout: timeout } as const;

  const deeds: Deeds = {
    hash: async ({ row, parameters, message }) => {
      await using hashing = await within(context.createHashContext({ provider: name, algorithm: row.name, parameters, ...common }));
      return await hashing.singleShot(message);
    },
    mac: ({ row, parameters, key: { carried }, iv, message }) =>
      withKey(carried, p.mac, async (key) => {
        await using making = await context.createMacContext({ algorithm: row.name, parameters, key, ...common });
        if (iv === undefined) return await making.singleShot(message);
        await making.init(iv);
        await making.update(message);
        return await making.finalize();
      }),
    verifyMac: ({ row, parameters, key: { carried }, iv, message }, mac) =>
      withKey(carried, p.mac, async (key) => {
        await using verifying = await context.createMacContext({ algorithm: row.name, parameters, key, mode: 'verify', ...common });
        if (iv === undefined) return await verifying.verifySingleShot(message, mac);
        await verifying.init(iv);
        await verifying.update(message);
        return await verifying.verify(mac);
      }),
    encrypt: (job, data) => crypt(job, 'encrypt', data),
    decrypt: (job, data) => crypt(job, 'decrypt', data),
    seal: ({ row, key: { carried }, nonce, aad, tagLength }, data) =>
      withKey(carried, p.encrypt, async (key) => {
        await using aead = await context.createAeadContext({ algorithm: row.name, key, direction: 'encrypt', tagLength, ...common });
        return await aead.encrypt({ nonce, aad, data });
      }),
    open: ({ row, key: { carried }, nonce, aad, tagLength }, { data, tag }) =>
      withKey(carried, p.decrypt, async (key) => {
        await using aead = await context.createAeadContext({ algorithm: row.name, key, direction: 'decrypt', tagLength, ...common });
        try {
          return await aead.decrypt({ nonce, aad, data, tag });
        } catch (error) {
          if (error instanceof KeyslotError && error.code === 'OPERATION_FAILED') return undefined;
          throw error;
        }
      }),
    rsaEncrypt: ({ row, parameters, key: pair }, data) =>
      withKey(publicOf(pair), p.encrypt, async (key) => {
        await using cipher = await context.createCipherContext({ algorithm: row.name, parameters, key, direction: 'encrypt', ...common });
        return await cipher.singleShot(undefined, data);
      }),
    rsaDecrypt: ({ row, parameters, key: pair }, data) =>
      withKey(privateOf(pair), p.decrypt, async (key) => {
        await using cipher = await context.createCipherContext({ algorithm: row.name, parameters, key, direction: 'decrypt', ...common });
        return await cipher.singleShot(undefined, data);
      }),
    sign: ({ row, parameters, key: pair }, message) =>
      withKey(privateOf(pair), p.sign, async (key) => {
        await using signing = await context.createSignContext({ algorithm: row.name, parameters, key, ...common });
        return await signing.singleShot(message);
      }),
    verify: ({ row, parameters, key: pair }, message, signature) =>
      withKey(publicOf(pair), p.verify, async (key) => {
        const { deterministic: _signing, ...rest } = parameters;
        await using verifying = await context.createVerifySignatureContext({ algorithm: row.name, parameters: rest, key, ...common });
        return await verifying.singleShot(message, signature);
      }),
    derive: ({ row, fields, secret: { carried }, size }) =>
      withKey(carried, p.derive, (sourceKey) => {
        const kdf = { ...fields, kdfAlgorithm: row.name, outputKeyLength: size * 8 };
        return take(keys.deriveKey({ sourceKey, kdf, ...visible }, { timeout }));
      }),
    agree: ({ row, key: pair, peer, salt, label, size }) =>
      withKey(privateOf(pair), p.agree, (privateKey) => {
        const { data: peerPublicKey, format: publicKeyFormat } = peer.carriedPublic;
        const kdf = { kdfAlgorithm: 'HKDF-SHA-256', salt, label, outputKeyLength: size * 8 };
        return take(
          keys.agreeKey({ privateKey, agreementAlgorithm: row.name, peerPublicKey, publicKeyFormat, kdf, ...visible }, { timeout }),
        );
      }),
    encapsulate: async ({ key: pair }) => {
      const { algorithm, data, format } = publicOf(pair);
      const { key, ciphertext } = await within(keys.encapsulateKey({ publicKey: { algorithm, data, format }, ...visible }, { timeout }));
      return { ciphertext, secret: await take(Promise.resolve(key)) };
    },
    decapsulate: ({ key: pair }, ciphertext) =>
      withKey(privateOf(pair), p.agree, (privateKey) => take(keys.decapsulateKey({ privateKey, ciphertext, ...visible }, { timeout }))),
    wrap: ({ row, parameters, key, iv, aad }, payload) =>
      withKey(wrapping(key, 'carriedPublic'), p.wrap, (wrappingKey) =>
        withKey({ algorithm: 'GENERIC-SECRET', format: 'raw', data: payload }, p.export, (keyToWrap) =>
          keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm: row.name, parameters, ...carrying(iv, aad) }, undefined, { timeout }),
        ),
      ),
    unwrap: ({ row, parameters, key, iv, aad }, wrappedData) =>
      withKey(wrapping(key, 'carriedPrivate'), p.unwrap, (wrappingKey) => {
        const params = { wrappedData, wrappingKey, wrappingAlgorithm: row.name, parameters, ...carrying(iv, aad) };
        return take(keys.unwrapKey({ ...params, innerKeyAlgorithm: 'GENERIC-SECRET', permissions: p.export }, { timeout }));
      }),
    generateKey: async ({ name: algorithm }, form) => {
      const params = { algorithm, permissions: p.export };
      const key = await within(keys.generateKey(params, { timeout }));
      try {
        const format = (['der', 'pem', 'jwk'] as const)[algorithm.includes('brainpool') ? form % 2 : form % 3] ?? 'der';
        return { algorithm, format, data: await within(keys.exportKey(key, format)) };
      } finally {
        await key.release();
      }
    },
    publicOf: (carried) =>
      withKey(carried, p.export, async (key) => {
        const { exportPublicKey } = await context.getKeyObject(key);
        return (await exportPublicKey?.('der')) ?? new Uint8Array(0);
      }),
    rewrite: (carried, format) =>
      withKey(carried, p.export, async (key) => ({ algorithm: carried.algorithm, format, data: await keys.exportKey(key, format) })),
  };

  const crypt = ({ row, padding, key: { carried }, iv }: CipherJob, direction: 'encrypt' | 'decrypt', data: Bytes) =>
    withKey(carried, direction === 'encrypt' ? p.encrypt : p.decrypt, async (key) => {
      const parameters = row.blockSize === 1 ? {} : { padding };
      await using cipher = await context.createCipherContext({ algorithm: row.name, parameters, key, direction, ...common });
      return await cipher.singleShot(iv, data);
    });
  return { name, claims, has: () => true, ...deeds };
}

function wrapping(key: SecretKey | KeyPair, half: 'carriedPublic' | 'carriedPrivate'): CarriedKey {
  return 'bytes' in key ? key.carried : key[half];
}

function carrying(iv: Bytes | undefined, aad: Bytes | undefined): { iv?: Bytes; aad?: Bytes } {
  return { ...(iv !== undefined && { iv }), ...(aad !== undefined && { aad }) };
}
