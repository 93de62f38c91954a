/** Makes the objects of a key: generated, imported or copied, ephemeral or stored. What was made is read back, or made undone. */
import { type HashName, isSecretKey, type KeyRow, type KeyType } from '../../../core/algorithms.js';
import { type ErrorCode, KeyslotError } from '../../../core/errors.js';
import type { KeyHalf } from '../../../core/permissions.js';
import { andThenOr } from '../../answer.js';
import type { Answer, KeyFormat } from '../../contract.js';
import { restoreMaterial } from '../../key-encoding/decoded-key.js';
import { importMaterial } from '../../key-encoding/import-material.js';
import { formOf } from '../../key-encoding/key-form.js';
import { type Material, objectOf } from '../../key-encoding/material.js';
import { CKM, CKR } from '../cryptoki.js';
import { ecParameters, secretObjectType } from '../key-kinds.js';
import type { OkpName, Quirks } from '../quirks/quirks.js';
import { assertAsAsked, fullTemplate, type StoredName } from './attributes.js';
import type { HostKey } from './key-table.js';
import { publicValues, withPrivateValues, withSecretValue } from './key-values.js';
import { hmacMechanism } from './mechanisms.js';
import type { Handle, Mechanism } from './module.js';
import { type Attributes, type Objects, templateOf } from './objects.js';
import type { Pace } from './pace.js';
import { returnValueOf, tokenError } from './return-values.js';
import type { Token } from './token.js';

/** Where objects are made. */
export interface Workshop {
  readonly token: Token;
  readonly objects: Objects;
  readonly pace: Pace;
  readonly quirks: Quirks;
  /** The session that makes the object, and with which an ephemeral one dies. */
  readonly session: Handle;
  /** Undefined for ephemeral objects. */
  readonly name: StoredName | undefined;
}

export interface Grants {
  readonly permissions: number;
  /** Of the public half. */
  readonly publicPermissions: number;
}

/** An encoded key. Its buffers stay the caller's. */
export interface KeySource {
  readonly format: KeyFormat;
  readonly keyData: Uint8Array;
  /** PKCS#8 or SPKI that was checked before it came here. */
  readonly checked: boolean;
}

export interface MadeKey {
  readonly half: KeyHalf;
  readonly secret: Handle | undefined;
  readonly public: Handle | undefined;
}

function failureCode({ name }: Workshop): ErrorCode {
  return name === undefined ? 'KEY_GENERATION_FAILED' : 'PERSIST_FAILED';
}

export function templates(workshop: Workshop, row: KeyRow, grants: Grants): Record<KeyHalf, Attributes> {
  const template = (half: KeyHalf, permissions: number) => fullTemplate(half, row.keyType, permissions, workshop.name);
  return {
    secret: template('secret', grants.permissions),
    private: template('private', grants.permissions),
    public: template('public', grants.publicPermissions),
  };
}

/** @throws the workshop's code; nothing stays */
export function checked(workshop: Workshop, made: MadeKey, asked: Record<KeyHalf, Attributes>): MadeKey {
  const secretHalf = made.half === 'secret' ? 'secret' : 'private';
  try {
    if (made.secret !== undefined) assertAsAsked(workshop.objects, made.secret, asked[secretHalf], failureCode(workshop));
    if (made.public !== undefined) assertAsAsked(workshop.objects, made.public, asked.public, failureCode(workshop));
    return made;
  } catch (error) {
    workshop.objects.destroyQuietly(made.public, made.secret);
    throw error;
  }
}

/** @throws KEY_GENERATION_FAILED or PERSIST_FAILED, and what return values mean */
export function generateKey(workshop: Workshop, row: KeyRow, grants: Grants): Answer<MadeKey> {
  const asked = templates(workshop, row, grants);
  return andThenOr(
    () => (isSecretKey(row) ? generateSecret(workshop, row, asked.secret) : generatePair(workshop, row, asked)),
    (made) => checked(workshop, made, asked),
    (error) => {
      throw tokenError(error, failureCode(workshop));
    },
  );
}

function generateSecret({ token: { module }, pace, session }: Workshop, row: KeyRow, asked: Attributes): Answer<MadeKey> {
  const mechanism: Mechanism = { mechanism: row.keyType === 'aes' ? CKM.AES_KEY_GEN : CKM.GENERIC_SECRET_KEY_GEN };
  const template = templateOf({ ...asked, KEY_TYPE: secretObjectType(row), VALUE_LEN: row.keyLength / 8 });
  const made = (secret: Handle): MadeKey => ({ half: 'secret', secret, public: undefined });
  return pace.perform(
    `generate ${row.name} ${asked.TOKEN === true ? 'stored' : ''}`,
    0,
    () => made(module.C_GenerateKey(session, mechanism, template)),
    async () => made(await module.C_GenerateKeyAsync(session, mechanism, template)),
  );
}

const exponent65537 = Uint8Array.of(1, 0, 1);

function pairMechanism(row: KeyRow, quirks: Quirks): Mechanism {
  if (row.keyType === 'rsa') return { mechanism: CKM.RSA_PKCS_KEY_PAIR_GEN };
  return { mechanism: row.keyType === 'ec' ? CKM.EC_KEY_PAIR_GEN : quirks.okp[row.name as OkpName].generation };
}

