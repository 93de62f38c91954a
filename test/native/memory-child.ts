/** Scenarios of secure-memory.test.ts that need a process of their own: memory-child.js SCENARIO [PROBE]. */
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setImmediate as tick } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { KeyslotError } from '../../src/core/errors.js';
import { SecureBuffer } from '../../src/native.js';
import { loadProbe, nobody } from './support.js';

const [scenario = '', parameter = ''] = process.argv.slice(2);
const pageSize = 4096;

function marked(size: number): SecureBuffer {
  const buffer = new SecureBuffer(size);
  buffer.use((bytes) => bytes.fill(0xa5));
  return buffer;
}

function lockedKilobytes(): number {
  return Number(/^VmLck:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

function mappings(): number {
  return readFileSync('/proc/self/maps', 'utf8').split('\n').length;
}

function tryToAllocate(requireLock: boolean): unknown {
  try {
    const buffer = new SecureBuffer(10_000, { requireLock });
    return { locked: buffer.locked };
  } catch (error) {
    return error instanceof KeyslotError ? error.toJSON() : String(error);
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function collectGarbage(): Promise<void> {
  // Finalizers run in a later turn of the loop.
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await tick();
  }
}

function forget(count: number): void {
  for (let i = 0; i < count; i++) marked(5000);
}

const scenarios: Record<string, () => void | Promise<void>> = {
  insideLast: () => print(marked(48).use((bytes) => loadProbe(parameter).peek(bytes, 47))),
  pastEnd: () => print(marked(48).use((bytes) => loadProbe(parameter).peek(bytes, 48))),
  beforeStart: () => {
    const probe = loadProbe(parameter);
    print(marked(48).use((bytes) => probe.peek(bytes, -(probe.addressOf(bytes) % pageSize) - 1)));
  },
  unlocked: () => {
    if (process.getuid?.() === 0) {
      process.setgroups?.([]);
      process.setgid?.(nobody);
      process.setuid?.(nobody);
    }
    const refused = tryToAllocate(true);
    const before = mappings();
    for (let i = 0; i < 200; i++) tryToAllocate(true);
    print({ refused, lenient: tryToAllocate(false), leaked: mappings() - before });
  },
  collected: async () => {
    forget(50);
    const held = lockedKilobytes();
    await collectGarbage();
    print({ held, left: lockedKilobytes() });
  },
  // Without a turn of the loop in between, as a blocking program would.
  tightLoop: () => {
    const before = lockedKilobytes();
    for (let i = 0; i < 5000; i++) {
      const buffer = marked(64);
      buffer[Symbol.dispose]();
    }
    print({ before, after: lockedKilobytes() });
  },
  watchedDispose: () => {
    marked(100)[Symbol.dispose]();
    const inUse = marked(9000);
    inUse.use(() => inUse[Symbol.dispose]());
  },
  watchedCollect: async () => {
    forget(3);
    await collectGarbage();
  },
  // Grows twice, and is refused once. The parameter is a file.
  watchedFile: () => {
    SecureBuffer.fromFile(openSync(parameter, 'r'), 100_000)[Symbol.dispose]();
    try {
      SecureBuffer.fromFile(openSync(parameter, 'r'), 4999);
    } catch (error) {
      if (error instanceof KeyslotError) print(error.code);
    }
  },
  watchedWorker: async () => {
    const worker = new Worker(fileURLToPath(import.meta.url), { argv: ['holdTwo'] });
    await once(worker, 'exit');
  },
  terminatedWorker: async () => {
    const worker = new Worker(fileURLToPath(import.meta.url), { argv: ['spinInside'], stdout: true });
    await once(worker.stdout, 'data');
    const held = lockedKilobytes();
    await worker.terminate();
    print({ held, left: lockedKilobytes() });
  },
  holdTwo: () => {
    const kept = [marked(64), marked(5000)];
    kept[0]?.use(() => undefined);
  },
  spinInside: () => {
    marked(64).use(() => {
      marked(64).use(() => {
        print('inside');
        for (;;);
      });
    });
  },
};

await scenarios[scenario]?.();
