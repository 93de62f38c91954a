/** Puts keys into slots: a generation is doomed in the ledger before its first object is made, and pardoned when all are there. */
import type { KeyRow } from '../../core/algorithms.js';
import type { Call, Provider, SlotSource, SlotSpec, StoredKey } from '../contract.js';
import type { Messages } from '../hosting/generated/messages.js';
import { algorithmNumber, keyFormatNumbers, keySourceNumbers } from '../hosting/host-enumerations.js';
import { assertWanted, patientCall } from './calls.js';
import { assertKeySupported } from './capabilities.js';
import { assertFacts, toldHalf } from './key-facts.js';
import { generationCost, importCost } from './keys.js';
import type { Granted, SlotLedger } from './slot-ledger.js';
import { slotId } from './slot-objects.js';
import { ownKey } from './token-key.js';
import type { TokenLink } from './token-link.js';

type StoreRequest = Messages['storeKey']['requestInput'];

export class SlotWriter {
  readonly #provider: Provider;
  readonly #link: TokenLink;
  readonly #ledger: () => SlotLedger;
  readonly #maxKeyLength: number;
  /** Writing that is under way, whether or not anybody still waits for it. */
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(provider: Provider, link: TokenLink, ledger: () => SlotLedger, maxKeyLength: number) {
    this.#provider = provider;
    this.#link = link;
    this.#ledger = ledger;
    this.#maxKeyLength = maxKeyLength;
  }

  isWriting(slot: string): boolean {
    return this.#writing.has(slot);
  }

  /** Resolves when no writing of the slot is under way, however it went. */
  async settled(slot: string): Promise<void> {
    await this.#writing.get(slot)?.catch(() => undefined);
  }

  /**
   * Goes on to its end, or back to its beginning, when the call is given up. The generation is the proposed one, or a higher one
   * where that number was used before.
   */
  async store(slot: SlotSpec, source: SlotSource, granted: Granted, proposed: number, call: Call): Promise<StoredKey> {
    await this.settled(slot.name);
    const row = source.from === 'key' ? source.key.algorithm : source.algorithm;
    if (source.from !== 'key') assertKeySupported(row, this.#link.facts, this.#maxKeyLength);
    const generation = Math.max(proposed, this.#ledger().highest(slot.name) + 1);
    const work = this.#write(slot.name, row, await this.#requestOf(source, call), granted, generation, call);
    this.#writing.set(slot.name, work);
    try {
      return await work;
    } finally {
      if (this.#writing.get(slot.name) === work) this.#writing.delete(slot.name);
    }
  }

  async #requestOf(source: SlotSource, call: Call): Promise<StoreRequest> {
    const from = keySourceNumbers.number(source.from, 'source');
    switch (source.from) {
      case 'generate':
        return { source: from, algorithm: algorithmNumber(source.algorithm) };
      case 'import':
        return {
          source: from,
          algorithm: algorithmNumber(source.algorithm),
          format: keyFormatNumbers.number(source.format, 'format'),
          keyData: source.keyData,
          passphrase: source.passphrase,
        };
      case 'key':
        return {
          source: from,
          algorithm: algorithmNumber(source.key.algorithm),
          key: await ownKey(source.key, this.#provider).number(call),
        };
    }
  }

  async #write(slot: string, row: KeyRow, request: StoreRequest, granted: Granted, generation: number, call: Call): Promise<StoredKey> {
    const id = slotId(slot, generation);
    const patient = patientCall(call.caller);
    this.#ledger().doom(slot, generation);
    // Remains of an earlier try under the same number, of which the ledger was lost, would make this one ambiguous.
    await this.#link.request('destroyObjects', { label: slot, id }, 'short', patient);
    try {
      assertWanted(call);
      const cost = request.source === keySourceNumbers.number('generate', 'source') ? generationCost(row) : importCost(request.passphrase);
      const facts = await this.#link.request('storeKey', { ...request, label: slot, id, ...granted }, cost, patient);
      assertFacts(row, facts);
      assertWanted(call);
      this.#ledger().commit(slot, generation, granted);
      return { generation, algorithm: row, keyLength: facts.keyLength, half: toldHalf(facts), ...granted };
    } catch (error) {
      await this.#undo(slot, generation, id);
      throw error;
    }
  }

  /** Where the host can't be asked the generation stays doomed, and goes when the token is back. */
  async #undo(slot: string, generation: number, id: Uint8Array): Promise<void> {
    try {
      await this.#link.request('destroyObjects', { label: slot, id }, 'short', patientCall(0));
      this.#ledger().buried(slot, generation);
    } catch {
      // Doomed it stays.
    }
  }
}
