/** Signatures of ML-DSA (FIPS 204 algorithms 2 and 3) and SLH-DSA (FIPS 205 algorithms 22 and 24) of a whole message. */
import { sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { pairOfSeed } from './key-pairs.js';
import { nobleSigner } from './noble.js';
import { nodeHas, privateObject, publicObject } from './node-keys.js';
import { type ParameterSet, parameterSet } from './parameter-sets.js';

export interface VerifyingOptions {
  /** Up to 255 bytes; nothing is the same as empty. */
  readonly context?: Uint8Array | undefined;
}
export interface SigningOptions extends VerifyingOptions {
  /** Signs without fresh randomness (FIPS 204 3.4, FIPS 205 9.2). */
  readonly deterministic?: boolean | undefined;
}

const longestContext = 255;
const nothing = new Uint8Array(0);

/** @throws INVALID_ARGUMENT with field `context` */
function contextOf({ context = nothing }: VerifyingOptions): Uint8Array {
  if (context.length <= longestContext) return context;
  throw new KeyslotError('INVALID_ARGUMENT', `the context has more than ${longestContext} bytes`, { field: 'context' });
}

let contextKnown: boolean | undefined;
/** The first versions with ML-DSA ignore the option. */
function nodeTakesContext(): boolean {
  contextKnown ??= probeContext();
  return contextKnown;
}
function probeContext(): boolean {
  const set = parameterSet('ML-DSA-44');
  if (!nodeHas(set)) return false;
  const { privateKey, publicKey } = pairOfSeed(set.name, new Uint8Array(set.sizes.seed));
  const context = Uint8Array.of(1);
  const signature = nodeSign(null, nothing, withContext(privateObject(set, privateKey), context));
  return (
    !nodeVerify(null, nothing, publicObject(set, publicKey), signature) &&
    nobleSigner(set.name).verify(signature, nothing, publicKey, { context })
  );
}

/** The types of Node 20 do not know the option. */
function withContext(key: ReturnType<typeof publicObject>, context: Uint8Array): { key: typeof key } {
  return context.length === 0 ? { key } : ({ key, context } as { key: typeof key });
}

function nodeDoes(set: ParameterSet, context: Uint8Array): boolean {
  return nodeHas(set) && (context.length === 0 || nodeTakesContext());
}

/**
 * `privateKey` is the expanded key, checked before; it and the message stay the caller's. The signature is fresh memory.
 * Without node:crypto SLH-DSA takes many seconds, with it up to one: for the slow host.
 * @throws INVALID_ARGUMENT with field `context`
 */
export function signMessage(name: string, privateKey: Uint8Array, message: Uint8Array, options: SigningOptions = {}): Uint8Array {
  const set = parameterSet(name);
  const context = contextOf(options);
  // node:crypto does not offer deterministic signatures.
  if (options.deterministic !== true && nodeDoes(set, context)) {
    return Uint8Array.from(nodeSign(null, message, withContext(privateObject(set, privateKey), context)));
  }
  const entropy = options.deterministic === true ? { extraEntropy: false as const } : {};
  return Uint8Array.from(nobleSigner(name).sign(message, privateKey, { context, ...entropy }));
}

/**
 * False for every signature that is not of this message, key and context, whatever its form or length.
 * @throws INVALID_ARGUMENT with field `context`
 */
export function verifyMessage(
  name: string,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  options: VerifyingOptions = {},
): boolean {
  const set = parameterSet(name);
  const context = contextOf(options);
  if (signature.length !== set.outputSize) return false;
  if (nodeDoes(set, context)) return nodeVerify(null, message, withContext(publicObject(set, publicKey), context), signature);
  return nobleSigner(name).verify(signature, message, publicKey, { context });
}
