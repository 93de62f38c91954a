/** Keys made from other keys, as guards or into slots: derived, agreed, encapsulated, unwrapped. */
import { type ErrorCode, KeyslotError } from '../../core/errors.js';
import { defaultPublicPermissions, type KeyUse } from '../../core/permissions.js';
import { keyFormatNumbers } from '../../protocol/enumerations.js';
import type { EncapsulateKeyRequest, ResourceInput } from '../../protocol/generated/messages.js';
import type { WireParameter } from '../../protocol/parameters.js';
import type { ImportSpec, KeyMaking, Provider, ProviderKey } from '../../providers/contract.js';
import { type Filling, KeyEntry } from '../key-entry.js';
import {
  agreementRow,
  assertCan,
  assertUsable,
  assertWrapped,
  derivedLength,
  kdfRow,
  kdfSpec,
  kemOf,
  optionalKdfSpec,
  wrapRow,
  wrapSpec,
} from '../key-operations.js';
import { askedPermissions, type PermissionFields, permissionsInSlot, traitsOf } from '../key-permissions.js';
import type { RequestCall } from '../request-call.js';
import { type Handlers, Made, type Services } from '../services.js';
import type { Session } from '../session.js';
import { keyOf, keyRowOf, slotOf } from './lookups.js';
import { type MadeKey, newKey } from './new-key.js';
import { assertAlgorithm, assertFilling } from './slot-keys.js';

type Answer = MadeKey | { key?: ResourceInput };

/** Where a request wants its key. */
interface Target extends PermissionFields {
  readonly context: number;
  readonly slot?: number;
  readonly algorithm: string;
  readonly keyLength?: number;
  readonly overwrite?: number;
}
/** Whoever chooses the other side of an agreement or an encapsulation knows the secret, so these come from outside as imports do. */
const rightTo = { generate: 'generate', import: 'write' } as const;

/** Makes the key and puts it where the request wants it. `source`: the key it is made from, held by the caller of this. */
async function deliver(
  session: Session,
  target: Target,
  source: KeyEntry,
  how: Filling,
  making: KeyMaking,
  call: RequestCall,
): Promise<Answer> {
  session.context(target.context, 'keyManagement');
  const { provider } = source.key;
  const asked = askedPermissions(target);
  if (target.slot !== undefined && target.slot !== 0) {
    await intoSlot(session, target, target.slot, provider, how, making, call);
    return {};
  }
  const algorithm = keyRowOf(target.algorithm, provider);
  const keyLength = lengthOf(target, algorithm, making);
  const { permissions, publicPermissions } = traitsOf(algorithm, 'private', asked, how);
  return newKey(
    session,
    target.context,
    () => provider.keys.make({ algorithm, keyLength, permissions, publicPermissions, making }, session.owner, call),
    (key) => traitsOf(algorithm, key.half, asked, how),
  );
}

function lengthOf(target: Target, algorithm: ProviderKey['algorithm'], making: KeyMaking): number {
  if (making.from === 'unwrap') return algorithm.keyLength;
  const length = derivedLength(algorithm, target.keyLength ?? 0, 'kdf.outputKeyLength');
  if (making.from === 'decapsulate' && making.kdf === undefined) assertSecretIs(making.kem.secretSize * 8, length);
  return length;
}

function assertSecretIs(secretBits: number, keyBits: number): void {
  if (secretBits === keyBits) return;
  throw new KeyslotError('INVALID_ARGUMENT', `the shared secret has ${secretBits} bits; a key of ${keyBits} bits needs a kdf`, {
    field: 'kdf',
  });
}

