import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId, ResourceType } from '../core/resources.js';
import type { ContextKind } from '../core/vocabulary.js';
import { resourceTypeNumbers } from '../protocol/enumerations.js';
import type { CreateContextResponse, QueryCapabilitiesResponse } from '../protocol/generated/messages.js';
import { rightsOf } from '../protocol/operations.js';
import { AeadContext } from './aead-context.js';
import { CipherContext } from './cipher-context.js';
import {
  type AeadContextConfig,
  type BaseContextConfig,
  type CipherContextConfig,
  createRequest,
  type HashContextConfig,
  idOf,
  type KeyManagementContextConfig,
  type MacContextConfig,
  type RandomContextConfig,
  type SignContextConfig,
  type VerifySignatureContextConfig,
} from './configs.js';
import { HashContext } from './hash-context.js';
import { KeyManagementContext } from './key-management-context.js';
import { KeyObject } from './key-object.js';
import type { Link } from './link.js';
import { MacContext } from './mac-context.js';
import { attempt, disposable, type Mode, type Owned, owned, type Result, ready } from './mode.js';
import { RandomContext } from './random-context.js';
import { SignContext } from './sign-context.js';
import type { CallOptions } from './transport.js';
import { VerifySignatureContext } from './verify-signature-context.js';
import {
  type AlgorithmCapabilities,
  algorithmCapabilities,
  type KeySlotObject,
  type ListedResource,
  type ProviderInfo,
  providerInfo,
  required,
  resourceId,
  type SystemCapabilities,
  slotInfo,
} from './views.js';

/** Resolves names and makes all other contexts. */
export class CryptoContext<M extends Mode> {
  readonly #link: Link<M>;

  constructor(link: Link<M>) {
    this.#link = link;
    disposable(this, link.mode, () => this.close());
  }

