/** What a provider claims in its capabilities, which decides what is asked of it. */
import type { CryptoContext } from '../../src/client/index.js';

/** An algorithm, or a kind of key, and what is done with it, in the words of the capabilities. */
export type Claim = readonly [algorithm: string, operation: string];

export class Claims {
  readonly #claimed: ReadonlySet<string>;

  constructor(claims: Iterable<Claim>) {
    this.#claimed = new Set(Array.from(claims, nameOf));
  }

  static async of(context: CryptoContext, provider: number): Promise<Claims> {
    const { algorithms } = await context.queryCapabilities();
    return new Claims(
      algorithms.flatMap(({ algorithm, providers }) =>
        providers
          .filter(({ id }) => id === provider)
          .flatMap(({ operations }) => operations.map((operation): Claim => [algorithm, operation])),
      ),
    );
  }

  has(claim: Claim): boolean {
    return this.#claimed.has(nameOf(claim));
  }
  hasAll(claims: readonly Claim[]): boolean {
    return claims.every((claim) => this.has(claim));
  }
  with(more: readonly Claim[]): Claims {
    return new Claims([...Array.from(this.#claimed, (name) => JSON.parse(name) as Claim), ...more]);
  }
}

function nameOf(claim: Claim): string {
  return JSON.stringify(claim);
}
