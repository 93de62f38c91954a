/**
 * Slots on the token. Object and slot are tied by label and id; the ledger remembers what the token can't. A generation counts once
 * all its objects are there and read back, and the ledger says so; until then it is doomed.
 */

import { KeyslotError } from '../../core/errors.js';
import { fittingPermissions, KeyOperationPermission } from '../../core/permissions.js';
import type { Call, Provider, ProviderKey, ProviderSlots, SlotSource, SlotSpec, StoredKey } from '../contract.js';
import type { StoredObject } from '../hosting/generated/messages.js';
import type { HostLog } from '../hosting/host.js';
import { patientCall, whileWanted } from './calls.js';
import { GenerationUses } from './generation-uses.js';
import { rowOfFacts, toldHalf } from './key-facts.js';
import { type ObjectSelector, parseObjectUri } from './pkcs11-uri.js';
import type { SlotLedger } from './slot-ledger.js';
import { gather, generationsOf, isComplete, mainObject, type ObjectSet, slotId } from './slot-objects.js';
import type { SlotWriter } from './slot-writer.js';
import { StoredTokenKey } from './token-key.js';
import type { TokenLink } from './token-link.js';
import { heldPermissions } from './uses.js';

/** Adopted objects keep their names, so there is no room for a second generation. */
const adoptedGeneration = 1;

export class Pkcs11Slots implements ProviderSlots {
  readonly #provider: Provider;
  readonly #link: TokenLink;
  readonly #ledger: () => SlotLedger;
  readonly #writer: SlotWriter;
  readonly #log: HostLog;
  readonly #uses = new GenerationUses();

  /** `ledger` throws while the token was not seen yet. */
  constructor(provider: Provider, link: TokenLink, ledger: () => SlotLedger, writer: SlotWriter, log: HostLog) {
    this.#provider = provider;
    this.#link = link;
    this.#ledger = ledger;
    this.#log = log;
    this.#writer = writer;
  }

  async inspect(slot: SlotSpec, call: Call): Promise<StoredKey | undefined> {
    if (slot.object !== undefined) return this.#inspectAdopted(slot, parseObjectUri(slot.object, 'object'), call);
    await this.#writer.settled(slot.name);
    const { objects } = await this.#link.request('findObjects', { label: slot.name, hasLabel: 1 }, 'short', call);
    let current: StoredKey | undefined;
    for (const [generation, set] of generationsOf(slot.name, objects)) {
      if (set.ambiguous) throw ambiguous(slot, `id ${Buffer.from(slotId(slot.name, generation)).toString('hex')}`);
      const counts = current === undefined && isComplete(set) && !this.#ledger().isDoomed(slot.name, generation);
      if (counts) current = this.#stored(slot, generation, set);
      else await this.#removeLeftover(slot.name, generation);
    }
    return current;
  }

