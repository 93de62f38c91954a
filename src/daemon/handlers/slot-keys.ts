/** Keys that go into slots and out of them. */
import { KeyslotError } from '../../core/errors.js';
import { defaultPublicPermissions } from '../../core/permissions.js';
import type { KeyFormat } from '../../core/vocabulary.js';
import type { GenerateKeyRequest, ImportKeyRequest } from '../../protocol/generated/messages.js';
import { type AskedPermissions, askedPermissions, permissionsInSlot } from '../key-permissions.js';
import type { RequestCall } from '../request-call.js';
import type { Handlers } from '../services.js';
import type { SlotReference } from '../session.js';
import type { Slot } from '../slot.js';
import { assertRight, keyRowOf, resourceOf, slotOf } from './lookups.js';

/** @throws INVALID_OPERATION for a slot whose key is derived; ACCESS_DENIED when the slot's own bits leave this way of filling out */
export function assertFilling(slot: Slot, how: 'import' | 'generate'): void {
  slot.assertStores('targetSlot');
  if (slot.allowsFilling(how)) return;
  throw new KeyslotError('ACCESS_DENIED', `slot "${slot.spec.name}" is not filled by ${how}`, { field: 'targetSlot' });
}

/** @throws ALGORITHM_MISMATCH unless the algorithm is the slot's; the empty name is the slot's */
export function assertAlgorithm(slot: Slot, name: string): void {
  const wanted = name === '' ? slot.spec.algorithm : keyRowOf(name, slot.primary);
  if (wanted === slot.spec.algorithm) return;
  throw new KeyslotError('ALGORITHM_MISMATCH', `slot "${slot.spec.name}" takes ${slot.spec.algorithm.name}, not ${wanted.name}`, {
    field: 'algorithm',
  });
}

export async function generateIntoSlot(
  reference: SlotReference,
  request: GenerateKeyRequest,
  asked: AskedPermissions,
  call: RequestCall,
): Promise<void> {
  const { slot } = reference.grant;
  assertFilling(slot, 'generate');
  assertAlgorithm(slot, request.algorithm);
  const permissions = permissionsInSlot(slot, asked.permissions);
  const { algorithm } = slot.spec;
  const publicPermissions = asked.publicPermissions ?? defaultPublicPermissions(algorithm);
  await slot.fill({ from: 'generate', algorithm }, permissions, publicPermissions, request.overwrite !== 0, call);
}

export async function importIntoSlot(
  reference: SlotReference,
  request: ImportKeyRequest,
  format: KeyFormat,
  explicit: number | undefined,
  call: RequestCall,
): Promise<void> {
  const { slot } = reference.grant;
  assertFilling(slot, 'import');
  assertAlgorithm(slot, request.algorithm);
  const { algorithm } = slot.spec;
  const source = { from: 'import', algorithm, format, keyData: request.keyData, passphrase: request.passphrase } as const;
  await slot.fill(source, permissionsInSlot(slot, explicit), defaultPublicPermissions(algorithm), request.overwrite !== 0, call);
}

export const slotKeyHandlers: Handlers<'persistKey' | 'clearKey'> = {
  async persistKey(session, request, call) {
    session.context(request.context, 'keyManagement');
    const reference = slotOf(session, request.slot, 'targetSlot', 'write');
    const { slot } = reference.grant;
    const resource = resourceOf(session, request.key, 'key');
    if (resource.kind !== 'key')
      throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a key`, { field: 'key' });
    const { entry } = resource;
    const { key, traits } = entry;
    entry.assertAlive();
    assertFilling(slot, traits.filling);
    if (traits.fromSlot)
      throw new KeyslotError('INVALID_OPERATION', 'a key that lives in a slot is not copied to another', { field: 'key' });
    if (key.provider !== slot.primary) {
      throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is in ${key.provider.name}, the slot in ${slot.primary.name}`, {
        field: 'targetSlot',
      });
    }
    if (key.algorithm !== slot.spec.algorithm) {
      throw new KeyslotError(
        'ALGORITHM_MISMATCH',
        `slot "${slot.spec.name}" takes ${slot.spec.algorithm.name}, not ${key.algorithm.name}`,
        { field: 'targetSlot' },
      );
    }
    const explicit = askedPermissions(request).permissions;
    if (explicit !== undefined && (explicit & ~traits.permissions) !== 0) {
      throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', 'the persisted key may not do more than the key it is a copy of', {
        field: 'permissions',
      });
    }
    const permissions =
      explicit === undefined && !traits.explicit
        ? traits.permissions & slot.usage
        : permissionsInSlot(slot, explicit ?? traits.permissions);
    entry.retain();
    try {
      await slot.fill({ from: 'key', key }, permissions, traits.publicPermissions, request.overwrite !== 0, call);
    } finally {
      entry.release();
    }
    return {};
  },

  async clearKey(session, request, call) {
    session.context(request.context, 'keyManagement');
    const resource = resourceOf(session, request.target, 'target');
    if (resource.kind === 'key') {
      session.releaseGuard(request.target);
      return {};
    }
    const reference = slotOf(session, request.target, 'target', undefined);
    assertRight(reference, 'clear', 'target');
    await reference.grant.slot.clear(call);
    return {};
  },
};
