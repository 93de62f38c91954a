/** Objects of one session by id; found by index and compared, without Map or bigint. */
import { indexOfId, joinId, maxIndex, type OpaqueIds, secretPartOfId } from './opaque-ids.js';

export class IdTable<T extends object> {
  readonly #ids: OpaqueIds;
  readonly #values: (T | undefined)[] = [];
  readonly #secretParts: number[] = [];
  readonly #free: number[] = [];
  #size = 0;

  constructor(ids: OpaqueIds) {
    this.#ids = ids;
  }

  get size(): number {
    return this.#size;
  }

  /** Stores a value and answers its id; undefined when the table is full. */
  add(value: T): number | undefined {
    const index = this.#free.pop() ?? this.#values.length;
    if (index > maxIndex) return undefined;
    const secretPart = this.#ids.nextSecretPart();
    this.#values[index] = value;
    this.#secretParts[index] = secretPart;
    this.#size += 1;
    return joinId(secretPart, index);
  }

  get(id: number): T | undefined {
    const index = indexOfId(id);
    return this.#secretParts[index] === secretPartOfId(id) ? this.#values[index] : undefined;
  }

  remove(id: number): T | undefined {
    const value = this.get(id);
    if (value === undefined) return undefined;
    const index = indexOfId(id);
    this.#values[index] = undefined;
    this.#secretParts[index] = 0;
    this.#free.push(index);
    this.#size -= 1;
    return value;
  }

  *values(): Generator<T> {
    for (const value of this.#values) if (value !== undefined) yield value;
  }
}
