/** Keys as guards: made, imported, loaded, viewed, released. */
import { KeyslotError } from '../../core/errors.js';
import { hasPermission, KeyOperationPermission } from '../../core/permissions.js';
import { keyFormatNumbers, keyKindNumbers } from '../../protocol/enumerations.js';
import type { ImportKeyRequest, ResourceInput } from '../../protocol/generated/messages.js';
import type { ImportSpec, ProviderKey } from '../../providers/contract.js';
import { KeyEntry, type KeyTraits } from '../key-entry.js';
import { askedPermissions, traitsOf } from '../key-permissions.js';
import type { RequestCall } from '../request-call.js';
import { type Handlers, Made } from '../services.js';
import type { Session } from '../session.js';
import { encodeKey } from './key-encoding.js';
import { keyOf, keyRowOf, slotOf } from './lookups.js';
import { generateIntoSlot, importIntoSlot } from './slot-keys.js';
import { wireResource } from './wire-values.js';

type MadeKey = Made<{ key: ResourceInput }>;

function guardAnswer(session: Session, entry: KeyEntry, management: number, released: () => void): MadeKey {
  const guard = session.addGuard(entry, management, released);
  return new Made({ key: wireResource(guard.id, 'key', 'ephemeral', entry.key.provider.id) }, () => void session.releaseGuard(guard.id));
}

/**
 * Makes a key and gives it a guard. Charged before the work; whatever goes wrong, no key stays behind. The context may have been
 * closed while the provider worked.
 */
async function newKey(
  session: Session,
  management: number,
  make: () => ProviderKey | Promise<ProviderKey>,
  traits: (key: ProviderKey) => KeyTraits,
): Promise<MadeKey> {
  session.quota.take('keys');
  let key: ProviderKey;
  try {
    key = await make();
  } catch (error) {
    session.quota.give('keys');
    throw error;
  }
  const entry = new KeyEntry(key, traits(key), () => session.quota.give('keys'));
  try {
    if (management !== 0) session.context(management, 'keyManagement');
    return guardAnswer(session, entry, management, () => undefined);
  } catch (error) {
    entry.release();
    throw error;
  }
}

async function importKey(session: Session, request: ImportKeyRequest, call: RequestCall): Promise<MadeKey | { key?: ResourceInput }> {
  if (request.passphrase.length > 0)
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'encrypted keys can not be imported', { field: 'passphrase' });
  const management = session.context(request.context, 'keyManagement');
  const format = request.format === 0 ? 'raw' : keyFormatNumbers.given(request.format, 'format');
  const asked = askedPermissions(request);
  if (request.slot !== 0) {
    await importIntoSlot(slotOf(session, request.slot, 'targetSlot', 'write'), request, format, asked.permissions, call);
    return {};
  }
  const algorithm = keyRowOf(request.algorithm, management.provider);
  const spec: ImportSpec = { algorithm, format, keyData: request.keyData, permissions: traitsOf(algorithm, 'private', asked).permissions };
  return newKey(
    session,
    request.context,
    () => management.provider.keys.import(spec, session.owner, call),
    (key) => traitsOf(algorithm, key.half, asked),
  );
}

export const keyHandlers: Handlers<'generateKey' | 'importKey' | 'loadKey' | 'releaseKey' | 'getKeyInfo' | 'getPublicKey' | 'exportKey'> = {
  async generateKey(session, request, call) {
    const management = session.context(request.context, 'keyManagement');
    const asked = askedPermissions(request);
    if (request.slot !== 0) {
      await generateIntoSlot(slotOf(session, request.slot, 'targetSlot', 'generate'), request, asked, call);
      return {};
    }
    const algorithm = keyRowOf(request.algorithm, management.provider);
    const traits = traitsOf(algorithm, 'private', asked);
    const spec = { algorithm, permissions: traits.permissions, publicPermissions: traits.publicPermissions };
    return newKey(
      session,
      request.context,
      () => management.provider.keys.generate(spec, session.owner, call),
      () => traits,
    );
  },

  async importKey(session, request, call) {
    try {
      return await importKey(session, request, call);
    } finally {
      request.keyData.fill(0);
      request.passphrase.fill(0);
    }
  },

  async loadKey(session, request, call) {
    session.context(request.context, 'keyManagement');
    const { grant } = slotOf(session, request.slot, 'slot', 'use');
    session.quota.take('keys');
    const uncharge = () => session.quota.give('keys');
    let entry: KeyEntry | undefined;
    try {
      entry = await grant.slot.acquire(call);
      session.context(request.context, 'keyManagement');
      return guardAnswer(session, entry, request.context, uncharge);
    } catch (error) {
      entry?.release();
      uncharge();
      throw error;
    }
  },

  releaseKey(session, request) {
    const resource = session.get(request.key);
    if (resource !== undefined && resource.kind !== 'key')
      throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a key`, { field: 'key' });
    session.releaseGuard(request.key);
    return {};
  },

  async getKeyInfo(session, request, call) {
    const entry = await keyOf(session, request.key, call);
    const { key, traits } = entry;
    const info = {
      kind: keyKindNumbers.number(key.half === 'secret' ? 'symmetric' : key.half, 'kind'),
      algorithm: key.algorithm.name,
      keyLength: key.keyLength,
      exportable: hasPermission(traits.permissions, KeyOperationPermission.export) || key.half === 'public' ? 1 : 0,
      permittedOperations: traits.permissions,
    };
    entry.release();
    return info;
  },

  async getPublicKey(session, request, call) {
    const entry = await keyOf(session, request.key, call);
    try {
      const { key, traits } = entry;
      if (key.half !== 'private') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a ${key.half} key has no public half`, { field: 'key' });
      return await newKey(
        session,
        request.context,
        () => key.provider.keys.publicKey(key, session.owner, call),
        () => ({
          permissions: traits.publicPermissions,
          publicPermissions: traits.publicPermissions,
          explicit: true,
          fromSlot: traits.fromSlot,
        }),
      );
    } finally {
      entry.release();
    }
  },

  async exportKey(session, request, call) {
    const entry = await keyOf(session, request.key, call);
    try {
      const format = request.format === 0 ? undefined : keyFormatNumbers.given(request.format, 'format');
      return { data: await encodeKey(entry, format, request.publicHalf !== 0, call) };
    } finally {
      entry.release();
    }
  },
};
