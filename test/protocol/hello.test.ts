import { describe, expect, it } from 'vitest';
import { limitsBeforeHello } from '../../src/protocol/frame-header.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { operations } from '../../src/protocol/generated/messages.js';
import { agree, agreed, helloRequest, ownVersions } from '../../src/protocol/hello.js';
import { dirtyBuffer } from './bodies.js';

const { hello } = operations;

/** A hello as the daemon reads it. */
function arrived(input: Parameters<typeof hello.encodeRequest>[3]) {
  const { bytes, view } = dirtyBuffer(hello.measureRequest(input));
  return hello.decodeRequest(bytes, view, 0, hello.encodeRequest(bytes, view, 0, input));
}

describe('the hello', () => {
  it('agrees on version 1 with itself', () => {
    const offer = arrived(helloRequest('test 1.0'));
    expect(offer.client).toBe('test 1.0');
    const agreement = agree(offer);
    expect(agreement).toEqual({ version: 1, features: 0 });
    expect(agreed({ ...emptyAnswer, ...agreement })).toEqual(agreement);
  });

  it.each([
    ['the highest that both speak', { min: 1, max: 3 }, { min: 2, max: 5 }, 3],
    ['the client is older', { min: 1, max: 2 }, { min: 1, max: 3 }, 2],
    ['the client is newer', { min: 2, max: 4 }, { min: 1, max: 2 }, 2],
  ])('%s', (_what, client, daemon, version) => {
    expect(agree(arrived(helloRequest('x', client)), daemon).version).toBe(version);
  });

  it.each([
    ['the client is too old', { min: 1, max: 1 }, { min: 2, max: 3 }],
    ['the client is too new', { min: 4, max: 5 }, { min: 2, max: 3 }],
  ])('%s: PROTOCOL_VERSION', (_what, client, daemon) => {
    expect(() => agree(arrived(helloRequest('x', client)), daemon)).toThrow(expect.objectContaining({ code: 'PROTOCOL_VERSION' }));
  });

  it('refuses a range that holds nothing', () => {
    for (const range of [
      { min: 0, max: 1 },
      { min: 3, max: 2 },
    ]) {
      expect(() => agree(arrived(helloRequest('x', range)))).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'versionMin' }),
      );
    }
  });

  it('refuses another magic', () => {
    const offer = arrived({ ...helloRequest('x'), magic: 0x20544547 });
    expect(() => agree(offer)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID', field: 'magic' }));
  });

  it.each([
    ['application', 'admin', 'this is the admin socket, not the socket for applications'],
    ['admin', 'application', 'this is the socket for applications, not the admin socket'],
  ] as const)('a hello for the %s socket is refused on the other', (meant, found, message) => {
    const offer = arrived(helloRequest('x', ownVersions, meant));
    expect(agree(offer, ownVersions, meant).version).toBe(ownVersions.max);
    expect(() => agree(offer, ownVersions, found)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID', field: 'magic', message }));
  });

  it('refuses a version that was not offered', () => {
    for (const version of [0, ownVersions.max + 1]) {
      expect(() => agreed({ ...emptyAnswer, version })).toThrow(expect.objectContaining({ code: 'PROTOCOL_VERSION' }));
    }
  });

  it('ignores features that this side does not know', () => {
    expect(agree(arrived({ ...helloRequest('x'), features: 0xffffffff })).features).toBe(0);
  });

  it('fits the frame that is allowed before it', () => {
    const writer = new FrameWriter(limitsBeforeHello.frame);
    writer.request(hello, 1, 0, helloRequest('鍵'.repeat(21)));
    expect(writer.frames).toBe(1);
    expect(writer.bytes).toBeLessThan(limitsBeforeHello.frame);
  });
});

const emptyAnswer = {
  version: 1,
  features: 0,
  daemon: '',
  frame: 0,
  bulk: 0,
  inFlight: 0,
  contexts: 0,
  keys: 0,
  queuedOutput: 0,
  aeadDecrypt: 0,
  defaultTimeout: 0,
  maxTimeout: 0,
};
