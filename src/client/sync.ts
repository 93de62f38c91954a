/** `keyslot/sync`: the same client, blocking. A signal is looked at before sending only. */
import type { AeadContext as AnyAeadContext } from './aead-context.js';
import { BlockingTransport } from './blocking-transport.js';
import type { CipherContext as AnyCipherContext } from './cipher-context.js';
import type { CryptoContext as AnyCryptoContext } from './crypto-context.js';
import { CryptoStack as AnyCryptoStack, type CryptoStackConfig } from './crypto-stack.js';
import type { HashContext as AnyHashContext } from './hash-context.js';
import type { KeyManagementContext as AnyKeyManagementContext } from './key-management-context.js';
import type { KeyObject as AnyKeyObject } from './key-object.js';
import type { MacContext as AnyMacContext } from './mac-context.js';
import type { RandomContext as AnyRandomContext } from './random-context.js';
import { retryBlocking } from './reconnect.js';
import type { CryptoResourceGuard as AnyCryptoResourceGuard } from './resource-guard.js';
import { SharedConnections } from './shared-connection.js';
import type { SignContext as AnySignContext } from './sign-context.js';
import type { CallOptions } from './transport.js';
import type { VerifySignatureContext as AnyVerifySignatureContext } from './verify-signature-context.js';

export type CryptoStack = AnyCryptoStack<'blocking'> & Disposable;
export type CryptoContext = AnyCryptoContext<'blocking'> & Disposable;
export type HashContext = AnyHashContext<'blocking'> & Disposable;
export type MacContext = AnyMacContext<'blocking'> & Disposable;
export type CipherContext = AnyCipherContext<'blocking'> & Disposable;
export type AeadContext = AnyAeadContext<'blocking'> & Disposable;
export type SignContext = AnySignContext<'blocking'> & Disposable;
export type VerifySignatureContext = AnyVerifySignatureContext<'blocking'> & Disposable;
export type RandomContext = AnyRandomContext<'blocking'> & Disposable;
export type KeyManagementContext = AnyKeyManagementContext<'blocking'> & Disposable;
export type CryptoResourceGuard = AnyCryptoResourceGuard<'blocking'> & Disposable;
export type KeyObject = AnyKeyObject<'blocking'>;

const connections = new SharedConnections<'blocking'>(
  'blocking',
  (path, options) => new BlockingTransport(path, options?.timeout),
  retryBlocking,
);

/**
 * Connects to the daemon.
 * @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, PROTOCOL_VERSION, INVALID_ARGUMENT
 */
export function createCryptoStack(config: CryptoStackConfig = {}, options?: CallOptions): CryptoStack {
  return AnyCryptoStack.open('blocking', connections, config, options) as CryptoStack;
}

export * from './shared-exports.js';
