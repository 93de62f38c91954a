/** A thread with the vault at work, all kinds of it at once, until somebody terminates it. */
import { parentPort } from 'node:worker_threads';
import { NativeVault } from '../../src/native-vault.js';
import { abandon, pathOf } from './vault-support.js';

const none = new Uint8Array(0);
const iv = new Uint8Array(12);
const vault = new NativeVault({ secureHeap: 65_536 });
// Reachable, so that the collector does not end it before the thread does.
Object.assign(globalThis, { vault });
parentPort?.postMessage('made');

for (;;) {
  await vault.unlock(Buffer.from(abandon), Buffer.from('x'));
  const ed = vault.derive('ed25519', pathOf("m/0'")).handle;
  const ec = vault.derive('secp256k1', pathOf('m/0')).handle;
  const aes = vault.derive('aes-256-gcm', pathOf("m/0'")).handle;
  const running: Promise<unknown>[] = [];
  for (let i = 0; i < 10; i++) {
    running.push(vault.signAsync(ec, new Uint8Array(32)), vault.sealAsync(aes, iv, none, new Uint8Array(50_000)));
    running.push(vault.deriveAsync('ed25519', pathOf(`m/${i}'`)), vault.extendedPublicKeyAsync(pathOf('m/1')));
    vault.sign(ed, none);
    vault.status();
    using copy = vault.reveal(aes);
    copy.use((bytes) => bytes.length);
  }
  if (Math.random() < 0.5) await Promise.allSettled(running);
  vault.lock();
  await Promise.allSettled(running);
}
