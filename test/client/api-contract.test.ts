/** The client against the contract of its API, name by name. Compiling this file is the proof; running it only counts it. */
import { expect, test } from 'vitest';
import type * as ours from '../../src/client/index.js';
import type * as sync from '../../src/client/sync.js';
import type * as api from '../fixtures/api/api.js';

/** What comes with later parts. */
type LaterOfContext = 'createCertificateManagementContext' | 'createCertificateVerificationContext' | 'createCsrGenerationContext';
type LaterOfStack = 'memory';

type Fits<Ours extends Contract, Contract> = [Ours, Contract];

type Proofs = [
  Fits<ours.HashContext, api.HashContext>,
  Fits<ours.MacContext, api.MacContext>,
  Fits<ours.CipherContext, api.CipherContext>,
  Fits<ours.AeadContext, api.AeadContext>,
  Fits<ours.SignContext, api.SignContext>,
  Fits<ours.VerifySignatureContext, api.VerifySignatureContext>,
  Fits<ours.RandomContext, api.RandomContext>,
  Fits<ours.CryptoResourceGuard, api.CryptoResourceGuard>,
  Fits<ours.KeyManagementContext, api.KeyManagementContext>,
  Fits<
    Omit<ours.CryptoContext, 'createKeyManagementContext' | 'queryCapabilities'>,
    Omit<api.CryptoContext, LaterOfContext | 'createKeyManagementContext' | 'queryCapabilities'>
  >,
  Fits<ours.CryptoStack, Omit<api.CryptoStack, LaterOfStack | 'createCryptoContext'>>,
  Fits<ours.KeySlotInfo, api.KeySlotInfo>,
  Fits<ours.ProviderInfo, api.ProviderInfo>,
  Fits<ours.Health, api.Health>,
  Fits<ours.SystemCapabilities, api.SystemCapabilities>,
  Fits<ours.KeyslotError, api.KeyslotError>,
  Fits<typeof ours.KeyOperationPermission, typeof api.KeyOperationPermission>,
  Fits<typeof ours.hasPermission, typeof api.hasPermission>,
  Fits<ours.SecureBuffer, api.SecureBuffer>,
  // What callers give must be accepted.
  Fits<api.HashContextConfig, ours.HashContextConfig>,
  Fits<api.MacContextConfig, ours.MacContextConfig>,
  Fits<api.AeadContextConfig, ours.AeadContextConfig>,
  Fits<api.GenerateKeyParams, ours.GenerateKeyParams>,
  Fits<api.ImportKeyParams, ours.ImportKeyParams>,
  Fits<api.DeriveKeyParams, ours.DeriveKeyParams>,
  Fits<api.AgreeKeyParams, ours.AgreeKeyParams>,
  Fits<api.EncapsulateKeyParams, ours.EncapsulateKeyParams>,
  Fits<api.DecapsulateKeyParams, ours.DecapsulateKeyParams>,
  Fits<api.WrapKeyParams, ours.WrapKeyParams>,
  Fits<api.UnwrapKeyParams, ours.UnwrapKeyParams>,
  Fits<api.KdfParameters, ours.KdfParameters>,
  Fits<api.CallOptions, ours.CallOptions>,
  Fits<Omit<api.CryptoStackConfig, 'traceparent'>, ours.CryptoStackConfig>,
  // The blocking client has the same names, answers are values.
  Fits<keyof typeof sync, keyof typeof ours>,
  Fits<keyof typeof ours, keyof typeof sync>,
  Fits<ReturnType<sync.HashContext['singleShot']>, Uint8Array>,
  Fits<ReturnType<typeof sync.createCryptoStack>, Disposable>,
  Fits<ReturnType<sync.CryptoContext['createHashContext']>, Disposable>,
];

test('the client fits its contract', () => {
  expect(true satisfies Proofs extends unknown[] ? true : false).toBe(true);
});
