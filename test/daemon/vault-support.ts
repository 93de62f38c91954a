/** What the tests of the daemon's vault share. */
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import { operations } from '../../src/daemon/admin/generated/messages.js';
import { deadlineDefault } from '../../src/protocol/frame-header.js';
import { helloRequest, ownVersions } from '../../src/protocol/hello.js';
import type { DisposableDaemon } from '../../src/testing/index.js';
import { framed, RawConnection } from '../protocol/raw-connection.js';

export const phrase = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
/** Right as a phrase, and of another vault. */
export const otherPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Runs work with an admin client of its own. */
export async function asOperator<T>(daemon: DisposableDaemon, work: (admin: AdminClient) => Promise<T>): Promise<T> {
  await using admin = await AdminClient.open(daemon.adminPath);
  return await work(admin);
}

interface PhraseParts {
  readonly text?: string;
  readonly passphrase?: string;
  readonly format?: 'english' | 'bytes';
  readonly patience?: number;
}

export function initialize(daemon: DisposableDaemon, parts: PhraseParts = {}): Promise<Uint8Array> {
  return send(daemon, 'initialize', parts);
}
export function unlock(daemon: DisposableDaemon, parts: PhraseParts = {}): Promise<Uint8Array> {
  return send(daemon, 'unlock', parts);
}

async function send(daemon: DisposableDaemon, purpose: 'initialize' | 'unlock', parts: PhraseParts): Promise<Uint8Array> {
  const { text = phrase, passphrase, format = 'english', patience } = parts;
  return asOperator(daemon, async (admin) => {
    const given = passphrase === undefined ? undefined : bytesOf(passphrase);
    const { identity } = await admin.sendPhrase({ purpose, format, phrase: bytesOf(text), passphrase: given, patience });
    return identity;
  });
}

export async function lock(daemon: DisposableDaemon): Promise<boolean> {
  return asOperator(daemon, async (admin) => (await admin.call('vaultLock', {})).wasUnlocked === 1);
}

export async function stateOf(daemon: DisposableDaemon): Promise<'locked' | 'unlocking' | 'unlocked' | undefined> {
  const { state } = await asOperator(daemon, (admin) => admin.call('vaultStatus', {}));
  return ([undefined, 'locked', 'unlocking', 'unlocked'] as const)[state];
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** A connection to the admin socket that says what it likes. */
export class RawAdmin extends RawConnection {
  hello(): void {
    this.send((out) => out.request(operations.hello, 1, deadlineDefault, helloRequest('test', ownVersions, 'admin')));
  }
  receiveRequest(purpose: number, passphrase = 0, patienceMs = 0): Uint8Array {
    const request = { purpose, format: 1, passphrase, patienceMs };
    return framed((out) => out.request(operations.vaultReceive, 2, deadlineDefault, request));
  }
  unlockRequest(): Uint8Array {
    return framed((out) => out.request(operations.vaultUnlock, 3, deadlineDefault, {}));
  }
  /** Greets, asks for the reading of a phrase, and waits for the answer. */
  async receive(purpose: 'unlock' | 'initialize', passphrase = 0, patienceMs = 0): Promise<void> {
    this.hello();
    this.write(this.receiveRequest(purpose === 'unlock' ? 1 : 2, passphrase, patienceMs));
    await this.until(() => this.messages.length === 2);
  }
}
