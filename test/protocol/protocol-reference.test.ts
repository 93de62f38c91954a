/** What docs/protocol.md says in words and bytes; its tables are covered by the test of the generator. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envelopeRoom, incompleteFrameTimeout } from '../../src/core/limits.js';
import { itemBudget } from '../../src/protocol/body-writer.js';
import { headerBytes, limitsBeforeHello, maxIncompleteMessages } from '../../src/protocol/frame-header.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { operations } from '../../src/protocol/generated/messages.js';
import { helloRequest } from '../../src/protocol/hello.js';
import { helloMagic } from '../../src/protocol/operations.js';
import { encodeParameter } from '../../src/protocol/parameters.js';

const reference = readFileSync('docs/protocol.md', 'utf8');

describe('the reference of the protocol', () => {
  it('shows the bytes of a hello', () => {
    const example = /<!-- example: hello -->\n```\n([^`]*)```/.exec(reference)?.[1] ?? '';
    const writer = new FrameWriter(limitsBeforeHello.frame);
    writer.request(operations.hello, 1, 5000, helloRequest('example'));
    expect(example.replace(/\s+/g, '')).toBe(Buffer.concat(writer.take()).toString('hex'));
  });

  it.each([
    [`a header of ${headerBytes} bytes`],
    [`at most ${maxIncompleteMessages} messages may be incomplete`],
    [`\`bulk\` + ${envelopeRoom.toLocaleString('en')}`],
    [`both are ${limitsBeforeHello.frame.toLocaleString('en')}`],
    [`${itemBudget.toLocaleString('en')} items`],
    [`complete ${incompleteFrameTimeout / 1000} seconds after`],
    [`\`magic\` 0x${helloMagic.toString(16)}`],
  ])('says: %s', (words) => {
    expect(limitsBeforeHello.frame).toBe(limitsBeforeHello.message);
    expect(reference.replace(/\s+/g, ' ')).toContain(words);
  });

  it('counts the kinds of parameters as they are', () => {
    const kinds = [7, 'text', true, Uint8Array.of(1)].map((value) => encodeParameter('any', value).kind);
    expect(kinds).toEqual([1, 2, 3, 4]);
    expect(reference).toContain('kind 1 is a whole number, in `number`; 2 a text, in `value`; 3 a boolean');
  });
});
