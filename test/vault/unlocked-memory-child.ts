/** An ordinary user without a right to lock memory: what a vault does then, as JSON. Run as `unlocked-memory-child refuse|allow`. */
import { KeyslotError } from '../../src/core/errors.js';
import { isDumpable } from '../../src/native.js';
import { createVault } from '../../src/vault/index.js';
import { bytesOf, phrase } from './support.js';

/** Loads the addon while its file can be read. */
isDumpable();
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}

const vault = createVault({ allowUnlockedMemory: process.argv[2] === 'allow' });

async function outcome(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return 'done';
  } catch (error) {
    return error instanceof KeyslotError ? error.code : String(error);
  }
}

const outcomes = {
  before: vault.status(),
  unlock: await outcome(() => vault.unlock(bytesOf(phrase))),
  after: vault.status(),
  derive: await outcome(async () => vault.deriveEd25519('m')[Symbol.dispose]()),
  secure: await outcome(async () => vault.decryptToSecureBuffer(vault.encrypt('x'))[Symbol.dispose]()),
  unlockNew: await outcome(async () => {
    vault.lock();
    (await vault.unlockNew(12))[Symbol.dispose]();
  }),
};
process.stdout.write(JSON.stringify(outcomes));