function generatePair(
  { token: { module }, pace, session, quirks }: Workshop,
  row: KeyRow,
  asked: Record<KeyHalf, Attributes>,
): Answer<MadeKey> {
  const mechanism = pairMechanism(row, quirks);
  const numbers: Attributes =
    row.keyType === 'rsa' ? { MODULUS_BITS: row.keyLength, PUBLIC_EXPONENT: exponent65537 } : { EC_PARAMS: ecParameters(row) };
  const publicTemplate = templateOf({ ...asked.public, ...numbers });
  const privateTemplate = templateOf(asked.private);
  const made = (pair: { privateKey: Handle; publicKey: Handle }): MadeKey => ({
    half: 'private',
    secret: pair.privateKey,
    public: pair.publicKey,
  });
  return pace.perform(
    `generate ${row.name} ${asked.private.TOKEN === true ? 'stored' : ''}`,
    0,
    () => made(module.C_GenerateKeyPair(session, mechanism, publicTemplate, privateTemplate)),
    async () => made(await module.C_GenerateKeyPairAsync(session, mechanism, publicTemplate, privateTemplate)),
  );
}

/**
 * @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData`; what return values mean
 */
export function importKey(workshop: Workshop, row: KeyRow, source: KeySource, grants: Grants): MadeKey {
  return createKey(workshop, row, materialOf(row, source), grants);
}

function materialOf(row: KeyRow, { format, keyData, checked }: KeySource): Material {
  if (!checked) return importMaterial(row, format, keyData);
  return restoreMaterial(row, formOf(keyData) === 'pkcs8' ? 'private' : 'public', keyData);
}

/** @throws ALGORITHM_MISMATCH for a key that the token would not use, and what return values mean */
export function createKey(workshop: Workshop, row: KeyRow, material: Material, grants: Grants): MadeKey {
  const asked = templates(workshop, row, grants);
  try {
    const made = createObjects(workshop, row, material, asked);
    if (row.keyType === 'hmac') assertUsableForHmac(workshop, made, row);
    return checked(workshop, made, asked);
  } catch (error) {
    throw tokenError(error, failureCode(workshop));
  }
}

function createObjects(workshop: Workshop, row: KeyRow, material: Material, asked: Record<KeyHalf, Attributes>): MadeKey {
  const create = (half: KeyHalf, values: Attributes): Handle =>
    workshop.token.module.C_CreateObject(workshop.session, templateOf({ ...values, ...asked[half] }));
  const { half } = material;
  const object = objectOf(material);
  if (half === 'secret') {
    return { half, secret: withSecretValue(row, object, (values) => create(half, values)), public: undefined };
  }
  if (half === 'public') return { half, secret: undefined, public: create(half, publicValues(row, object, workshop.quirks)) };
  const secret = withPrivateValues(row, object, workshop.quirks, (values) => create(half, values));
  return { half, secret, public: undoing(workshop, secret, () => create('public', publicValues(row, object, workshop.quirks))) };
}

/** Makes the public half of a private object that is there already, and undoes that one when it can't be made. */
export function undoing(workshop: Workshop, secret: Handle, make: () => Handle): Handle {
  try {
    return make();
  } catch (error) {
    workshop.objects.destroyQuietly(secret);
    throw error;
  }
}

/** Tokens make HMAC keys of lengths that they then refuse to use (SoftHSM2: shorter than the hash); better told now than at first use. */
function assertUsableForHmac({ token, objects }: Workshop, made: MadeKey, row: KeyRow): void {
  if (made.secret === undefined || !objects.isTrue(made.secret, 'SIGN')) return;
  const session = token.open('read');
  try {
    token.module.C_SignInit(session, hmacMechanism(row.name.replace(/^HMAC-/, '') as HashName), made.secret);
  } catch (error) {
    objects.destroyQuietly(made.secret);
    if (returnValueOf(error) !== CKR.KEY_SIZE_RANGE) throw error;
    throw new KeyslotError('ALGORITHM_MISMATCH', `the token does not take keys of this length for ${row.name}`, { field: 'keyData' });
  } finally {
    token.close(session);
  }
}

/** A stored copy of an ephemeral key, with the permissions that it then has. */
export function copyKey(workshop: Workshop, key: HostKey, type: KeyType, grants: Grants): MadeKey {
  const copies: Record<KeyHalf, Attributes> = {
    secret: fullTemplate('secret', type, grants.permissions, workshop.name),
    private: fullTemplate('private', type, grants.permissions, workshop.name),
    public: fullTemplate('public', type, grants.publicPermissions, workshop.name),
  };
  try {
    return checked(workshop, copyObjects(workshop, key, copies), copies);
  } catch (error) {
    throw tokenError(error, 'PERSIST_FAILED');
  }
}

function copyObjects(workshop: Workshop, key: HostKey, copies: Record<KeyHalf, Attributes>): MadeKey {
  const { half } = key.facts;
  const copy = (object: Handle, attributes: Attributes): Handle =>
    workshop.token.module.C_CopyObject(workshop.session, object, templateOf(withoutRepetition(workshop.objects, object, attributes)));
  if (key.secret === undefined) {
    return { half, secret: undefined, public: key.public === undefined ? undefined : copy(key.public.handle, copies.public) };
  }
  if (copies[half].EXTRACTABLE === true && !workshop.objects.isTrue(key.secret, 'EXTRACTABLE')) {
    throw new KeyslotError('KEY_NOT_EXPORTABLE', 'the key was made without export, and its copy can not have it', { field: 'permissions' });
  }
  const secret = copy(key.secret, copies[half]);
  const publicObject = key.public;
  if (publicObject === undefined) return { half, secret, public: undefined };
  return { half, secret, public: undoing(workshop, secret, () => copy(publicObject.handle, copies.public)) };
}

/** A copy may become secret but not say again what it already is: SoftHSM2 refuses that as a change. */
function withoutRepetition(objects: Objects, object: Handle, attributes: Attributes): Attributes {
  const told = Object.entries(attributes).filter(
    ([name, value]) => (name !== 'SENSITIVE' && name !== 'EXTRACTABLE') || objects.isTrue(object, name) !== value,
  );
  return Object.fromEntries(told);
}
