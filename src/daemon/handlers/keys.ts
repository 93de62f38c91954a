/** Keys as guards: made, imported, loaded, viewed, released. */
import { KeyslotError } from '../../core/errors.js';
import { hasPermission, KeyOperationPermission } from '../../core/permissions.js';
import { keyFormatNumbers, keyKindNumbers } from '../../protocol/enumerations.js';
import type { ImportKeyRequest, ResourceInput } from '../../protocol/generated/messages.js';
import type { ImportSpec } from '../../providers/contract.js';
import type { KeyEntry } from '../key-entry.js';
import { askedPermissions, traitsOf } from '../key-permissions.js';
import type { RequestCall } from '../request-call.js';
import { type Handlers, Made } from '../services.js';
import type { Session } from '../session.js';
import { allowedModes } from './allowed-modes.js';
import { encodeKey } from './key-encoding.js';
import { keyOf, keyRowOf, slotOf } from './lookups.js';
import { guardAnswer, type MadeKey, newKey } from './new-key.js';
import { generateIntoSlot, importIntoSlot } from './slot-keys.js';

async function importKey(session: Session, request: ImportKeyRequest, call: RequestCall): Promise<MadeKey | { key?: ResourceInput }> {
  const management = session.context(request.context, 'keyManagement');
  const format = request.format === 0 ? 'raw' : keyFormatNumbers.given(request.format, 'format');
  const asked = askedPermissions(request);
  if (request.slot !== 0) {
    await importIntoSlot(slotOf(session, request.slot, 'targetSlot', 'write'), request, format, asked.permissions, call);
    return {};
  }
  const algorithm = keyRowOf(request.algorithm, management.provider);
  const { keyData, passphrase } = request;
  const spec: ImportSpec = {
    algorithm,
    format,
    keyData,
    passphrase,
    permissions: traitsOf(algorithm, 'private', asked, 'import').permissions,
  };
  return newKey(
    session,
    request.context,
    () => management.provider.keys.import(spec, session.owner, call),
    (key) => traitsOf(algorithm, key.half, asked, 'import'),
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
    const traits = traitsOf(algorithm, 'private', asked, 'generate');
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
    try {
      const { key, traits } = entry;
      return {
        kind: keyKindNumbers.number(key.half === 'secret' ? 'symmetric' : key.half, 'kind'),
        algorithm: key.algorithm.name,
        keyLength: key.keyLength,
        exportable: hasPermission(traits.permissions, KeyOperationPermission.export) || key.half === 'public' ? 1 : 0,
        permittedOperations: traits.permissions,
        allowedModes: allowedModes(key).map((text) => ({ text })),
      };
    } finally {
      entry.release();
    }
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
        () => ({ ...traits, permissions: traits.publicPermissions, explicit: true }),
      );
    } finally {
      entry.release();
    }
  },

  async exportKey(session, request, call) {
    const entry = await keyOf(session, request.key, call);
    try {
      const format = request.format === 0 ? undefined : keyFormatNumbers.given(request.format, 'format');
      if (request.publicHalf === 0 && entry.key.half !== 'public') {
        entry.assertExportable('key');
        entry.assertLeavesInTheClear();
      }
      const data = await encodeKey(entry, format, request.publicHalf !== 0, call);
      const clear = () => void data.fill(0);
      if (request.sizeOnly === 0) return new Made({ data, size: data.length }, clear, clear);
      clear();
      return { size: data.length };
    } finally {
      entry.release();
    }
  },
};
