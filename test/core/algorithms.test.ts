import { expect, test } from 'vitest';
import { keyAlgorithm, operationAlgorithm } from '../../src/core/algorithms.js';

test('names of algorithms ignore case and the hyphen of hashes', () => {
  expect(operationAlgorithm('sha256')?.name).toBe('SHA-256');
  expect(operationAlgorithm('hmac-sha256')?.name).toBe('HMAC-SHA-256');
  expect(operationAlgorithm('ECDSA-P256')?.name).toBe('ECDSA-P256-SHA-256');
  expect(keyAlgorithm('HMAC-SHA-256')?.keyType).toBe('hmac');
  expect(operationAlgorithm('__proto__')).toBeUndefined();
});
