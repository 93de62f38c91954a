/** A client process that sends a long stream through one operation, and tells its own memory. Started by long-streams.test.ts. */
import { createCryptoStack } from '../../src/client/index.js';
import { MiB } from '../../src/core/limits.js';
import { peakMemory, restartPeak } from './memory-of-process.js';

const [endpoint = '', kind = '', size = '0'] = process.argv.slice(2);
const piece = Buffer.alloc(MiB, 0x5a);
const output = new Uint8Array(MiB + 64);

const stack = await createCryptoStack({ connectionEndpoint: endpoint, defaultOperationTimeout: 60_000 });
const context = await stack.createCryptoContext();
const keys = await context.createKeyManagementContext();
const key = await keys.importKey({ algorithm: 'AES-256', keyData: new Uint8Array(32).fill(1) });

interface Stream {
  readonly begin: () => Promise<void>;
  readonly feed: () => Promise<unknown>;
  /** Hex of what the end gives. */
  readonly end: () => Promise<string>;
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function open(): Promise<Stream> {
  if (kind === 'hash') {
    const hash = await context.createHashContext({ algorithm: 'SHA-256' });
    return { begin: () => hash.init(), feed: () => hash.update(piece), end: async () => hex(await hash.finalize()) };
  }
  if (kind === 'cipher') {
    const cipher = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
    const iv = new Uint8Array(16);
    return { begin: () => cipher.init(iv), feed: () => cipher.update(piece, output), end: async () => hex(await cipher.finalize()) };
  }
  const aead = await context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
  let nonce = 0;
  return {
    begin: () => aead.init(new Uint8Array(12).fill(nonce++)),
    feed: () => aead.update(piece, output),
    end: async () => hex((await aead.finalize()).tag),
  };
}

async function run(stream: Stream, bytes: number): Promise<string> {
  await stream.begin();
  for (let sent = 0; sent < bytes; sent += piece.length) await stream.feed();
  return stream.end();
}

function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

const stream = await open();
await run(stream, 64 * MiB);
await tell({ state: 'idle' });
await new Promise((resolve) => process.once('message', resolve));
restartPeak(process.pid);
const idle = peakMemory(process.pid);
const result = await run(stream, Number(size));
await tell({ state: 'done', result, idle, peak: peakMemory(process.pid) });
await stack.close();
process.disconnect();
