import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { copyProduct, startProgram, temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('without the addon the package can be imported, and the first use says how to build it', async () => {
  const product = pathToFileURL(copyProduct(folder.path, false)).href;
  const code = `
    import { SecureBuffer, isDumpable } from '${product}';
    for (const use of [isDumpable, () => new SecureBuffer(1)]) {
      try { use() } catch (error) { console.log(error.name, error.code, error.message) }
    }`;
  const { stdout, status } = await startProgram([process.execPath, '--input-type=module', '-e', code]).ended;
  expect(status).toBe(0);
  expect(stdout.match(/^KeyslotError UNSUPPORTED_OPERATION .*npm rebuild keyslot.*npm run build:native/gm)).toHaveLength(2);
});

test('threads have environments of their own: buffers, errors and classes work in several at once', async () => {
  const product = new URL('../../src/native.js', import.meta.url).href;
  const errors = new URL('../../src/core/errors.js', import.meta.url).href;
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { SecureBuffer, BlockingChannel, lockFile } from '${product}';
    import { KeyslotError } from '${errors}';
    let rounds = 0, refused = 0;
    for (; rounds < 300; rounds++) {
      {
        const buffer = new SecureBuffer(64 + rounds);
        buffer.use((bytes) => bytes.fill(rounds & 0xff));
        if (!buffer.equals(new Uint8Array(64 + rounds).fill(rounds & 0xff))) throw new Error('other bytes');
        buffer[Symbol.dispose]();
      }
      try { BlockingChannel.connect('/nowhere', 10) } catch (error) { if (error instanceof KeyslotError) refused++ }
      try { lockFile(99999) } catch (error) { if (error instanceof KeyslotError) refused++ }
    }
    parentPort.postMessage({ rounds, refused });`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const worker = new Worker(url);
      // Both at once: the last message may be delivered together with the end.
      const [[message]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      return message;
    }),
  );
  expect(answers).toEqual(Array.from({ length: 4 }, () => ({ rounds: 300, refused: 600 })));
});
