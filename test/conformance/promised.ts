/**
 * The blocking client seen as the asynchronous one: its methods answer promises, so that the same checks run with both. The
 * objects behind stay what they are: arguments are handed on unwrapped.
 */
import type { CryptoStack } from '../../src/client/index.js';
import type { CryptoStack as BlockingStack } from '../../src/client/sync.js';

/** Methods that answer at once in both clients. */
const immediate: ReadonlySet<string> = new Set(['isActive', 'getOutputSize', 'toJSON', 'destroy']);
const originals = new WeakMap<object, object>();

function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const original = originals.get(value);
  if (original !== undefined) return original;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unwrap(inner)]));
}

function isClientObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) !== Object.prototype;
}

function wrap(value: unknown): unknown {
  if (!isClientObject(value)) return value;
  const face = new Proxy(value, {
    get(target, name) {
      if (name === Symbol.asyncDispose) return async () => (target as Disposable)[Symbol.dispose]();
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const call = (...args: unknown[]): unknown => wrap(Reflect.apply(member, target, args.map(unwrap)));
      return typeof name === 'string' && immediate.has(name) ? call : async (...args: unknown[]) => call(...args);
    },
  });
  originals.set(face, value);
  return face;
}

export function promised(stack: BlockingStack): CryptoStack {
  return wrap(stack) as CryptoStack;
}
