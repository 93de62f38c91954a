/** The slots of the disposable daemon. Each is used by few checks, which leave it empty. */
import type { PermissionName } from '../../src/core/permissions.js';
import type { SlotRight } from '../../src/core/resources.js';
import type { AccessLine, SlotLine } from '../../src/testing/index.js';

interface SlotRow {
  readonly name: string;
  readonly algorithm: string;
  readonly permissions: readonly PermissionName[];
  readonly rights: readonly SlotRight[];
  readonly options?: Pick<SlotLine, 'export' | 'publicInSoftware'>;
}

const all: readonly SlotRight[] = ['use', 'write', 'generate', 'clear'];
const aesUse: readonly PermissionName[] = ['encrypt', 'decrypt', 'export'];

export const slotRows: readonly SlotRow[] = [
  { name: 'Aes', algorithm: 'AES-256', permissions: aesUse, rights: all },
  { name: 'AesTwo', algorithm: 'AES-256', permissions: aesUse, rights: all },
  { name: 'Hmac', algorithm: 'HMAC-SHA-256', permissions: ['mac'], rights: all },
  { name: 'Ec', algorithm: 'ECDSA-P256', permissions: ['sign', 'verify', 'agree', 'derive'], rights: all },
  { name: 'EcAgree', algorithm: 'ECDH-P256', permissions: ['agree'], rights: all },
  { name: 'Rsa', algorithm: 'RSA-2048', permissions: ['sign', 'verify'], rights: all },
  { name: 'RsaLong', algorithm: 'RSA-3072', permissions: ['sign', 'verify'], rights: all },
  { name: 'RsaInSoftware', algorithm: 'RSA-2048', permissions: ['sign', 'verify'], rights: all, options: { publicInSoftware: true } },
  { name: 'WrappedOnly', algorithm: 'AES-256', permissions: aesUse, rights: all, options: { export: 'wrapped' } },
  { name: 'EncryptOnly', algorithm: 'AES-256', permissions: ['encrypt'], rights: all },
  { name: 'ImportOnly', algorithm: 'AES-256', permissions: ['encrypt', 'import'], rights: all },
  { name: 'GenerateOnly', algorithm: 'AES-256', permissions: ['encrypt', 'generate'], rights: all },
  { name: 'NotUsed', algorithm: 'AES-256', permissions: aesUse, rights: ['generate', 'write', 'clear'] },
  { name: 'OnlyUsed', algorithm: 'AES-256', permissions: aesUse, rights: ['use'] },
  { name: 'NotCleared', algorithm: 'AES-256', permissions: aesUse, rights: ['use', 'generate', 'write'] },
];
/** Not granted to the caller. */
export const foreignSlot = 'Foreign';

export function slotLines(provider: string): SlotLine[] {
  const foreign: SlotRow = { name: foreignSlot, algorithm: 'AES-256', permissions: aesUse, rights: [] };
  return [...slotRows, foreign].map(({ name, algorithm, permissions, options }) => ({
    name,
    kind: 'key',
    algorithm,
    providers: [provider],
    permissions,
    ...options,
  }));
}

export function accessLines(uid: number): AccessLine[] {
  return slotRows.map(({ name, rights }) => ({ user: uid, slots: { [name]: name }, rights }));
}
