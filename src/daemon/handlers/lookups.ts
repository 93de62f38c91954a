/** Finding what an id means, with the errors that callers see. */
import { type KeyRow, keyAlgorithm } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { maxNameBytes, type SlotRight } from '../../core/resources.js';
import type { Provider } from '../../providers/contract.js';
import type { KeyEntry } from '../key-entry.js';
import type { RequestCall } from '../request-call.js';
import type { Resource, Session, SlotReference } from '../session.js';

/** @throws RESOURCE_NOT_FOUND that names the field */
export function resourceOf(session: Session, id: number, field: string): Resource {
  const resource = session.get(id);
  if (resource !== undefined) return resource;
  throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no such ${field} in this session, or it was released`, { field });
}

/** A slot with a right. @throws RESOURCE_NOT_FOUND, INVALID_RESOURCE_TYPE, ACCESS_DENIED */
export function slotOf(session: Session, id: number, field: string, right: SlotRight | undefined): SlotReference {
  const resource = resourceOf(session, id, field);
  if (resource.kind !== 'slot')
    throw new KeyslotError('INVALID_RESOURCE_TYPE', `${field} is of a ${resource.kind}, not of a key slot`, { field });
  if (right !== undefined) assertRight(resource, right, field);
  return resource;
}

/** @throws ACCESS_DENIED */
export function assertRight(slot: SlotReference, right: SlotRight, field: string): void {
  if (slot.grant.rights.has(right)) return;
  const has = [...slot.grant.rights].join(', ');
  throw new KeyslotError('ACCESS_DENIED', `slot "${slot.grant.alias}" is not yours to ${right}; your rights: ${has}`, { field });
}

/** The key of a guard or, loaded, of a slot, with one reference for the caller, who releases it. */
export async function keyOf(session: Session, id: number, call: RequestCall, field = 'key'): Promise<KeyEntry> {
  const resource = resourceOf(session, id, field);
  if (resource.kind === 'key') {
    resource.entry.assertAlive();
    resource.entry.retain();
    return resource.entry;
  }
  if (resource.kind !== 'slot')
    throw new KeyslotError('INVALID_RESOURCE_TYPE', `${field} is of a ${resource.kind}, not of a key or a key slot`, { field });
  assertRight(resource, 'use', field);
  return resource.grant.slot.acquire(call);
}

/** @throws PARAM_TRUNCATED, UNSUPPORTED_ALGORITHM */
export function keyRowOf(name: string, provider: Provider): KeyRow {
  if (Buffer.byteLength(name) > maxNameBytes)
    throw new KeyslotError('PARAM_TRUNCATED', `the algorithm's name is longer than ${maxNameBytes} bytes`, { field: 'algorithm' });
  const row = keyAlgorithm(name);
  if (row === undefined) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `"${name}" is not a kind of key`, { field: 'algorithm' });
  const fit = provider.supportsKey(row);
  if (fit !== true) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `provider ${provider.name}: ${fit}`, { field: 'algorithm' });
  return row;
}
