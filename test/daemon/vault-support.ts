/** What the tests of the daemon's vault share. */
import { connect, type Socket } from 'node:net';
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import { operations } from '../../src/daemon/admin/generated/messages.js';
import { errorFrom } from '../../src/protocol/error-body.js';
import { deadlineDefault } from '../../src/protocol/frame-header.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { helloRequest, ownVersions } from '../../src/protocol/hello.js';
import type { Message } from '../../src/protocol/message.js';
import type { DisposableDaemon } from '../../src/testing/index.js';

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

/** A connection without a client behind it, which says what it likes. */
export class RawAdmin {
  readonly socket: Socket;
  readonly messages: Message[] = [];
  readonly closed: Promise<void>;
  readonly #reader = new FrameReader({
    receives: 'answers',
    limits: { frame: 1 << 20, message: 1 << 24 },
    onMessage: (message) => this.messages.push(message),
  });

  constructor(path: string) {
    this.socket = connect(path);
    this.socket.on('data', (chunk) => this.#reader.push(chunk));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  frame(write: (out: FrameWriter) => void): Uint8Array {
    const out = new FrameWriter(1 << 20);
    write(out);
    return new Uint8Array(Buffer.concat(out.take()));
  }
  write(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }
  hello(): void {
    this.write(this.frame((out) => out.request(operations.hello, 1, deadlineDefault, helloRequest('test', ownVersions, 'admin'))));
  }
  receiveRequest(purpose: number, passphrase = 0, patienceMs = 0): Uint8Array {
    const request = { purpose, format: 1, passphrase, patienceMs };
    return this.frame((out) => out.request(operations.vaultReceive, 2, deadlineDefault, request));
  }
  unlockRequest(): Uint8Array {
    return this.frame((out) => out.request(operations.vaultUnlock, 3, deadlineDefault, {}));
  }
  /** Greets, asks for the reading of a phrase, and waits for the answer. */
  async receive(purpose: 'unlock' | 'initialize', passphrase = 0, patienceMs = 0): Promise<void> {
    this.hello();
    this.write(this.receiveRequest(purpose === 'unlock' ? 1 : 2, passphrase, patienceMs));
    await this.until(() => this.messages.length === 2);
  }
  async until(done: () => boolean): Promise<void> {
    const end = performance.now() + 5000;
    while (!done()) {
      if (performance.now() > end) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  /** The code of the last message, which is an error; of a connection's own its request is 0. */
  get lastError(): string {
    return errorFrom(this.messages.at(-1) as Message).code;
  }
}
