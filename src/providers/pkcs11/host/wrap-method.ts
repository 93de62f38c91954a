/** How the wrapping algorithms run on a token: a mechanism, or two of them with an AES key in between (PKCS#11 v3.1 6.1.22). */
import { hashSizes, type WrapRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { KeyOperationPermission as p } from '../../../core/permissions.js';
import { unwrappingRefused } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { hashNumbers, wrapRowOf } from '../../hosting/host-enumerations.js';
import { CKK } from '../cryptoki.js';
import type { Quirks } from '../quirks/quirks.js';
import { fullTemplate } from './attributes.js';
import { objectClasses } from './key-facts.js';
import { aesKeyWrap, gcmMechanism, oaepMechanism } from './mechanisms.js';
import type { Mechanism } from './module.js';

type Fields = Pick<Messages['wrapKey']['request'], 'wrapping' | 'iv' | 'aad' | 'mgfHash' | 'label'>;

export interface WrapMethod {
  readonly row: WrapRow;
  /** Of the wrapping key itself. */
  readonly outer: Mechanism;
  /** Of the AES key in between, where there is one. */
  readonly inner: Mechanism | undefined;
  /** Bytes of an RSA ciphertext that are not for the content. */
  readonly overhead: number;
  /** The content must have whole blocks of 8 bytes. */
  readonly blocks: boolean;
  /** Bytes that the result is longer than its content, at most. */
  readonly slack: number;
}

const gcmTag = 16;
const keyWrapSlack = 16;

export function wrapMethod(fields: Fields, quirks: Quirks): WrapMethod {
  const row = wrapRowOf(fields.wrapping);
  const { hash = 'SHA-256' } = row;
  const kwp: Mechanism = { mechanism: quirks.keyWrapWithPadding };
  const plain = { row, inner: undefined, overhead: 0, blocks: false, slack: keyWrapSlack } as const;
  const oaep = () => oaepMechanism(hash, hashNumbers.name(fields.mgfHash, 'mgfHash') ?? hash, fields.label);
  switch (row.method) {
    case 'aes-kw':
      return { ...plain, outer: aesKeyWrap, blocks: true };
    case 'aes-kwp':
      return { ...plain, outer: kwp, blocks: quirks.fillsUpWrapped };
    case 'aes-gcm':
      return { ...plain, outer: gcmMechanism(fields.iv, fields.aad, gcmTag), slack: gcmTag };
    case 'rsa-oaep':
      return { ...plain, outer: oaep(), overhead: 2 * hashSizes[hash] + 2 };
    case 'rsa-aes-kwp':
      return { ...plain, outer: oaep(), inner: kwp, blocks: quirks.fillsUpWrapped };
  }
}

/** The AES key in between: nobody sees it, and it does nothing else. */
export const innerKeyLength = 32;
const innerTemplate = { CLASS: objectClasses.secret, KEY_TYPE: CKK.AES } as const;
/** It leaves once, wrapped. */
export const wrappingInner = {
  ...innerTemplate,
  ...fullTemplate('secret', 'aes', p.wrap, undefined),
  SENSITIVE: true,
  EXTRACTABLE: true,
  VALUE_LEN: innerKeyLength,
} as const;
export const unwrappingInner = { ...innerTemplate, ...fullTemplate('secret', 'aes', p.unwrap, undefined) } as const;

/** One message for a wrong key, changed data, and content that is no key of the wanted kind. */
export function unwrapFailed(cause?: unknown): KeyslotError {
  return new KeyslotError('WRAP_UNWRAP_FAILED', unwrappingRefused, {
    field: 'wrappedData',
    cause,
  });
}
