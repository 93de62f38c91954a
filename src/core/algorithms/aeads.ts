/** Authenticated encryption: GCM (SP 800-38D), CCM (SP 800-38C), ChaCha20-Poly1305 (RFC 8439), GCM-SIV (RFC 8452), SIV (RFC 5297). */
import type { AeadMode, AeadRow, Status } from './row.js';

interface Mode {
  readonly nonce: AeadRow['nonce'];
  readonly tagSizes: readonly number[];
  readonly wholeMessage: boolean;
  readonly status: Status;
}
const modes: Readonly<Record<AeadMode, Mode>> = {
  gcm: { nonce: { min: 1, max: 128 }, tagSizes: [16, 15, 14, 13, 12], wholeMessage: false, status: 'approved' },
  ccm: { nonce: { min: 7, max: 13 }, tagSizes: [16, 14, 12, 10, 8, 6, 4], wholeMessage: true, status: 'approved' },
  'chacha20-poly1305': { nonce: { min: 12, max: 12 }, tagSizes: [16], wholeMessage: false, status: 'other' },
  'xchacha20-poly1305': { nonce: { min: 24, max: 24 }, tagSizes: [16], wholeMessage: true, status: 'other' },
  'gcm-siv': { nonce: { min: 12, max: 12 }, tagSizes: [16], wholeMessage: true, status: 'other' },
  siv: { nonce: { min: 0, max: 128 }, tagSizes: [16], wholeMessage: true, status: 'other' },
};

function aead(name: string, mode: AeadMode, keyType: 'aes' | 'chacha20', keyLength: number): AeadRow {
  return {
    name,
    aliases: [],
    family: 'aead',
    kinds: ['aead', 'cipher'],
    parameters: [],
    keyType,
    mode,
    keyLength,
    outputSize: 16,
    ...modes[mode],
  };
}

const sizes = [128, 192, 256] as const;

export const aeadRows: readonly AeadRow[] = [
  ...sizes.map((bits) => aead(`AES-${bits}-GCM`, 'gcm', 'aes', bits)),
  ...sizes.map((bits) => aead(`AES-${bits}-CCM`, 'ccm', 'aes', bits)),
  aead('ChaCha20-Poly1305', 'chacha20-poly1305', 'chacha20', 256),
  aead('XChaCha20-Poly1305', 'xchacha20-poly1305', 'chacha20', 256),
  aead('AES-128-GCM-SIV', 'gcm-siv', 'aes', 128),
  aead('AES-256-GCM-SIV', 'gcm-siv', 'aes', 256),
  aead('AES-128-SIV', 'siv', 'aes', 256),
  aead('AES-192-SIV', 'siv', 'aes', 384),
  aead('AES-256-SIV', 'siv', 'aes', 512),
];
