/** A stream of 1 GiB leaves the memory of client and daemon as it was; decryption that would have to hold back too much is refused. */
import { fork } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { GiB, MiB } from '../../src/core/limits.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { MemoryWatch } from './memory-of-process.js';

const room = 64 * MiB;
const script = fileURLToPath(new URL('./long-stream-client.js', import.meta.url));

let daemon: DisposableDaemon;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider('software', 1)] } });
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

interface Told {
  readonly state: 'idle' | 'done';
  readonly result: string;
  readonly idle: number;
  readonly peak: number;
}

async function stream(kind: string): Promise<{ result: string; client: number; daemon: number }> {
  const child = fork(script, [daemon.endpoint, kind, String(GiB)]);
  const next = () =>
    new Promise<Told>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Told));
      child.once('exit', (code) => reject(new Error(`the client ended with ${code}`)));
    });
  await next();
  const watch = new MemoryWatch(daemon.pid as number);
  child.send('go');
  const done = await next();
  return { result: done.result, client: done.peak - done.idle, daemon: watch.stop() };
}

const piece = Buffer.alloc(MiB, 0x5a);
function whole(work: (piece: Buffer) => unknown): void {
  for (let sent = 0; sent < GiB; sent += piece.length) work(piece);
}
const key = Buffer.alloc(32, 1);

const expected: Readonly<Record<string, () => string>> = {
  hash: () => {
    const hash = createHash('sha256');
    whole((data) => hash.update(data));
    return hash.digest('hex');
  },
  cipher: () => {
    const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16));
    whole((data) => cipher.update(data));
    return cipher.final('hex');
  },
  // The nonce of the second stream of the client.
  aead: () => {
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12, 1));
    whole((data) => cipher.update(data));
    cipher.final();
    return cipher.getAuthTag().toString('hex');
  },
};

test.each(Object.keys(expected))(
  '1 GiB through %s',
  async (kind) => {
    const { result, client, daemon: server } = await stream(kind);
    expect(result).toBe(expected[kind]?.());
    expect({ client: client <= room, daemon: server <= room, grown: [client / MiB, server / MiB] }).toMatchObject({
      client: true,
      daemon: true,
    });
  },
  300_000,
);

test('AEAD decryption beyond its limit is refused and gives nothing out', async () => {
  await using stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const context = await stack.createCryptoContext();
  const keys = await context.createKeyManagementContext();
  const aes = await keys.importKey({ algorithm: 'AES-256', keyData: key });
  for (const algorithm of ['AES-256-GCM', 'AES-256-CCM']) {
    await using decrypt = await context.createAeadContext({ algorithm, key: aes, direction: 'decrypt' });
    await decrypt.init(new Uint8Array(12));
    let given = 0;
    let code = 'none';
    for (let sent = 0; sent <= 64 * MiB && code === 'none'; sent += piece.length) {
      code = await decrypt.update(piece).then(
        (data) => {
          given += data.length;
          return 'none';
        },
        (error: { code: string; field?: string }) => `${error.code} ${error.field}`,
      );
    }
    expect([algorithm, code, given]).toEqual([algorithm, 'QUOTA_EXCEEDED limits.aeadDecrypt', 0]);
    await expect(decrypt.verifyAndFinalize(new Uint8Array(16))).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
  }
}, 120_000);
