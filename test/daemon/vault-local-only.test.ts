/** Nothing of the application protocol reaches the vault: not by name, and not by number. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations as adminOperations } from '../../src/daemon/admin/generated/messages.js';
import { adminTable } from '../../src/daemon/admin/operations.js';
import { errorFrom } from '../../src/protocol/error-body.js';
import { deadlineDefault, headerBytes } from '../../src/protocol/frame-header.js';
import { operations } from '../../src/protocol/generated/messages.js';
import { helloRequest } from '../../src/protocol/hello.js';
import { protocolTable } from '../../src/protocol/operations.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { frame } from '../protocol/frames.js';
import { framed, RawConnection } from '../protocol/raw-connection.js';
import { initialize, phrase, stateOf } from './vault-support.js';

const ofVault = /vault|phrase|mnemonic|seed|unlock|derivation/i;
const vaultVerbs = adminTable.operations.filter(({ name }) => name.startsWith('vault'));

let daemon: DisposableDaemon;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()], vault: {} } });
});
afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
});

test.each(protocolTable.operations)('$name has no name or field of the vault', ({ name, request, response }) => {
  // `randomSeed` mixes into a random generator; `passphrase` belongs to an encrypted PKCS#8.
  const names = [name, ...request.map((field) => field.name), ...response.map((field) => field.name)];
  expect(names.filter((one) => ofVault.test(one) && !['randomSeed', 'seed', 'passphrase'].includes(one))).toEqual([]);
});

test('the verbs of the vault are the ones that are tried here', () => {
  expect(vaultVerbs.map(({ opcode }) => opcode)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14]);
});

test.each(vaultVerbs)('opcode $opcode on the application socket does nothing of $name', async ({ opcode }) => {
  const raw = new RawConnection(daemon.socketPath);
  raw.send((out) => out.request(operations.hello, 1, deadlineDefault, helloRequest('test')));
  raw.write(frame({ operation: opcode, request: 2, body: requestBody() }));
  raw.write(`${phrase}\n`);
  await raw.closed;
  const { messages } = raw;
  // The number means something else there, or nothing; the words after it are no frame.
  const answers = messages.filter(({ request }) => request === 2);
  for (const answer of answers) if (answer.word !== 0) expect(errorFrom(answer).code).not.toMatch(/VAULT/);
  expect(messages.some(({ request, word }) => request === 0 && word !== 0)).toBe(true);
  expect(await stateOf(daemon)).toBe('locked');
});

test('no code of the daemon that is near the vault turns what may be a secret into something else', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folder = join(root, 'src/daemon/vault');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const more = ['src/daemon/admin/admin-connection.ts', 'src/daemon/admin/admin-client.ts', 'src/providers/software/vault-key.ts'];
  const { status, stdout } = spawnSync(process.execPath, ['tools/secret-check.mjs', ...files, ...more], { cwd: root, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, `files: ${files.length + more.length}; no secret leaves its memory\n`]);
});

test('the vault works all the same', async () => {
  await initialize(daemon);
  expect(await stateOf(daemon)).toBe('unlocked');
  daemon.kill('SIGTERM');
  expect(await daemon.exited).toBe(0);
  expect(daemon.log).toContain('"why":"stop"');
});

/** Purpose initialize, format english, as on the admin socket. */
function requestBody(): Uint8Array {
  const request = { purpose: 2, format: 1, passphrase: 0, patienceMs: 0 };
  return framed((out) => out.request(adminOperations.vaultReceive, 2, deadlineDefault, request)).subarray(headerBytes);
}
