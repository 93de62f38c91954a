/** What is measured: each does one job again and again for a while, and tells how long one took. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, credentials } from '@grpc/grpc-js';
import { createCryptoStack } from '../src/client/index.js';
import * as blocking from '../src/client/sync.js';
import { FrameWriter } from '../src/protocol/frame-writer.js';
import { operations } from '../src/protocol/generated/messages.js';
import { service } from './grpc-service.js';
import { checkDigest, checkMac, macKey, message } from './job.js';

export interface Subject {
  /** Runs for so many milliseconds; microseconds that one job took. */
  run(ms: number): Promise<number>;
}
export interface Opened<S> {
  readonly subjects: S;
  close(): Promise<void> | void;
}

type Job = () => Promise<Uint8Array>;

/** So many callers, each of whom asks anew as soon as it is answered. */
function inFlight(callers: number, job: Job, check: (answer: Uint8Array) => void): Subject {
  return {
    async run(ms) {
      let over = false;
      let done = 0;
      const caller = async () => {
        for (; !over; done++) await job();
      };
      const started = performance.now();
      setTimeout(() => {
        over = true;
      }, ms);
      await Promise.all(Array.from({ length: callers }, caller));
      const taken = performance.now() - started;
      check(await job());
      return (1000 * taken) / done;
    },
  };
}

export async function openKeyslot(endpoint: string) {
  const stack = await createCryptoStack({ connectionEndpoint: endpoint });
  const context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  const key = await management.importKey({ algorithm: 'HMAC-SHA-256', keyData: macKey });
  const hash = await context.createHashContext({ algorithm: 'SHA-256' });
  const mac = await context.createMacContext({ algorithm: 'HMAC-SHA-256', key });
  const subjects = {
    hash1: inFlight(1, () => hash.singleShot(message), checkDigest),
    hash64: inFlight(64, () => hash.singleShot(message), checkDigest),
    mac1: inFlight(1, () => mac.singleShot(message), checkMac),
    mac64: inFlight(64, () => mac.singleShot(message), checkMac),
  };
  return { subjects, close: () => stack.close() } satisfies Opened<object>;
}

/** Looking at the clock costs; once in so many calls is enough. */
const callsPerLook = 16;

export function openBlocking(endpoint: string) {
  const stack = blocking.createCryptoStack({ connectionEndpoint: endpoint });
  const hash = stack.createCryptoContext().createHashContext({ algorithm: 'SHA-256' });
  const hash1: Subject = {
    async run(ms) {
      let done = 0;
      const started = performance.now();
      for (; performance.now() - started < ms; done += callsPerLook) for (let i = 0; i < callsPerLook; i++) hash.singleShot(message);
      const taken = performance.now() - started;
      checkDigest(hash.singleShot(message));
      return (1000 * taken) / done;
    },
  };
  return { subjects: { hash1 }, close: () => stack.close() } satisfies Opened<object>;
}

export function openGrpc(path: string) {
  const client = new Client(`unix:${path}`, credentials.createInsecure());
  const request = Buffer.from(message);
  const job = ({ path: method, requestSerialize, responseDeserialize }: (typeof service)[keyof typeof service]): Job => {
    return () =>
      new Promise((resolve, reject) =>
        client.makeUnaryRequest(method, requestSerialize, responseDeserialize, request, (error, answer) =>
          error !== null || answer === undefined ? reject(error) : resolve(answer),
        ),
      );
  };
  const subjects = {
    hash1: inFlight(1, job(service.hash), checkDigest),
    hash64: inFlight(64, job(service.hash), checkDigest),
    mac1: inFlight(1, job(service.mac), checkMac),
    mac64: inFlight(64, job(service.mac), checkMac),
  };
  return { subjects, close: () => client.close() } satisfies Opened<object>;
}

/** Bytes of the frames that the job takes on the wire, there and back. */
export function frameSizes(): { readonly request: number; readonly answer: number } {
  const out = new FrameWriter(1 << 20);
  out.request(operations.singleShot, 1, 0, { context: 2 ** 52, data: message });
  const request = out.bytes;
  out.take();
  out.answer(operations.singleShot, 1, { data: new Uint8Array(32) });
  return { request, answer: out.bytes };
}

/** The other of the two bare sockets. No promises: nothing but the sockets is measured. */
export async function openEcho(path: string) {
  const sizes = frameSizes();
  const socket = connect(path);
  await once(socket, 'connect');
  const request = Buffer.alloc(sizes.request, 1);
  const echo1: Subject = {
    run: (ms) =>
      new Promise((resolve) => {
        let over = false;
        let had = 0;
        let done = 0;
        const started = performance.now();
        setTimeout(() => {
          over = true;
        }, ms);
        const receive = (chunk: Buffer) => {
          had += chunk.length;
          if (had < sizes.answer) return;
          had -= sizes.answer;
          done += 1;
          if (!over) socket.write(request);
          else {
            socket.off('data', receive);
            resolve((1000 * (performance.now() - started)) / done);
          }
        };
        socket.on('data', receive);
        socket.write(request);
      }),
  };
  return { subjects: { echo1 }, close: () => void socket.destroy() } satisfies Opened<object>;
}
