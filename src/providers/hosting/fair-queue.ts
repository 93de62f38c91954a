/**
 * Who is next at a host: classes of cost in turn, callers in turn within a class, first come first served within a caller. So
 * nobody's RSA starves another's MACs, and nobody's hundred requests starve another's one.
 */
import { type CostClass, costClasses, outstandingByCaller, outstandingByClass, outstandingTotal } from './cost.js';

export interface Waiting {
  readonly cost: CostClass;
  readonly caller: number;
}

/** Callers of one class in the order of their turns. */
type Line<T> = Map<number, T[]>;

export class FairQueue<T extends Waiting> {
  readonly #lines: Readonly<Record<CostClass, Line<T>>> = { short: new Map(), ecdsa: new Map(), rsa: new Map(), slow: new Map() };
  readonly #outstandingOfClass: Record<CostClass, number> = { short: 0, ecdsa: 0, rsa: 0, slow: 0 };
  readonly #outstandingOfCaller = new Map<number, number>();
  #outstanding = 0;
  #waiting = 0;
  #turn = 0;

  get waiting(): number {
    return this.#waiting;
  }
  get outstanding(): number {
    return this.#outstanding;
  }

  add(item: T): void {
    const line = this.#lines[item.cost];
    const own = line.get(item.caller);
    if (own === undefined) line.set(item.caller, [item]);
    else own.push(item);
    this.#waiting += 1;
  }

  /** Takes back an item that still waits; false when it does not. */
  remove(item: T): boolean {
    const line = this.#lines[item.cost];
    const own = line.get(item.caller);
    const at = own?.indexOf(item) ?? -1;
    if (own === undefined || at < 0) return false;
    own.splice(at, 1);
    if (own.length === 0) line.delete(item.caller);
    this.#waiting -= 1;
    return true;
  }

  /** The next item that may start now, counted as outstanding from here on; undefined when none may. */
  next(): T | undefined {
    if (this.#outstanding >= outstandingTotal) return undefined;
    for (let i = 0; i < costClasses.length; i++) {
      const cost = costClasses[(this.#turn + i) % costClasses.length] as CostClass;
      if (this.#outstandingOfClass[cost] >= outstandingByClass[cost]) continue;
      const item = this.#nextOfClass(cost);
      if (item === undefined) continue;
      this.#turn = (this.#turn + i + 1) % costClasses.length;
      return item;
    }
    return undefined;
  }

  #nextOfClass(cost: CostClass): T | undefined {
    const line = this.#lines[cost];
    for (const [caller, own] of line) {
      if ((this.#outstandingOfCaller.get(caller) ?? 0) >= outstandingByCaller) continue;
      const item = own.shift() as T;
      line.delete(caller);
      if (own.length > 0) line.set(caller, own);
      this.#waiting -= 1;
      this.#count(item, 1);
      return item;
    }
    return undefined;
  }

  /** An item that `next` gave is answered. */
  done(item: T): void {
    this.#count(item, -1);
  }

  /** Empties the queue; what is outstanding stays counted until it is done. */
  drain(): T[] {
    const all = costClasses.flatMap((cost) => [...this.#lines[cost].values()].flat());
    for (const cost of costClasses) this.#lines[cost].clear();
    this.#waiting = 0;
    return all;
  }

  #count(item: T, by: 1 | -1): void {
    this.#outstanding += by;
    this.#outstandingOfClass[item.cost] += by;
    const ofCaller = (this.#outstandingOfCaller.get(item.caller) ?? 0) + by;
    if (ofCaller === 0) this.#outstandingOfCaller.delete(item.caller);
    else this.#outstandingOfCaller.set(item.caller, ofCaller);
  }
}
