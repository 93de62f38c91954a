/**
 * A process with an unlocked vault, by descriptors, that ends: ending-child HOW PHRASE-FILE PASSPHRASE-FILE [keep]. At the very end it stops, so that
 * somebody may look at its memory. `keep`: without lockOnExit.
 */
import { openSync } from 'node:fs';
import { createVault } from '../../src/vault/index.js';

const [how = '', phraseFile = '', passphraseFile = '', keep] = process.argv.slice(2);
const stop = () => process.kill(process.pid, 'SIGSTOP');

// Not memfd_secret, which nobody could look at.
const vault = createVault({ secretMemory: false });
if (how === 'throwingExitHandler') {
  process.on('exit', () => {
    stop();
    throw new Error('from an exit handler');
  });
}
if (keep === undefined) vault.lockOnExit();
process.on('exit', stop);

await vault.unlock(openSync(phraseFile, 'r'), openSync(passphraseFile, 'r'));
vault.sign('Ed25519', vault.paths.identity, new Uint8Array(1));
vault.publicKey('Secp256k1', vault.paths.ethereum);
vault.encrypt('x');
const atWork = Array.from({ length: 200 }, () => vault.signAsync('Secp256k1', vault.paths.ethereum, new Uint8Array(32)));

const fail = () => {
  throw new Error('nobody catches this');
};
const ends: Record<string, () => unknown> = {
  returns: () => Promise.allSettled(atWork),
  exits: () => process.exit(3),
  throws: () => setImmediate(fail),
  rejects: () => void Promise.reject(new Error('nobody handles this')),
  throwingExitHandler: () => process.exit(3),
  exitsInHandler: () => {
    process.on('uncaughtException', () => process.exit(5));
    setImmediate(fail);
  },
  exitsAtSignal: () => {
    process.on('SIGTERM', () => process.exit(6));
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => undefined, 10_000);
  },
};
await ends[how]?.();