  /** Name of at most 64 bytes UTF-8; longer is PARAM_TRUNCATED. The same name in one session is the same id, whoever asks. */
  resolveResource(name: string, type: ResourceType, options?: CallOptions): Result<M, CryptoResourceId> {
    return attempt(this.#link.mode, () => {
      if (typeof name !== 'string') throw new KeyslotError('INVALID_ARGUMENT', 'name must be a string', { field: 'name' });
      const input = { name, type: resourceTypeNumbers.number(type, 'type') };
      return this.#link.call('resolveResource', input, ({ resource }) => resourceId(resource), options);
    });
  }

  /** The caller's own names. */
  listResources(type?: ResourceType, options?: CallOptions): Result<M, ListedResource[]> {
    return attempt(this.#link.mode, () =>
      this.#link.call(
        'listResources',
        { type: resourceTypeNumbers.number(type, 'type') },
        ({ resources }) =>
          resources.map(({ name, type: number, rights, info }) => ({
            name,
            type: resourceTypeNumbers.given(number, 'type'),
            rights: rightsOf(rights),
            ...(info === undefined ? {} : { info: slotInfo(info) }),
          })),
        options,
      ),
    );
  }

  createHashContext(config: HashContextConfig, options?: CallOptions): Result<M, Owned<M, HashContext<M>>> {
    return this.#create('hash', config, options, (link, made) => new HashContext(link, made.context, made.outputSize));
  }
  createMacContext(config: MacContextConfig, options?: CallOptions): Result<M, Owned<M, MacContext<M>>> {
    return this.#create('mac', config, options, (link, made) => new MacContext(link, made.context, made.outputSize));
  }
  createCipherContext(config: CipherContextConfig, options?: CallOptions): Result<M, Owned<M, CipherContext<M>>> {
    return this.#create('cipher', config, options, (link, made) => {
      const { blockSize, outputAtEnd, longestOutput: longest } = made;
      const tagSize = longest > 0 ? 0 : made.outputSize;
      const shape = { direction: config.direction, blockSize, tagSize, atEnd: outputAtEnd !== 0, longest };
      return new CipherContext(link, made.context, shape);
    });
  }
  createAeadContext(config: AeadContextConfig, options?: CallOptions): Result<M, Owned<M, AeadContext<M>>> {
    return this.#create(
      'aead',
      config,
      options,
      (link, made) => new AeadContext(link, made.context, made.outputSize, config.direction === 'decrypt' || made.outputAtEnd !== 0),
    );
  }
  createSignContext(config: SignContextConfig, options?: CallOptions): Result<M, Owned<M, SignContext<M>>> {
    return this.#create('sign', config, options, (link, made) => new SignContext(link, made.context, made.outputSize));
  }
  createVerifySignatureContext(
    config: VerifySignatureContextConfig,
    options?: CallOptions,
  ): Result<M, Owned<M, VerifySignatureContext<M>>> {
    return this.#create('verify', config, options, (link, made) => new VerifySignatureContext(link, made.context));
  }
  createRandomContext(config: RandomContextConfig = {}, options?: CallOptions): Result<M, Owned<M, RandomContext<M>>> {
    return this.#create('random', config, options, (link, made) => new RandomContext(link, made.context));
  }
  createKeyManagementContext(config: KeyManagementContextConfig = {}, options?: CallOptions): Result<M, Owned<M, KeyManagementContext<M>>> {
    return this.#create('keyManagement', config, options, (link, made) => new KeyManagementContext(link, made.context));
  }

  /** A read-only view of a key (guard or id), or of the key in a slot. */
  getKeyObject(key: CryptoResourceId, options?: CallOptions): Result<M, KeyObject<M>> {
    return attempt(this.#link.mode, () =>
      this.#link.call('getKeyInfo', { key: idOf(key, 'key') }, (info) => new KeyObject(this.#link, key, info), options),
    );
  }

  getKeySlotObject(slot: CryptoResourceId, options?: CallOptions): Result<M, KeySlotObject> {
    return attempt(this.#link.mode, () =>
      this.#link.call('getKeySlotInfo', { slot: idOf(slot, 'slot') }, ({ info, name }) => ({ ...slotInfo(info), id: slot, name }), options),
    );
  }

  getProviderInfo(provider: number | CryptoResourceId, options?: CallOptions): Result<M, ProviderInfo> {
    return attempt(this.#link.mode, () => {
      const input = typeof provider === 'number' ? { provider } : { resource: idOf(provider, 'provider') };
      return this.#link.call('getProviderInfo', input, (answer) => providerInfo(answer.provider), options);
    });
  }

  /** What the providers can do: of one algorithm, or of the whole system. */
  queryCapabilities(options?: CallOptions): Result<M, SystemCapabilities>;
  queryCapabilities(algorithm: string, options?: CallOptions): Result<M, AlgorithmCapabilities>;
  queryCapabilities(first?: string | CallOptions, second?: CallOptions): Result<M, SystemCapabilities | AlgorithmCapabilities> {
    if (typeof first === 'string') {
      const decode = (answer: QueryCapabilitiesResponse) => algorithmCapabilities(required(answer.algorithms[0], 'algorithm'));
      return this.#link.call('queryCapabilities', { algorithm: first }, decode, second);
    }
    const decode = ({ providers, algorithms }: QueryCapabilitiesResponse) => ({
      providers: providers.map(providerInfo),
      algorithms: algorithms.map(algorithmCapabilities),
    });
    return this.#link.call('queryCapabilities', {}, decode, first);
  }

  /** Holds nothing in the daemon itself; contexts made from it live on. */
  close(): Result<M, void> {
    return ready(this.#link.mode, undefined);
  }

  #create<T>(
    kind: ContextKind,
    config: BaseContextConfig,
    options: CallOptions | undefined,
    make: (link: Link<M>, made: CreateContextResponse) => T,
  ): Result<M, Owned<M, T>> {
    return attempt(this.#link.mode, () => {
      const link = this.#link.withTimeout(config.operationTimeout, config.disableTimeout);
      return link.call(
        'createContext',
        createRequest(kind, config),
        (made) => owned<M, T>(make(link, made)),
        options,
        ({ context }) => link.transport.post('closeContext', { context }),
      );
    });
  }
}
