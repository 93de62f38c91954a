/** Damages messages the way that finds most: few changes, aimed at the structure in front. */

export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

const telling = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff];
/** Most of a message's structure lies in front of this. */
const front = 96;

type Change = (bytes: Uint8Array, view: DataView, head: number, next: () => number) => void;

const changes: readonly Change[] = [
  (bytes, _view, head, next) => {
    const at = next() % head;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (next() & 7));
  },
  (bytes, _view, head, next) => {
    bytes[next() % head] = next();
  },
  (_bytes, view, head, next) => view.setUint32(word(head, next), telling[next() % telling.length] ?? 0, true),
  (_bytes, view, head, next) => view.setUint16((next() % (head - 1)) & -2, telling[next() % telling.length] ?? 0, true),
  (_bytes, view, head, next) => {
    const at = word(head, next);
    view.setUint32(at, view.getUint32(at, true) + (next() % 65) - 32, true);
  },
  (bytes, view, head, next) => view.setUint32(word(head, next), next() % (bytes.length + 16), true),
];

function word(head: number, next: () => number): number {
  return (next() % (head - 3)) & -4;
}

/** A copy with one to three changes, sometimes cut short. At least 4 bytes. */
export function mutated(message: Uint8Array, next: () => number): Uint8Array {
  let bytes = new Uint8Array(message);
  for (let left = 1 + (next() % 3); left > 0; left--) {
    if (next() % 20 === 0) bytes = bytes.slice(0, Math.max(4, next() % (bytes.length + 1)));
    const head = next() % 3 === 0 ? bytes.length : Math.min(bytes.length, front);
    changes[next() % changes.length]?.(bytes, new DataView(bytes.buffer), head, next);
  }
  return bytes;
}
