/**
 * A client process of some user: imports while it can still read the project, becomes that user, then does what the lines on standard input ask, one
 * JSON answer a line. Run as `as-user UID ENDPOINT`.
 */
import { createInterface } from 'node:readline';
import { type CryptoContext, type CryptoResourceId, createCryptoStack, KeyslotError } from '../../src/client/index.js';

const [uid, endpoint] = process.argv.slice(2) as [string, string];

interface Step {
  readonly do: 'resolve' | 'list' | 'hashWithId' | 'useId' | 'generate' | 'stream' | 'clear' | 'info';
  readonly name?: string;
  readonly id?: CryptoResourceId;
  readonly algorithm?: string;
}

async function run(context: CryptoContext, step: Step): Promise<unknown> {
  const management = () => context.createKeyManagementContext();
  switch (step.do) {
    case 'resolve':
      return context.resolveResource(step.name ?? '', 'keySlot');
    case 'list':
      return context.listResources('keySlot');
    case 'info':
      return context.getKeySlotObject(step.id as CryptoResourceId);
    case 'generate':
      if (step.id !== undefined) return (await management()).generateKey(step.id, step.algorithm ?? 'AES-256');
      return (await management()).generateKey(step.algorithm ?? 'AES-256');
    case 'clear':
      return (await management()).clearKey(step.id as CryptoResourceId);
    case 'useId':
      await context.createCipherContext({ algorithm: 'AES-256-CBC', key: step.id as CryptoResourceId, direction: 'encrypt' });
      return 'used';
    case 'stream': {
      const cipher = await context.createCipherContext({
        algorithm: 'AES-256-CBC',
        key: step.id as CryptoResourceId,
        direction: 'encrypt',
      });
      await cipher.init(new Uint8Array(16));
      await cipher.update(new Uint8Array(1000));
      return 'streaming';
    }
    default:
      throw new Error(`unknown step ${step.do}`);
  }
}

async function main(): Promise<void> {
  if (Number(uid) !== process.getuid?.()) {
    process.setgroups?.([]);
    process.setgid?.(Number(uid));
    process.setuid?.(Number(uid));
  }
  const stack = await createCryptoStack({ connectionEndpoint: endpoint });
  const context = await stack.createCryptoContext();
  process.stdout.write('{"ready":true}\n');
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      process.stdout.write(`${JSON.stringify({ value: await run(context, JSON.parse(line) as Step) })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ error: error instanceof KeyslotError ? error.code : String(error) })}\n`);
    }
  }
  await stack.close();
}

main().catch((error: unknown) => {
  process.stdout.write(`${JSON.stringify({ error: error instanceof KeyslotError ? error.code : String(error) })}\n`);
  process.exitCode = 1;
});
