/** The wire is not private: a client in Python, made from the published schema, hashes and signs through the daemon. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { missingPackages, python } from '../protocol/flatbuffers-tools.js';
import { countersOf, countersReturn } from './counters.js';

const run = promisify(execFile);
/** From `dist/test/e2e`. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'examples/python/hash_and_sign.py');

const reason = missingPackages(['flatbuffers-compiler', 'python3-flatbuffers']);
let folder: string;
let daemon: DisposableDaemon;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyslot-python-'));
  if (reason !== undefined) return;
  execFileSync('flatc', ['--python', '--gen-object-api', '-o', folder, join(root, 'src/protocol/keyslot.fbs')]);
  daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider()],
      slots: [
        { name: 'signer', kind: 'key', algorithm: 'ECDSA-P256', providers: ['software'], permissions: ['sign', 'verify'] },
        { name: 'empty', kind: 'key', algorithm: 'ECDSA-P256', providers: ['software'], permissions: ['sign', 'verify'] },
      ],
      access: [{ user: process.getuid?.() ?? 0, slots: { signer: 'signer', empty: 'empty' }, rights: ['use', 'generate'] }],
    },
  });
  await using stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  await using context = await stack.createCryptoContext();
  await using management = await context.createKeyManagementContext();
  await management.generateKey(await context.resolveResource('signer', 'keySlot'), 'ECDSA-P256');
});
afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function hashAndSign(key: string, file: string): Promise<{ stdout: string }> {
  return run(python, [program, daemon.endpoint, key, file], { env: { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' } });
}

test.for([0, 5, 200_000])('a file of %i bytes is hashed and signed', async (size, ctx) => {
  if (reason !== undefined) return ctx.skip(reason);
  const idle = await countersOf(daemon);
  const data = randomBytes(size);
  const file = join(folder, `${size}.bin`);
  writeFileSync(file, data);
  const answer = JSON.parse((await hashAndSign('signer', file)).stdout) as { sha256: string; signature: string; publicKey: string };
  expect(answer.sha256).toBe(createHash('sha256').update(data).digest('hex'));
  const publicKey = createPublicKey({ key: Buffer.from(answer.publicKey, 'hex'), format: 'der', type: 'spki' });
  const signature = Buffer.from(answer.signature, 'hex');
  expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  expect(verify('sha256', randomBytes(9), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(false);
  await countersReturn(daemon, idle);
});

test.for([
  ['nobody', '0x01030002'],
  ['empty', '0x01080001'],
] as const)('the error of a key "%s" comes through', async ([key, status], ctx) => {
  if (reason !== undefined) return ctx.skip(reason);
  await expect(hashAndSign(key, program)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(status) as string });
});
