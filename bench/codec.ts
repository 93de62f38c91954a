/** Prints what the codec and the frames cost, in nanoseconds a message: medians of interleaved rounds. `node dist/bench/codec.js` */
import { FrameReader } from '../src/protocol/frame-reader.js';
import { FrameWriter } from '../src/protocol/frame-writer.js';
import { operations } from '../src/protocol/generated/messages.js';

const rounds = 41;
const perRound = 20_000;
const batch = 16;

const b = new Uint8Array(8192);
const d = new DataView(b.buffer);
const data = new Uint8Array(64).fill(1);
const digest = new Uint8Array(32).fill(2);
const page = new Uint8Array(4096).fill(3);
const context = 2 ** 52 + 12_345;

/** So that no work can be left out as unused. */
let sink = 0;

const { singleShot, update, createContext } = operations;

function encoded(write: (b: Uint8Array, d: DataView) => number): { bytes: Uint8Array; view: DataView; end: number } {
  const bytes = new Uint8Array(8192);
  const view = new DataView(bytes.buffer);
  return { bytes, view, end: write(bytes, view) };
}

const shot = encoded((x, y) => singleShot.encodeRequest(x, y, 0, { context, data }));
const shotAnswer = encoded((x, y) => singleShot.encodeResponse(x, y, 0, { data: digest }));
const pageRequest = encoded((x, y) => update.encodeRequest(x, y, 0, { context, data: page }));
const contextRequest = encoded((x, y) => createContext.encodeRequest(x, y, 0, { kind: 1, algorithm: 'AES-256-GCM' }));

function frames(): Uint8Array {
  const writer = new FrameWriter(1 << 20);
  for (let i = 1; i <= batch; i++) writer.request(singleShot, i, 5000, { context, data });
  return writer.take()[0] ?? new Uint8Array(0);
}
const requestFrames = frames();

const serving = new FrameWriter(1 << 20);
const server = new FrameReader({
  receives: 'requests',
  limits: { frame: 1 << 20, message: 1 << 26 },
  onMessage(m) {
    sink += singleShot.decodeRequest(m.bytes, m.view, m.start, m.end).data.length;
    serving.answer(singleShot, m.request, { data: digest });
  },
});
const sending = new FrameWriter(1 << 20);

/** Each runs the thing `n` times. */
const cases: Readonly<Record<string, (n: number) => void>> = {
  'singleShot 64 B request, encode': (n) => {
    for (let i = 0; i < n; i++) sink += singleShot.encodeRequest(b, d, 0, { context: context + (i & 7), data });
  },
  'singleShot 64 B request, decode': (n) => {
    for (let i = 0; i < n; i++) sink += singleShot.decodeRequest(shot.bytes, shot.view, 0, shot.end).data.length;
  },
  'singleShot 32 B response, encode': (n) => {
    for (let i = 0; i < n; i++) sink += singleShot.encodeResponse(b, d, 0, { data: digest });
  },
  'singleShot 32 B response, decode': (n) => {
    for (let i = 0; i < n; i++) sink += singleShot.decodeResponse(shotAnswer.bytes, shotAnswer.view, 0, shotAnswer.end).data.length;
  },
  'update 4 KiB request, encode': (n) => {
    for (let i = 0; i < n; i++) sink += update.encodeRequest(b, d, 0, { context: context + (i & 7), data: page });
  },
  'update 4 KiB request, decode': (n) => {
    for (let i = 0; i < n; i++) sink += update.decodeRequest(pageRequest.bytes, pageRequest.view, 0, pageRequest.end).data.length;
  },
  'createContext with a name, encode': (n) => {
    for (let i = 0; i < n; i++) sink += createContext.encodeRequest(b, d, 0, { kind: 1 + (i & 3), algorithm: 'AES-256-GCM' });
  },
  'createContext with a name, decode': (n) => {
    for (let i = 0; i < n; i++) sink += createContext.decodeRequest(contextRequest.bytes, contextRequest.view, 0, contextRequest.end).kind;
  },
  'client: request framed, 16 a write': (n) => {
    for (let i = 0; i < n; i += batch) {
      for (let k = 1; k <= batch; k++) sending.request(singleShot, k, 5000, { context, data });
      sink += sending.take().length;
    }
  },
  'server: frame, copy, decode, answer framed, 16 a read': (n) => {
    for (let i = 0; i < n; i += batch) {
      server.push(requestFrames);
      sink += serving.take().length;
    }
  },
};

function nanoseconds(run: (n: number) => void): number {
  const start = process.hrtime.bigint();
  run(perRound);
  return Number(process.hrtime.bigint() - start) / perRound;
}

const taken = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round++) for (const [name, run] of Object.entries(cases)) taken.get(name)?.push(nanoseconds(run));

for (const [name, values] of taken) {
  const sorted = values.slice(5).sort((x, y) => x - y);
  process.stdout.write(`${(sorted[sorted.length >> 1] ?? 0).toFixed(1).padStart(8)} ns  ${name}\n`);
}
process.stdout.write(`${shot.end} B request, ${shotAnswer.end} B response without header (${sink > 0 ? 'checked' : 'nothing done'})\n`);