  async #inspectAdopted(slot: SlotSpec, { label, id }: ObjectSelector, call: Call): Promise<StoredKey | undefined> {
    const name = { label, hasLabel: label === undefined ? 0 : 1, id, hasId: id === undefined ? 0 : 1 };
    const { objects } = await this.#link.request('findObjects', name, 'short', call);
    const set = gather(objects);
    if (set.ambiguous) throw ambiguous(slot, slot.object ?? '');
    return mainObject(set) === undefined ? undefined : this.#stored(slot, adoptedGeneration, set);
  }

  /** @throws ALGORITHM_MISMATCH for a key that is of no kind that Keyslot knows */
  #stored(slot: SlotSpec, generation: number, set: ObjectSet): StoredKey {
    const main = mainObject(set) as StoredObject;
    const algorithm = rowOfFacts(slot.algorithm, main);
    if (algorithm === undefined) {
      throw new KeyslotError('ALGORITHM_MISMATCH', `slot "${slot.name}" holds a key of a kind that Keyslot does not know`, {
        field: 'object',
      });
    }
    const half = toldHalf(main);
    const granted = this.#ledger().granted(slot.name, generation);
    const publicHalf = set.byHalf.get('public');
    const fitting = fittingPermissions(algorithm.keyType) | KeyOperationPermission.export;
    const held = heldPermissions(half, algorithm.keyType);
    const heldByPublic = publicHalf === undefined ? 0 : heldPermissions('public', algorithm.keyType);
    return {
      generation,
      algorithm,
      keyLength: main.keyLength,
      half,
      permissions: narrow(main.permissions & fitting, granted?.permissions, held),
      publicPermissions: narrow(publicHalf?.permissions ?? 0, granted?.publicPermissions, heldByPublic),
    };
  }

  async #removeLeftover(slot: string, generation: number): Promise<void> {
    if (this.#uses.isUsed(slot, generation)) return;
    const destroyed = await this.#destroy(slot, generation);
    this.#log.warn(
      { provider: this.#provider.name, slot, generation, objects: destroyed },
      'a leftover of unfinished work was removed from the token',
    );
  }

  async load(slot: SlotSpec, stored: StoredKey, call: Call): Promise<ProviderKey> {
    const { generation, algorithm, keyLength, half } = stored;
    const selector =
      slot.object === undefined ? { label: slot.name, id: slotId(slot.name, generation) } : parseObjectUri(slot.object, 'object');
    const traits = { provider: this.#provider, algorithm, keyLength, half };
    const key = new StoredTokenKey(this.#link, traits, selector, this.#uses.of(slot.name, generation));
    try {
      await whileWanted(call, key.number(call));
      return key;
    } catch (error) {
      key.release();
      throw error;
    }
  }

  async store(
    slot: SlotSpec,
    source: SlotSource,
    permissions: number,
    publicPermissions: number,
    generation: number,
    call: Call,
  ): Promise<StoredKey> {
    assertOwn(slot);
    return whileWanted(call, this.#writer.store(slot, source, { permissions, publicPermissions }, generation, call));
  }

  async clear(slot: SlotSpec, generation: number): Promise<void> {
    assertOwn(slot);
    this.#ledger().doom(slot.name, generation);
  }

  retire(slot: SlotSpec, generation: number): void {
    if (slot.object === undefined) this.#uses.whenUnused(slot.name, generation, () => this.#retireNow(slot.name, generation));
  }

  #retireNow(slot: string, generation: number): void {
    this.#destroy(slot, generation).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.#log.warn({ provider: this.#provider.name, slot, generation, reason }, 'a retired key stays on the token for now');
    });
  }

  /** The token is there again: what is doomed and not in use goes. */
  bury(): void {
    for (const { slot, generation } of this.#ledger().doomed) {
      if (!this.#uses.isUsed(slot, generation) && !this.#writer.isWriting(slot)) {
        this.#removeLeftover(slot, generation).catch(() => undefined);
      }
    }
  }

  /** Objects first, then the memory of them: what is cut off in between is done again. */
  async #destroy(slot: string, generation: number): Promise<number> {
    const { destroyed } = await this.#link.request(
      'destroyObjects',
      { label: slot, id: slotId(slot, generation) },
      'short',
      patientCall(0),
    );
    this.#ledger().buried(slot, generation);
    return destroyed;
  }
}

function ambiguous(slot: SlotSpec, name: string): KeyslotError {
  return new KeyslotError(
    'OPERATION_FAILED',
    `several keys on the token have the name of slot "${slot.name}" (${name}); remove all but one`,
    {
      field: 'object',
    },
  );
}

/** @throws UNSUPPORTED_OPERATION */
function assertOwn(slot: SlotSpec): void {
  if (slot.object === undefined) return;
  throw new KeyslotError(
    'UNSUPPORTED_OPERATION',
    `slot "${slot.name}" adopts an object of the token, which Keyslot neither replaces nor destroys`,
    {
      field: 'slot',
    },
  );
}

/** What attributes and ledger both allow; what no attribute of this half can hold is the ledger's to grant. */
function narrow(attributes: number, granted: number | undefined, held: number): number {
  return granted === undefined ? attributes : (attributes & granted) | (granted & ~held);
}
