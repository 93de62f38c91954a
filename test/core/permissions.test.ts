import { describe, expect, test } from 'vitest';
import { algorithmTable, type KeyRow, keyAlgorithm } from '../../src/core/algorithms.js';
import { PermissionBuilder } from '../../src/core/permission-builder.js';
import {
  defaultPermissions,
  defaultPublicPermissions,
  fittingPermissions,
  hasPermission,
  isPublicUse,
  KeyOperationPermission as p,
  requiredPermission,
} from '../../src/core/permissions.js';

const keyRows = algorithmTable.filter((row): row is KeyRow => row.family === 'key');
function row(name: string): KeyRow {
  const found = keyAlgorithm(name);
  if (found === undefined) throw new Error(name);
  return found;
}

describe('defaults', () => {
  test.each(keyRows.map((of) => [of.name, of] as const))('%s: what fits, never export, no wrapping by secret keys', (_name, of) => {
    for (const mask of [defaultPermissions(of), defaultPublicPermissions(of)]) {
      expect(mask & ~fittingPermissions(of.keyType)).toBe(0);
      expect(mask & (p.export | p.import | p.generate)).toBe(0);
    }
    expect(defaultPermissions(of)).not.toBe(0);
    if (of.keyType === 'aes') expect(defaultPermissions(of) & (p.wrap | p.unwrap)).toBe(0);
    expect(defaultPublicPermissions(of) & (p.sign | p.decrypt | p.unwrap | p.derive)).toBe(0);
  });

  test('one type of key under two names may do what its name says', () => {
    expect([defaultPermissions(row('ECDSA-P256')), defaultPublicPermissions(row('ECDSA-P256'))]).toEqual([p.sign | p.verify, p.verify]);
    expect([defaultPermissions(row('ECDH-P256')), defaultPublicPermissions(row('ECDH-P256'))]).toEqual([p.agree, p.agree]);
    expect(row('secp256k1')).toBe(row('ECDSA-secp256k1'));
  });
});

test('a use of the public half goes by its mask', () => {
  expect(isPublicUse('verify', undefined)).toBe(true);
  expect(isPublicUse('encapsulate', undefined)).toBe(true);
  expect(isPublicUse('wrap', undefined)).toBe(true);
  expect(isPublicUse('cipher', 'encrypt')).toBe(true);
  expect(isPublicUse('cipher', 'decrypt')).toBe(false);
  expect(isPublicUse('unwrap', undefined)).toBe(false);
  expect(requiredPermission('decapsulate', undefined)).toBe(p.agree);
});

test('the builder puts names and presets together', () => {
  expect(new PermissionBuilder().build()).toBe(0);
  const mask = new PermissionBuilder().allowDataProtection().allow('mac').deny('wrap', 'unwrap').build();
  expect(mask).toBe(p.encrypt | p.decrypt | p.mac);
  expect(new PermissionBuilder().allowAll().build()).toBe(p.all);
  expect(new PermissionBuilder().allowAuthentication().allowFullLifecycle().build()).toBe(p.authentication | p.fullLifecycle);
  expect(hasPermission(mask, p.encrypt | p.sign)).toBe(false);
  expect(() => new PermissionBuilder().allow('fly' as 'sign')).toThrowError(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'permissions' }),
  );
});
