/** Contexts that encrypt or decrypt chunks, renewed before they have remembered as many nonces as a context can. */
import type { AeadContext, CallOptions, CryptoResourceId } from '../../client/index.js';
import type { Crypto } from '../crypto.js';

/** Nonces that a context remembers, by the client's contract. */
export const usesOfContext = 65_536;

export interface ChunkKey {
  readonly key: CryptoResourceId;
  readonly algorithm: string;
  readonly provider?: number | string;
}

export class ChunkContexts implements AsyncDisposable {
  readonly #crypto: Crypto;
  readonly #key: ChunkKey;
  readonly #direction: 'encrypt' | 'decrypt';
  readonly #mostUses: number;
  #context: AeadContext | undefined;
  #uses = 0;

  constructor(crypto: Crypto, key: ChunkKey, direction: 'encrypt' | 'decrypt', mostUses = usesOfContext) {
    this.#crypto = crypto;
    this.#key = key;
    this.#direction = direction;
    this.#mostUses = mostUses;
  }

  /** For each call. */
  get call(): CallOptions {
    return this.#crypto.call;
  }

  /** The context for one more chunk; `idle` resolves when nothing is under way any more. */
  async forChunk(idle: () => Promise<void>): Promise<AeadContext> {
    if (this.#context !== undefined && this.#uses >= this.#mostUses) {
      await idle();
      await this.#close();
    }
    this.#context ??= await this.#crypto.crypto.createAeadContext({ ...this.#key, direction: this.#direction }, this.#crypto.call);
    this.#uses += 1;
    return this.#context;
  }

  async #close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    this.#uses = 0;
    await context?.close(this.#crypto.call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close().catch(() => undefined);
  }
}
