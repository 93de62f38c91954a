/** Puts keys into slots: a generation is doomed in the ledger before its first object is made, and pardoned when all are there. */
import type { KeyRow } from '../../core/algorithms.js';
import type { Call, Provider, SlotSource, SlotSpec, StoredKey } from '../contract.js';
import type { Messages } from '../hosting/generated/messages.js';
import { algorithmNumber, keySourceNumbers } from '../hosting/host-enumerations.js';
import type { KeyDecoder } from '../key-encoding/decoded-key.js';
import { assertWanted, patientCall } from './calls.js';
import { assertKeySupported } from './capabilities.js';
import { withImportFields } from './import-source.js';
import { assertFacts, toldHalf } from './key-facts.js';
import { generationCost } from './keys.js';
import type { Granted, SlotLedger } from './slot-ledger.js';
import { slotId } from './slot-objects.js';
import { ownKey } from './token-key.js';
import type { TokenLink } from './token-link.js';

type StoreRequest = Messages['storeKey']['requestInput'];

export interface SlotWriterParts {
  readonly provider: Provider;
  readonly link: TokenLink;
  readonly ledger: () => SlotLedger;
  readonly decoder: KeyDecoder;
  readonly maxKeyLength: number;
}

export class SlotWriter {
  readonly #provider: Provider;
  readonly #link: TokenLink;
  readonly #ledger: () => SlotLedger;
  readonly #decoder: KeyDecoder;
  readonly #maxKeyLength: number;
  /** Writing that is under way, whether or not anybody still waits for it. */
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor({ provider, link, ledger, decoder, maxKeyLength }: SlotWriterParts) {
    this.#provider = provider;
    this.#link = link;
    this.#ledger = ledger;
    this.#decoder = decoder;
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
    const row = source.from === 'key' ? source.key.algorithm : source.algorithm;
    if (source.from !== 'key') assertKeySupported(row, this.#link.facts, this.#maxKeyLength);
    return this.#withRequest(source, call, async (request) => {
      await this.settled(slot.name);
      const generation = Math.max(proposed, this.#ledger().highest(slot.name) + 1);
      const work = this.#write(slot.name, row, request, granted, generation, call);
      this.#writing.set(slot.name, work);
      try {
        return await work;
      } finally {
        if (this.#writing.get(slot.name) === work) this.#writing.delete(slot.name);
      }
    });
  }

  async #withRequest<T>(given: SlotSource, call: Call, use: (request: StoreRequest) => Promise<T>): Promise<T> {
    const source = keySourceNumbers.number(given.from, 'source');
    switch (given.from) {
      case 'generate':
        return use({ source, algorithm: algorithmNumber(given.algorithm) });
      case 'import':
        return withImportFields(given, this.#decoder, call, (fields) => use({ source, ...fields }));
      case 'key':
        return use({ source, algorithm: algorithmNumber(given.key.algorithm), key: await ownKey(given.key, this.#provider).number(call) });
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
      const cost = request.source === keySourceNumbers.number('generate', 'source') ? generationCost(row) : 'short';
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
