/** Messages that the daemon would carry out: with ids of contexts, keys and slots that exist in the session of this process. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SocketTransport } from '../../src/client/socket-transport.js';
import type { KeyFormat } from '../../src/core/vocabulary.js';
import {
  contextKindNumbers,
  directionNumbers,
  keyFormatNumbers,
  operationModeNumbers,
  resourceTypeNumbers,
} from '../../src/protocol/enumerations.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { type CreateContextRequestInput, type Messages, operations } from '../../src/protocol/generated/messages.js';
import { helloRequest } from '../../src/protocol/hello.js';
import type { DaemonSettings } from '../../src/testing/daemon-settings.js';
import { type SlotLine, softwareProvider } from '../../src/testing/index.js';

const slotNames = { data: 'AES-256', other: 'AES-256', signer: 'ECDSA-P256', mac: 'HMAC-SHA-256' } as const;
type SlotName = keyof typeof slotNames;

const permissions: Readonly<Record<SlotName, SlotLine['permissions']>> = {
  data: ['encrypt', 'decrypt'],
  other: ['encrypt', 'decrypt', 'export'],
  signer: ['sign', 'verify'],
  mac: ['mac'],
};

/** A daemon that a fuzzer can't fill: what is long here would only take long. */
export const fuzzedSettings: DaemonSettings = {
  providers: [softwareProvider()],
  slots: Object.entries(slotNames).map(([name, algorithm]) => {
    return { name, kind: 'key' as const, algorithm, providers: ['software'], permissions: permissions[name as SlotName] };
  }),
  access: [
    {
      user: process.getuid?.() ?? 0,
      slots: Object.fromEntries(Object.keys(slotNames).map((name) => [name, name])),
      rights: ['use', 'write', 'generate', 'clear'],
    },
  ],
  limits: { bulk: '256KiB', aeadDecrypt: '64KiB', inFlight: 4096 },
  log: { level: 'warn' },
};

const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'der', type: 'pkcs8' });
/** Frames of this size at most, as the hello of the daemon tells. */
const frame = 1 << 20;

/** Makes messages of several frames of all but the shortest. */
const shortFrame = 64;
/** Of calls that prepare a session, on a machine that is busy with the fuzzer; milliseconds. */
const patience = 60_000;

type Ask = <N extends keyof Messages>(name: N, input: Messages[N]['requestInput']) => Promise<Messages[N]['response']>;
type Build = <N extends keyof Messages>(name: N, input: Messages[N]['requestInput']) => void;

interface Ids {
  readonly slots: Readonly<Record<SlotName, number>>;
  readonly aes: number;
  readonly hmac: number;
  readonly ec: number;
  readonly rsa: number;
  readonly management: number;
}

const iv16 = new Uint8Array(16).fill(1);
const nonce = new Uint8Array(12).fill(2);
const text = new TextEncoder().encode('sixty-four bytes of a message that is neither short nor very long');

function contextsOf({ slots, aes, hmac, ec, rsa }: Ids): CreateContextRequestInput[] {
  const kind = (name: Parameters<typeof contextKindNumbers.number>[0]) => contextKindNumbers.number(name, 'kind');
  const [encrypt, decrypt] = (['encrypt', 'decrypt'] as const).map((name) => directionNumbers.number(name, 'direction'));
  const verify = operationModeNumbers.number('verify', 'mode');
  const format = { name: 'signatureFormat', kind: 2, value: new TextEncoder().encode('der') };
  return [
    { kind: kind('hash'), algorithm: 'SHA-256' },
    { kind: kind('hash'), algorithm: 'SHA-512', providerName: 'software' },
    { kind: kind('mac'), algorithm: 'HMAC-SHA-256', key: hmac },
    { kind: kind('mac'), algorithm: 'HMAC-SHA-256', key: slots.mac, mode: verify },
    { kind: kind('cipher'), algorithm: 'AES-256-CBC', key: aes, direction: encrypt },
    { kind: kind('cipher'), algorithm: 'AES-256-CBC', key: slots.data, direction: decrypt },
    { kind: kind('cipher'), algorithm: 'AES-256-GCM', key: aes, direction: decrypt },
    { kind: kind('aead'), algorithm: 'AES-256-GCM', key: slots.data, direction: encrypt, tagLength: 16 },
    { kind: kind('aead'), algorithm: 'AES-256-GCM', key: aes, direction: decrypt },
    { kind: kind('sign'), algorithm: 'ECDSA-P256', key: slots.signer, parameters: [format] },
    { kind: kind('sign'), algorithm: 'RSA-PSS-SHA-256', key: rsa },
    { kind: kind('verify'), algorithm: 'ECDSA-P256', key: ec },
    { kind: kind('verify'), algorithm: 'RSA-PSS-SHA-256', key: rsa },
    { kind: kind('random') },
    { kind: kind('keyManagement') },
  ];
}

