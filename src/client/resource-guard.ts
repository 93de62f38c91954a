import type { CryptoResourceId, Persistence, ResourceType } from '../core/resources.js';
import { type Link, nothing, releasedInTime, releaseWhenForgotten } from './link.js';
import { disposable, type Mode, type Result, ready } from './mode.js';
import type { CallOptions } from './transport.js';

/**
 * Owner of an ephemeral key, and usable as its id. It must be active when a context is created with it; afterwards it may be
 * released in any order. Usable in the whole session while its key-management context is open.
 */
export class CryptoResourceGuard<M extends Mode> implements CryptoResourceId {
  readonly id: number;
  readonly type: ResourceType;
  readonly persistence: Persistence;
  readonly primaryProvider: number;
  readonly #link: Link<M>;
  #active = true;

  constructor(link: Link<M>, resource: CryptoResourceId) {
    this.id = resource.id;
    this.type = resource.type;
    this.persistence = resource.persistence;
    this.primaryProvider = resource.primaryProvider;
    this.#link = link;
    disposable(this, link.mode, () => this.release());
    releaseWhenForgotten(this, link.transport, 'releaseKey', this.id);
  }

  /** What the client knows: false after a release, or once the session has ended. */
  isActive(): boolean {
    return this.#active && !this.#link.transport.lost;
  }

  /** Explicit release, which can fail; disposal releases silently. A second release is a no-op. */
  release(options?: CallOptions): Result<M, void> {
    if (!this.#active) return ready(this.#link.mode, undefined);
    this.#active = false;
    releasedInTime(this);
    if (this.#link.transport.lost) return ready(this.#link.mode, undefined);
    return this.#link.call('releaseKey', { key: this.id }, nothing, options);
  }

  toJSON(): CryptoResourceId {
    const { id, type, persistence, primaryProvider } = this;
    return { id, type, persistence, primaryProvider };
  }
}
