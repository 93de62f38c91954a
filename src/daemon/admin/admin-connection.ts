/** One operator's socket: the same frames as the application protocol, another table. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../../core/errors.js';
import { incompleteFrameTimeout, MiB } from '../../core/limits.js';
import { connectionRequest } from '../../protocol/frame-header.js';
import { FrameReader } from '../../protocol/frame-reader.js';
import { FrameWriter } from '../../protocol/frame-writer.js';
import { agree } from '../../protocol/hello.js';
import type { Message } from '../../protocol/message.js';
import type { Answer } from '../../providers/contract.js';
import type { Log } from '../log.js';
import { type Messages, messages, operations } from './generated/messages.js';

export type AdminHandlers = {
  readonly [N in Exclude<keyof Messages, 'hello'>]: (request: Messages[N]['request']) => Answer<Messages[N]['responseInput']>;
};

const frame = MiB;
const farewell = 1000;

export function serveAdmin(socket: Socket, handlers: AdminHandlers, version: string, log: Log): void {
  const out = new FrameWriter(frame);
  let greeted = false;
  const patience = setTimeout(() => socket.destroy(), incompleteFrameTimeout).unref();
  const flush = () => {
    for (const piece of out.take()) if (!socket.destroyed && !socket.writableEnded) socket.write(piece);
  };
  const fail = (error: unknown) => {
    out.error(0, connectionRequest, error);
    flush();
    socket.end();
    setTimeout(() => socket.destroy(), farewell).unref();
  };
  const answer = async (message: Message): Promise<void> => {
    const codec = messages[message.operation];
    if (codec === undefined)
      return out.error(
        message.operation,
        message.request,
        new KeyslotError('UNSUPPORTED_OPERATION', `there is no operation ${message.operation}`),
      );
    const request = codec.decodeRequest(message.bytes, message.view, message.start, message.end);
    const handler = (handlers as unknown as Readonly<Record<string, ((request: object) => Answer<object>) | undefined>>)[codec.name];
    try {
      if (handler === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `${codec.name} is not possible here`);
      out.answer(codec, message.request, await handler(request));
    } catch (error) {
      if (!(error instanceof KeyslotError))
        log.error({ operation: codec.name, error: error instanceof Error ? error.stack : 'not an Error' }, 'an admin handler failed');
      out.error(codec.opcode, message.request, error);
    }
  };
  const reader = new FrameReader({
    receives: 'requests',
    limits: { frame, message: frame },
    onMessage(message) {
      if (greeted) {
        answer(message).then(flush, fail);
        return;
      }
      if (message.operation !== operations.hello.opcode) throw new KeyslotError('FRAME_INVALID', 'the first message must be a hello');
      const { version: spoken, features } = agree(operations.hello.decodeRequest(message.bytes, message.view, message.start, message.end));
      out.answer(operations.hello, message.request, { version: spoken, features, daemon: version, frame });
      greeted = true;
      clearTimeout(patience);
      flush();
    },
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      reader.push(chunk);
    } catch (error) {
      fail(error);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.resume();
}
