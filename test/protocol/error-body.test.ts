import { describe, expect, it } from 'vitest';
import { errorTable, KeyslotError } from '../../src/core/errors.js';
import { errorBody, errorFrom, statusOk } from '../../src/protocol/error-body.js';
import { encodeErrorDetail, measureErrorDetail } from '../../src/protocol/generated/messages.js';
import { dirtyBuffer } from './bodies.js';

/** What arrives of an error. */
function sent(error: unknown): KeyslotError {
  const { status, detail } = errorBody(error);
  return received(status, detail);
}

function received(word: number, detail: object): KeyslotError {
  const { bytes, view } = dirtyBuffer(measureErrorDetail(detail));
  return errorFrom({ word, bytes, view, start: 0, end: encodeErrorDetail(bytes, view, 0, detail) });
}

describe('errors on the wire', () => {
  it.each(errorTable.map((row) => [row.code, row] as const))('%s arrives as it was', (code, row) => {
    expect(row.numericCode).not.toBe(statusOk);
    expect(sent(new KeyslotError(code, 'words')).toJSON()).toEqual(new KeyslotError(code, 'words').toJSON());
    const other = new KeyslotError(code, 'words', { field: 'field', retryable: !row.retryable });
    expect(sent(other).toJSON()).toEqual(other.toJSON());
  });

  it('that are not KeyslotErrors say nothing of themselves', () => {
    for (const error of [
      new Error('private words'),
      'private words',
      undefined,
      null,
      { code: 'KEY_SLOT_EMPTY', message: 'private words' },
    ]) {
      expect(sent(error).toJSON()).toMatchObject({ code: 'INTERNAL_ERROR', message: 'internal error', retryable: false });
    }
  });

  it('are cut to what fits, at a character', () => {
    const { message, field } = sent(new KeyslotError('INVALID_ARGUMENT', 'ä鍵😀'.repeat(500), { field: '鍵'.repeat(200) }));
    expect(Buffer.byteLength(message)).toBeGreaterThan(1020);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1024);
    expect('ä鍵😀'.repeat(500).startsWith(message)).toBe(true);
    expect(field).toBe('鍵'.repeat(42));
  });

  it('with broken text are mended, since an error must arrive', () => {
    expect(sent(new KeyslotError('INVALID_ARGUMENT', 'a\ud800b')).message).toBe('a\ufffdb');
  });

  it('of a newer daemon are INTERNAL_ERROR that names the number', () => {
    expect(received(0x01ffffff, { message: 'new' })).toMatchObject({
      code: 'INTERNAL_ERROR',
      message: expect.stringContaining('0x1ffffff'),
    });
  });

  it('with a body that is none are FRAME_INVALID', () => {
    const { bytes, view } = dirtyBuffer(16);
    expect(() => errorFrom({ word: 1, bytes, view, start: 0, end: 16 })).toThrow(expect.objectContaining({ code: 'FRAME_INVALID' }));
  });
});
