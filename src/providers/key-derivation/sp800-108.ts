/** SP 800-108r1 section 4.1 to 4.3: counter mode, feedback mode and double pipeline with HMAC and AES-CMAC. */
import type { KdfSpec, ParameterValues } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { counterBytes, fillBlocks, mostBlocksOf32Bits } from './blocks.js';
import { counterInside } from './counter-inside.js';
import { bytesOf, hashOf, numberOf } from './parameters.js';
import { cmacPrf, type Prf, withHmac } from './prf.js';
import { refuse } from './refuse.js';

/** Around the fixed input, or before the iteration variable: K(i-1) of feedback mode, A(i) of the double pipeline. */
export type CounterLocation = 'before-fixed' | 'after-fixed' | 'middle-fixed' | 'before-iterator' | 'none';
export interface Counter {
  readonly location: CounterLocation;
  /** Bytes. */
  readonly size: number;
  /** Bits of the fixed input before a counter in its middle. */
  readonly offset?: number;
}

type Parts = readonly Uint8Array[];
type Arrange = (counter: Uint8Array, iterator: Uint8Array) => Parts;

const arrangements: Readonly<Record<Exclude<CounterLocation, 'middle-fixed'>, (fixed: Uint8Array) => Arrange>> = {
  'before-fixed': (fixed) => (counter, iterator) => [iterator, counter, fixed],
  'after-fixed': (fixed) => (counter, iterator) => [iterator, fixed, counter],
  'before-iterator': (fixed) => (counter, iterator) => [counter, iterator, fixed],
  none: (fixed) => (_counter, iterator) => [iterator, fixed],
};

function arrange({ location, offset = 0 }: Counter, fixed: Uint8Array): Arrange {
  return location === 'middle-fixed' ? counterInside(fixed, offset) : arrangements[location](fixed);
}

function mostBlocks({ location, size }: Counter): number {
  return location === 'none' ? mostBlocksOf32Bits : 2 ** (8 * size) - 1;
}

const nothing = new Uint8Array(0);

/** Section 4.1. The caller wipes the result, here and below. */
export function counterMode(prf: Prf, counter: Counter, fixed: Uint8Array, size: number): Uint8Array {
  if (counter.location === 'none' || counter.location === 'before-iterator') {
    refuse('kdf.counterLocation', `counter mode can't have its counter at ${counter.location}`);
  }
  const input = arrange(counter, fixed);
  return fillBlocks(size, prf.outputSize, mostBlocks(counter), (number) =>
    prf.apply(...input(counterBytes(number, counter.size), nothing)),
  );
}

function requireNotInside({ location }: Counter): void {
  if (location === 'middle-fixed') refuse('kdf.counterLocation', 'only counter mode has its counter in the middle of the fixed input');
}

/** Section 4.2; an empty IV is one of length zero. */
export function feedbackMode(prf: Prf, counter: Counter, fixed: Uint8Array, iv: Uint8Array, size: number): Uint8Array {
  requireNotInside(counter);
  const input = arrange(counter, fixed);
  return fillBlocks(size, prf.outputSize, mostBlocks(counter), (number, previous) =>
    prf.apply(...input(counterBytes(number, counter.size), number === 1 ? iv : previous)),
  );
}

/** Section 4.3. */
export function doublePipeline(prf: Prf, counter: Counter, fixed: Uint8Array, size: number): Uint8Array {
  requireNotInside(counter);
  const input = arrange(counter, fixed);
  let iterator: Uint8Array | undefined;
  try {
    return fillBlocks(size, prf.outputSize, mostBlocks(counter), (number) => {
      const last = iterator;
      iterator = prf.apply(last ?? fixed);
      wipe(last);
      return prf.apply(...input(counterBytes(number, counter.size), iterator));
    });
  } finally {
    wipe(iterator);
  }
}

/** `counterLength` (bits), `counterLocation` and, for a counter in the middle, `counterOffset` (bits). Without a counter its length is not looked at. */
export function counterOf(parameters: ParameterValues): Counter {
  const location = (parameters.counterLocation ?? 'before-fixed') as CounterLocation;
  const size = numberOf(parameters, 'counterLength') / 8;
  const offset = parameters.counterOffset;
  if (location !== 'middle-fixed') {
    if (offset !== undefined) refuse('kdf.counterOffset', 'kdf.counterOffset is for a counter in the middle of the fixed input');
    return { location, size };
  }
  if (typeof offset !== 'number') refuse('kdf.counterOffset', 'a counter in the middle of the fixed input needs kdf.counterOffset');
  return { location, size, offset };
}

/** Label ‖ 0x00 ‖ Context ‖ [L]32 with L in bits, or `fixedInput` as it is. */
function fixedInputOf(parameters: ParameterValues, size: number): Uint8Array {
  const { label, seed, fixedInput } = parameters;
  if (fixedInput === undefined) {
    return Buffer.concat([bytesOf(parameters, 'label'), Uint8Array.of(0), bytesOf(parameters, 'seed'), counterBytes(8 * size, 4)]);
  }
  if (label !== undefined || seed !== undefined) refuse('kdf.fixedInput', 'kdf.fixedInput takes the place of kdf.label and kdf.seed');
  return bytesOf(parameters, 'fixedInput');
}

type Mode = (prf: Prf, counter: Counter, fixed: Uint8Array, size: number, iv: Uint8Array) => Uint8Array;

function derivation(mode: Mode) {
  return (spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array => {
    const { parameters } = spec;
    const counter = counterOf(parameters);
    const fixed = fixedInputOf(parameters, size);
    const derive = (prf: Prf): Uint8Array => mode(prf, counter, fixed, size, bytesOf(parameters, 'iv'));
    return spec.algorithm.prf === 'cmac' ? derive(cmacPrf(secret, 'key')) : withHmac(hashOf(spec), secret, derive);
  };
}

export const sp800108Counter = derivation(counterMode);
export const sp800108Feedback = derivation((prf, counter, fixed, size, iv) => feedbackMode(prf, counter, fixed, iv, size));
export const sp800108DoublePipeline = derivation(doublePipeline);