/** First an ephemeral key, then its copy in the slot: what fails in between leaves nothing behind. */
async function intoSlot(
  session: Session,
  target: Target,
  slotId: number,
  provider: Provider,
  how: Filling,
  making: KeyMaking,
  call: RequestCall,
): Promise<void> {
  const { slot } = slotOf(session, slotId, 'targetSlot', rightTo[how]).grant;
  assertFilling(slot, how);
  assertAlgorithm(slot, target.algorithm);
  if (provider !== slot.primary) {
    throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is in ${provider.name}, the slot in ${slot.primary.name}`, {
      field: 'targetSlot',
    });
  }
  const { algorithm } = slot.spec;
  const permissions = permissionsInSlot(slot, askedPermissions(target).permissions);
  const publicPermissions = defaultPublicPermissions(algorithm);
  const keyLength = lengthOf(target, algorithm, making);
  const key = await provider.keys.make({ algorithm, keyLength, permissions, publicPermissions, making }, session.owner, call);
  try {
    await slot.fill({ from: 'key', key }, permissions, publicPermissions, target.overwrite !== undefined && target.overwrite !== 0, call);
  } finally {
    key.release();
  }
}

/** Runs work with a key of the session that is permitted the use, and gives its reference back. */
async function using<T>(
  session: Session,
  id: number,
  { field, use }: { readonly field: string; readonly use: KeyUse | undefined },
  call: RequestCall,
  work: (entry: KeyEntry) => Promise<T>,
): Promise<T> {
  const entry = await keyOf(session, id, call, field);
  try {
    entry.assertAlive();
    if (use !== undefined) entry.assertPermitted(use, undefined, field);
    return await work(entry);
  } finally {
    entry.release();
  }
}

/** Secrets may be among a derivation's parameters. */
function wipeParameters(parameters: readonly WireParameter[]): void {
  for (const { value } of parameters) value.fill(0);
}

/** The public key of an encapsulation: one of the session, or the bytes of somebody's, imported for this once. */
async function encapsulationKey(session: Session, request: EncapsulateKeyRequest, call: RequestCall): Promise<KeyEntry> {
  if (request.publicKey !== 0) return keyOf(session, request.publicKey, call, 'publicKey');
  if (request.publicKeyData.length === 0) throw new KeyslotError('INVALID_ARGUMENT', 'a public key is needed', { field: 'publicKey' });
  const { provider } = session.context(request.context, 'keyManagement');
  const algorithm = keyRowOf(request.publicKeyAlgorithm, provider);
  const format = request.publicKeyFormat === 0 ? 'der' : keyFormatNumbers.given(request.publicKeyFormat, 'publicKeyFormat');
  const asked = { permissions: undefined, publicPermissions: undefined };
  const { permissions } = traitsOf(algorithm, 'public', asked, 'import');
  const key = await imported(provider, { algorithm, format, keyData: request.publicKeyData, permissions }, session.owner, call);
  const entry = new KeyEntry(key, traitsOf(algorithm, key.half, asked, 'import'), () => undefined);
  if (key.half === 'public') return entry;
  entry.release();
  throw new KeyslotError('INVALID_FORMAT', 'this is not a public key', { field: 'publicKey' });
}

/** What is wrong with the bytes is wrong with `publicKey`. */
async function imported(provider: Provider, spec: ImportSpec, owner: number, call: RequestCall): Promise<ProviderKey> {
  try {
    return await provider.keys.import(spec, owner, call);
  } catch (error) {
    if (!(error instanceof KeyslotError) || error.field !== 'keyData') throw error;
    throw new KeyslotError(error.code as ErrorCode, error.message, { field: 'publicKey' });
  }
}

async function encapsulate(
  session: Session,
  request: EncapsulateKeyRequest,
  call: RequestCall,
  services: Services,
): Promise<Made<{ key: ResourceInput; ciphertext: Uint8Array }>> {
  session.context(request.context, 'keyManagement');
  const entry = await encapsulationKey(session, request, call);
  try {
    entry.assertAlive();
    entry.assertPermitted('encapsulate', undefined, 'publicKey');
    const kem = kemOf(entry.key.algorithm, 'publicKey');
    assertUsable(entry, 'encapsulate', kem, 'publicKey', session.caller.uid, services.policy);
    const kdf = optionalKdfSpec(request.kdf, request.kdfParameters);
    assertCan(entry, kem, {}, 'publicKey');
    if (kdf !== undefined) assertCan(entry, kdf.algorithm, kdf.parameters, 'kdf.kdfAlgorithm');
    const { provider } = entry.key;
    const algorithm = keyRowOf(request.algorithm, provider);
    const keyLength = derivedLength(algorithm, request.keyLength, 'kdf.outputKeyLength');
    if (kdf === undefined) assertSecretIs(kem.secretSize * 8, keyLength);
    const traits = traitsOf(algorithm, 'secret', askedPermissions(request), 'generate');
    let ciphertext = new Uint8Array(0);
    const made = await newKey(
      session,
      request.context,
      async () => {
        const { permissions } = traits;
        const made = await provider.keys.encapsulate({ key: entry.key, kem, algorithm, keyLength, kdf, permissions }, session.owner, call);
        ciphertext = Uint8Array.from(made.ciphertext);
        return made.key;
      },
      () => traits,
    );
    return new Made({ ...made.response, ciphertext }, made.undo);
  } finally {
    entry.release();
  }
}

export const madeKeyHandlers: Handlers<'deriveKey' | 'agreeKey' | 'encapsulateKey' | 'decapsulateKey' | 'wrapKey' | 'unwrapKey'> = {
  async deriveKey(session, request, call, services) {
    try {
      return await using(session, request.sourceKey, { field: 'sourceKey', use: 'derive' }, call, async (source) => {
        const row = kdfRow(request.kdf);
        assertUsable(source, 'derive', row, 'sourceKey', session.caller.uid, services.policy);
        const kdf = kdfSpec(row, request.kdfParameters);
        assertCan(source, kdf.algorithm, kdf.parameters, 'kdf.kdfAlgorithm');
        return deliver(session, request, source, source.traits.filling, { from: 'derive', key: source.key, kdf }, call);
      });
    } finally {
      wipeParameters(request.kdfParameters);
    }
  },

  async agreeKey(session, request, call, services) {
    try {
      return await using(session, request.privateKey, { field: 'privateKey', use: 'agree' }, call, async (source) => {
        const agreement = agreementRow(request.agreement);
        assertUsable(source, 'agree', agreement, 'privateKey', session.caller.uid, services.policy);
        const kdf = kdfSpec(kdfRow(request.kdf), request.kdfParameters);
        assertCan(source, agreement, {}, 'agreementAlgorithm');
        const peerFormat = request.peerFormat === 0 ? 'der' : keyFormatNumbers.given(request.peerFormat, 'publicKeyFormat');
        const making: KeyMaking = { from: 'agree', key: source.key, agreement, peer: request.peerPublicKey, peerFormat, kdf };
        return deliver(session, request, source, 'import', making, call);
      });
    } finally {
      wipeParameters(request.kdfParameters);
    }
  },

  async encapsulateKey(session, request, call, services) {
    try {
      return await encapsulate(session, request, call, services);
    } finally {
      wipeParameters(request.kdfParameters);
    }
  },

  async decapsulateKey(session, request, call, services) {
    try {
      return await using(session, request.privateKey, { field: 'privateKey', use: 'decapsulate' }, call, async (source) => {
        const kem = kemOf(source.key.algorithm, 'privateKey');
        assertUsable(source, 'decapsulate', kem, 'privateKey', session.caller.uid, services.policy);
        if (request.ciphertext.length !== kem.ciphertextSize) {
          throw new KeyslotError(
            'INVALID_ARGUMENT',
            `a ciphertext of ${kem.name} has ${kem.ciphertextSize} bytes, not ${request.ciphertext.length}`,
            {
              field: 'ciphertext',
            },
          );
        }
        const kdf = optionalKdfSpec(request.kdf, request.kdfParameters);
        assertCan(source, kem, {}, 'privateKey');
        return deliver(
          session,
          request,
          source,
          'import',
          { from: 'decapsulate', key: source.key, kem, ciphertext: request.ciphertext, kdf },
          call,
        );
      });
    } finally {
      wipeParameters(request.kdfParameters);
    }
  },

  async wrapKey(session, request, call, services) {
    return using(session, request.key, { field: 'keyToWrap', use: undefined }, call, (leaving) => {
      leaving.assertExportable('keyToWrap');
      return using(session, request.wrappingKey, { field: 'wrappingKey', use: 'wrap' }, call, async (wrapping) => {
        const row = wrapRow(request.algorithm, wrapping.key.algorithm);
        assertUsable(wrapping, 'wrap', row, 'wrappingKey', session.caller.uid, services.policy);
        if (leaving.key.provider !== wrapping.key.provider) {
          const where = `the keys are in ${leaving.key.provider.name} and ${wrapping.key.provider.name}`;
          throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', where, { field: 'wrappingKey' });
        }
        if (leaving.key.half === 'public')
          throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key needs no wrapping; export it', { field: 'keyToWrap' });
        const wrap = wrapSpec(row, request);
        assertCan(wrapping, row, wrap.parameters, 'wrappingAlgorithm');
        const data = await wrapping.key.provider.keys.wrap(leaving.key, wrapping.key, wrap, call);
        return request.sizeOnly === 0 ? { data, size: data.length } : { size: data.length };
      });
    });
  },

  async unwrapKey(session, request, call, services) {
    return using(session, request.wrappingKey, { field: 'wrappingKey', use: 'unwrap' }, call, async (wrapping) => {
      const row = wrapRow(request.wrappingAlgorithm, wrapping.key.algorithm);
      assertUsable(wrapping, 'unwrap', row, 'wrappingKey', session.caller.uid, services.policy);
      const wrap = wrapSpec(row, request);
      assertCan(wrapping, row, wrap.parameters, 'wrappingAlgorithm');
      assertWrapped(wrap, request.wrappedData);
      const making: KeyMaking = { from: 'unwrap', key: wrapping.key, wrap, wrapped: request.wrappedData };
      return deliver(session, request, wrapping, 'import', making, call);
    });
  },
};
