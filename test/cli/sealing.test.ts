import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Crypto } from '../../src/cli/crypto.js';
import type { InputFile } from '../../src/cli/input-file.js';
import { ChunkContexts, usesOfContext } from '../../src/cli/sealed/chunk-contexts.js';
import { seal } from '../../src/cli/sealed/seal.js';
import { takeHeader, unseal } from '../../src/cli/sealed/unseal.js';
import { Window } from '../../src/cli/window.js';
import { createCryptoStack } from '../../src/client/index.js';
import { useDaemon } from './daemon.js';
import { takeApart } from './sealed-parts.js';
import { program } from './support.js';

const running = useDaemon();

function inMemory(data: Uint8Array): InputFile {
  let at = 0;
  return {
    name: 'memory',
    size: data.length,
    async read(into) {
      const part = data.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
    async [Symbol.asyncDispose]() {},
  };
}
const silent = { add: () => undefined, end: () => undefined } as never;

async function withDaemon<T>(work: (crypto: Crypto) => Promise<T>): Promise<T> {
  const stack = await createCryptoStack({ connectionEndpoint: running().daemon.endpoint, defaultOperationTimeout: 60_000 });
  try {
    return await work({ crypto: await stack.createCryptoContext(), call: {} });
  } finally {
    await stack.close();
  }
}

describe('contexts of chunks', () => {
  it('are renewed in time, with nothing under way, and closed', async () => {
    await withDaemon(async ({ crypto, call }) => {
      let made = 0;
      let closed = 0;
      const counting = Object.create(crypto) as typeof crypto;
      counting.createAeadContext = async (config, options) => {
        const context = await crypto.createAeadContext(config, options);
        const close = context.close.bind(context);
        made += 1;
        context.close = (...args) => {
          closed += 1;
          return close(...args);
        };
        return context;
      };
      const key = { key: await crypto.resolveResource('software-aes', 'keySlot'), algorithm: 'AES-256-GCM' };
      const plain = randomBytes(20 * 4096 - 1);
      const out: Uint8Array[] = [];
      {
        await using contexts = new ChunkContexts({ crypto: counting, call }, key, 'encrypt', 3);
        const write = async (bytes: Uint8Array) => void out.push(bytes);
        const result = await seal({ algorithm: 'AES-256-GCM', contexts, input: inMemory(plain), progress: silent, write, chunkSize: 4096 });
        expect(result).toMatchObject({ chunks: 20, bytesIn: plain.length });
      }
      expect([made, closed]).toEqual([7, 7]);
      const file = Buffer.concat(out);
      expect(takeApart(file).chunks).toHaveLength(20);
      const input = inMemory(file);
      const header = await takeHeader(input);
      const opened: Uint8Array[] = [];
      await using contexts = new ChunkContexts({ crypto: counting, call }, key, 'decrypt', 3);
      await unseal({ header, contexts, input, progress: silent, write: async (bytes) => void opened.push(bytes) });
      expect(Buffer.concat(opened).equals(plain)).toBe(true);
    });
  });

  it('take as many chunks as the daemon remembers nonces, and no more', async () => {
    await withDaemon(async ({ crypto }) => {
      const key = await crypto.resolveResource('software-aes', 'keySlot');
      await using context = await crypto.createAeadContext({ key, algorithm: 'AES-256-GCM', direction: 'encrypt' });
      const window = new Window<unknown>(() => undefined);
      const data = new Uint8Array(0);
      const nonce = (i: number) => Buffer.from(i.toString(16).padStart(24, '0'), 'hex');
      for (let i = 0; i < usesOfContext; i++) await window.add(context.encrypt({ nonce: nonce(i), data }));
      await window.end();
      await expect(context.encrypt({ nonce: nonce(usesOfContext), data })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    });
  });
});

describe('a window of requests', () => {
  it('gives results in order and the first failure, and lets no rejection get lost', async () => {
    const taken: number[] = [];
    const later = <T>(value: T, ms: number) => new Promise<T>((resolve) => setTimeout(resolve, ms, value));
    const window = new Window<number>((value) => void taken.push(value));
    for (const [i, ms] of [30, 1, 20, 1, 1, 5].entries()) await window.add(later(i, ms));
    await window.end();
    expect(taken).toEqual([0, 1, 2, 3, 4, 5]);
    const failing = new Window<number>(() => undefined);
    await failing.add(later(0, 10));
    await failing.add(Promise.reject(new Error('first')));
    await failing.add(Promise.reject(new Error('second')));
    await expect(failing.end()).rejects.toThrow('first');
  });
});

describe('memory', () => {
  it('stays the same however long the input is', async () => {
    const size = 256 << 20;
    const args = [program, 'encrypt', '--key', 'software-aes'];
    const child = spawn(process.execPath, args, { env: { ...running().env }, stdio: ['pipe', 'pipe', 'inherit'] });
    let [written, peak] = [0, 0];
    child.stdout.on('data', (chunk: Buffer) => {
      written += chunk.length;
      if (written % (1 << 20) < chunk.length) peak = Math.max(peak, peakOf(child.pid));
    });
    const done = new Promise<number | null>((resolve) => child.once('close', resolve));
    const piece = Buffer.alloc(1 << 20);
    for (let sent = 0; sent < size; sent += piece.length) {
      if (!child.stdin.write(piece)) await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
    child.stdin.end();
    expect(await done).toBe(0);
    expect(written).toBe(64 + size + 32 * 1024);
    expect(peak).toBeGreaterThan(10);
    expect(peak).toBeLessThan(230);
  });
});

/** MiB; 0 once the process has ended: a zombie has a status, without memory. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