/** Every step of a streaming context, in no order that makes sense. */
function steps(build: Build, context: number): void {
  const expected = randomBytes(32);
  build('init', { context });
  build('init', { context, iv: iv16, hasIv: 1 });
  build('init', { context, iv: nonce, hasIv: 1 });
  build('updateAad', { context, aad: text });
  build('update', { context, data: text });
  build('update', { context, data: randomBytes(20_000) });
  build('finalize', { context });
  build('verifyFinalize', { context, expected });
  build('singleShot', { context, data: text });
  build('singleShot', { context, data: text, iv: iv16, hasIv: 1 });
  build('singleShot', { context, data: text, iv: nonce, hasIv: 1, aad: text });
  build('verifySingleShot', { context, data: text, iv: nonce, hasIv: 1, expected: expected.subarray(0, 16) });
  build('resetContext', { context });
  build('randomGenerate', { context, size: 1000 });
  build('randomSeed', { context, seed: text });
}

function keyWork(build: Build, { slots, aes, hmac, ec, rsa, management: context }: Ids): void {
  const der = keyFormatNumbers.number('der', 'format');
  build('generateKey', { context, algorithm: 'AES-256' });
  build('generateKey', { context, algorithm: 'ECDSA-P256', permissions: 0x30, hasPermissions: 1 });
  build('generateKey', { context, slot: slots.signer, overwrite: 1 });
  build('importKey', { context, algorithm: 'AES-256', keyData: randomBytes(32) });
  build('importKey', { context, algorithm: 'RSA-2048', format: der, keyData: rsaKey });
  build('importKey', { context, slot: slots.mac, algorithm: 'HMAC-SHA-256', keyData: randomBytes(32), overwrite: 1 });
  for (const slot of Object.values(slots)) {
    build('loadKey', { context, slot });
    build('getKeySlotInfo', { slot });
    build('getKeyInfo', { key: slot });
    build('persistKey', { context, slot, key: aes, overwrite: 1 });
  }
  build('clearKey', { context, target: slots.other });
  build('clearKey', { context, target: hmac });
  for (const key of [aes, ec, rsa]) {
    build('getKeyInfo', { key });
    build('getPublicKey', { context, key });
    build('exportKey', { key, format: der, publicHalf: 1 });
  }
  build('exportKey', { key: slots.other });
  build('releaseKey', { key: hmac });
}

function lookUps(build: Build, { slots }: Ids): void {
  const type = resourceTypeNumbers.number('keySlot', 'type');
  build('health', {});
  build('cancel', { request: 7 });
  build('resolveResource', { name: 'data', type });
  build('resolveResource', { name: 'software', type: resourceTypeNumbers.number('provider', 'type') });
  build('listResources', { type });
  build('getProviderInfo', { provider: 1 });
  build('getProviderInfo', { resource: slots.data });
  build('queryCapabilities', {});
  build('queryCapabilities', { algorithm: 'AES-256-GCM' });
}

function framed<N extends keyof Messages>(name: N, input: Messages[N]['requestInput'], longest = frame): Uint8Array {
  const out = new FrameWriter(longest);
  out.request(operations[name] as (typeof operations)['health'], 2, 0, input);
  return new Uint8Array(Buffer.concat(out.take()));
}

export function helloMessage(): Uint8Array {
  return framed('hello', helloRequest('fuzz'));
}

/** A session of this process with something of every kind in it, until it is closed. */
export class LiveSession {
  readonly messages: readonly Uint8Array[];
  readonly #transport: SocketTransport;

  private constructor(transport: SocketTransport, messages: readonly Uint8Array[]) {
    this.#transport = transport;
    this.messages = messages;
  }

  static async open(socketPath: string): Promise<LiveSession> {
    const transport = await SocketTransport.open(socketPath, patience, undefined);
    const ask: Ask = (name, input) => transport.request({ name, input, decode: (answer) => answer, timeout: patience, signal: undefined });
    const ids = await prepare(ask);
    const messages: Uint8Array[] = [];
    const build: Build = (name, input) => {
      messages.push(framed(name, input));
      if (messages.length % 8 === 0) messages.push(framed(name, input, shortFrame));
    };
    lookUps(build, ids);
    for (const input of contextsOf(ids)) {
      const { context } = await ask('createContext', input);
      build('createContext', input);
      steps(build, context);
      build('closeContext', { context });
    }
    keyWork(build, ids);
    return new LiveSession(transport, messages);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}

/** Fills the slots anew, in which a fuzzer may have put what is of no use, and makes keys. */
async function prepare(ask: Ask): Promise<Ids> {
  const { context } = await ask('createContext', { kind: contextKindNumbers.number('keyManagement', 'kind') });
  const slot = async (name: SlotName): Promise<number> => {
    const { resource } = await ask('resolveResource', { name, type: resourceTypeNumbers.number('keySlot', 'type') });
    const id = resource?.id ?? 0;
    await ask('generateKey', { context, slot: id, overwrite: 1 });
    return id;
  };
  const imported = async (algorithm: string, format: KeyFormat, keyData: Uint8Array): Promise<number> =>
    (await ask('importKey', { context, algorithm, format: keyFormatNumbers.number(format, 'format'), keyData })).key?.id ?? 0;
  return {
    slots: { data: await slot('data'), other: await slot('other'), signer: await slot('signer'), mac: await slot('mac') },
    aes: await imported('AES-256', 'raw', randomBytes(32)),
    hmac: await imported('HMAC-SHA-256', 'raw', randomBytes(32)),
    ec: (await ask('generateKey', { context, algorithm: 'ECDSA-P256' })).key?.id ?? 0,
    rsa: await imported('RSA-2048', 'der', rsaKey),
    management: context,
  };
}
