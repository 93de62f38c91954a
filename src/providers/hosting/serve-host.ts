/** The child's side: answers the daemon over descriptor 3 until it closes. */
import { Socket } from 'node:net';
import { KeyslotError } from '../../core/errors.js';
import { dieWithParent, hardenProcess } from '../../native.js';
import { FrameReader } from '../../protocol/frame-reader.js';
import { FrameWriter } from '../../protocol/frame-writer.js';
import type { Message } from '../../protocol/message.js';
import type { MessageTypes, OperationCodec } from '../../protocol/operation-codec.js';
import type { Answer } from '../contract.js';
import { hostFrame, hostMessage } from './host-process.js';

/** Handlers by operation name; what a host has no handler for it does not do. Bytes of a request are wiped once its answer is there; a handler that keeps some copies them. */
export type HostHandlers<M> = {
  readonly [N in keyof M & string]?: M[N] extends MessageTypes ? (request: M[N]['request']) => Answer<M[N]['responseInput']> : never;
};
export interface ServeOptions<M> {
  readonly messages: Readonly<Record<number, OperationCodec | undefined>>;
  readonly handlers: HostHandlers<M>;
  /** All bytes of its answers are fresh, and are wiped once they are encoded. */
  readonly wipesAnswers?: boolean;
  /** Runs before the process exits because the daemon let go. */
  readonly onEnd?: () => void;
}

const controlDescriptor = 3;

/** Hardens the process, ties its life to the daemon's and serves. */
export function serveHost<M>(options: ServeOptions<M>): void {
  const parent = Number(process.argv[2]);
  if (!Number.isInteger(parent) || parent < 1) {
    process.stderr.write('this program is a part of keyslotd and is started by it\n');
    process.exit(2);
  }
  hardenProcess();
  dieWithParent(parent);
  const socket = new Socket({ fd: controlDescriptor, readable: true, writable: true });
  const out = new FrameWriter(hostFrame);
  let flushing = false;
  const flush = () => {
    flushing = false;
    socket.cork();
    for (const piece of out.take()) socket.write(piece, () => void piece.fill(0));
    socket.uncork();
  };
  const respond = (write: () => void) => {
    write();
    if (flushing) return;
    flushing = true;
    queueMicrotask(flush);
  };
  const reader = new FrameReader({
    receives: 'requests',
    limits: { frame: hostFrame, message: hostMessage },
    onMessage: (message) => handle(options, message, out, respond),
  });
  const end = () => {
    options.onEnd?.();
    process.exit(0);
  };
  socket.on('data', (chunk: Buffer) => {
    reader.push(chunk);
    chunk.fill(0);
  });
  socket.on('end', end);
  socket.on('error', end);
}

function handle<M>(options: ServeOptions<M>, message: Message, out: FrameWriter, respond: (write: () => void) => void): void {
  const codec = options.messages[message.operation];
  if (codec === undefined) throw new KeyslotError('FRAME_INVALID', `there is no operation ${message.operation}`);
  const wipe = () => message.bytes.fill(0, message.start, message.end);
  const answer = (response: object) => {
    respond(() => out.answer(codec, message.request, response));
    wipe();
    if (options.wipesAnswers === true) for (const value of Object.values(response)) if (value instanceof Uint8Array) value.fill(0);
  };
  const refuse = (error: unknown) => {
    respond(() => out.error(codec.opcode, message.request, error));
    wipe();
  };
  try {
    const request = codec.decodeRequest(message.bytes, message.view, message.start, message.end);
    const handler = (options.handlers as Readonly<Record<string, (request: object) => Answer<object>>>)[codec.name];
    if (handler === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `this host does not do ${codec.name}`);
    const result = handler(request);
    if (result instanceof Promise) result.then(answer, refuse);
    else answer(result);
  } catch (error) {
    refuse(error);
  }
}
