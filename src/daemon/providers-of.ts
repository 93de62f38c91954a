/** Which provider executes: by id, name or selection, for contexts with and without a key. */
import type { OperationRow } from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';
import type { ContextKind, ProviderSelection } from '../core/vocabulary.js';
import type { ParameterValues, Provider } from '../providers/contract.js';

/** What a request says about its provider; at most one of them. */
export interface ProviderWish {
  readonly id: number;
  readonly name: string;
  readonly selection: ProviderSelection;
}

export class ProviderRegistry {
  readonly #all: readonly Provider[];
  constructor(all: readonly Provider[]) {
    this.#all = all;
  }

  get all(): readonly Provider[] {
    return this.#all;
  }
  byId(id: number): Provider | undefined {
    return this.#all.find((provider) => provider.id === id);
  }
  byName(name: string): Provider | undefined {
    return this.#all.find((provider) => provider.name === name);
  }

  /** The one that a wish names. @throws PROVIDER_NOT_AVAILABLE for one that does not exist; undefined when none is named. */
  named(wish: ProviderWish): Provider | undefined {
    if (wish.id === 0 && wish.name === '') return undefined;
    const provider = wish.id !== 0 ? this.byId(wish.id) : this.byName(wish.name);
    if (provider !== undefined) return provider;
    const names = this.#all.map((one) => `${one.name} (${one.id})`).join(', ');
    throw new KeyslotError(
      'PROVIDER_NOT_AVAILABLE',
      `there is no provider ${wish.id !== 0 ? wish.id : `"${wish.name}"`}; there are: ${names}`,
      {
        field: 'provider',
        retryable: false,
      },
    );
  }

  /** Providers in the order in which a selection tries them; `default` is the configuration's order. */
  #inOrder(selection: ProviderSelection): readonly Provider[] {
    const of = (type: Provider['type']) => this.#all.filter((provider) => provider.type === type);
    const orders: Readonly<Record<ProviderSelection, readonly Provider[]>> = {
      default: this.#all,
      hardware: of('hardware'),
      software: of('software'),
      hardwarePreferred: [...of('hardware'), ...of('software')],
      softwarePreferred: [...of('software'), ...of('hardware')],
    };
    return orders[selection];
  }

  /**
   * The provider of a context without a key: the first in order that is ready and can do it. `fits` answers the reason when not.
   * @throws UNSUPPORTED_ALGORITHM when none can, PROVIDER_NOT_AVAILABLE when those that can are not ready
   */
  choose(wish: ProviderWish, fits: (provider: Provider) => true | string): Provider {
    const named = this.named(wish);
    const candidates = named === undefined ? this.#inOrder(wish.selection) : [named];
    if (candidates.length === 0)
      throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `no ${wish.selection} provider is configured`, {
        field: 'provider',
        retryable: false,
      });
    const reasons: string[] = [];
    let away: Provider | undefined;
    for (const provider of candidates) {
      const fit = fits(provider);
      if (fit !== true) reasons.push(`${provider.name}: ${fit}`);
      else if (provider.status().state === 'ready') return provider;
      else away ??= provider;
    }
    if (away === undefined) throw new KeyslotError('UNSUPPORTED_ALGORITHM', reasons.join('; '), { field: 'algorithm' });
    const reason = away.status().reason;
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `provider ${away.name} is not ready${reason === undefined ? '' : `: ${reason}`}`, {
      field: 'provider',
    });
  }

  /**
   * The provider of a context with a key: the key's. A wish that rules it out is refused, since keys don't move between providers.
   * @throws CROSS_PROVIDER_INCOMPATIBLE
   */
  ofKey(key: Provider, wish: ProviderWish): Provider {
    const named = this.named(wish);
    const ruledOut =
      named === undefined ? (wish.selection === 'hardware' || wish.selection === 'software') && key.type !== wish.selection : named !== key;
    if (!ruledOut) return key;
    throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key lives in provider ${key.name} and can't be used in another`, {
      field: 'provider',
    });
  }
}

/** Whether a provider can run an operation, as `choose` asks. */
export function canRun(
  algorithm: OperationRow,
  kind: ContextKind,
  parameters: ParameterValues,
  tagLength: number,
): (provider: Provider) => true | string {
  return (provider) => provider.supports(algorithm, kind, parameters, tagLength);
}
