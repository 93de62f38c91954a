import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createToken } from '../../softhsm/index.js';
import { RawToken } from '../providers/pkcs11/raw-token.js';

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('a disposable token', () => {
  it('is private, selected by its own configuration, and opens with its PIN', async () => {
    const token = await createToken({ label: 'first token' });
    try {
      expect(mode(token.folder)).toBe(0o700);
      for (const path of [token.pinFile, token.soPinFile, token.configPath]) expect(mode(path)).toBe(0o600);
      expect(token.env).toEqual({ SOFTHSM2_CONF: token.configPath });
      expect(token.uri).toBe(`pkcs11:token=first%20token;serial=${token.serial}`);
      const raw = new RawToken(token);
      expect(raw.module.C_GetTokenInfo(raw.slot).label.trim()).toBe('first token');
      raw.close();
    } finally {
      await token.remove();
    }
    expect(existsSync(token.folder)).toBe(false);
    await token.remove();
  });

  it('has random PINs, or the one that is given', async () => {
    const pin = Buffer.from('correct-horse');
    const tokens = await Promise.all([createToken(), createToken(), createToken({ pin })]);
    try {
      const pins = tokens.flatMap((token) => [token.pinFile, token.soPinFile]).map((file) => readFileSync(file, 'utf8'));
      expect(new Set(pins).size).toBe(6);
      expect(pins[0]).toMatch(/^[0-9a-f]{32}\n$/);
      expect(pins[4]).toBe('correct-horse\n');
      expect(new Set(tokens.map((token) => token.serial)).size).toBe(3);
    } finally {
      await Promise.all(tokens.map((token) => token.remove()));
    }
  });

  it('refuses what a token can not have', async () => {
    for (const label of ['', 'x'.repeat(33), ' blank', 'ü'.repeat(17)]) {
      await expect(createToken({ label })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'label' });
    }
    for (const pin of ['123', 'a b c d', 'x'.repeat(256)]) {
      await expect(createToken({ pin: Buffer.from(pin) })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'pin' });
    }
  });

  it('says why a module does not work', async () => {
    await expect(createToken({ modulePath: '/dev/null' })).rejects.toMatchObject({
      code: 'PROVIDER_NOT_AVAILABLE',
      message: expect.stringContaining('/dev/null'),
    });
  });
});
