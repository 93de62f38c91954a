/** `keyslot`: the asynchronous client. */
import type { AeadContext as AnyAeadContext } from './aead-context.js';
import type { CipherContext as AnyCipherContext } from './cipher-context.js';
import type { CryptoContext as AnyCryptoContext } from './crypto-context.js';
import { CryptoStack as AnyCryptoStack, type CryptoStackConfig } from './crypto-stack.js';
import type { HashContext as AnyHashContext } from './hash-context.js';
import type { KeyManagementContext as AnyKeyManagementContext } from './key-management-context.js';
import type { KeyObject as AnyKeyObject } from './key-object.js';
import type { MacContext as AnyMacContext } from './mac-context.js';
import type { RandomContext as AnyRandomContext } from './random-context.js';
import { retryAsync } from './reconnect.js';
import type { CryptoResourceGuard as AnyCryptoResourceGuard } from './resource-guard.js';
import { SharedConnections } from './shared-connection.js';
import type { SignContext as AnySignContext } from './sign-context.js';
import { SocketTransport } from './socket-transport.js';
import type { CallOptions } from './transport.js';
import type { VerifySignatureContext as AnyVerifySignatureContext } from './verify-signature-context.js';

export type CryptoStack = AnyCryptoStack<'async'> & AsyncDisposable;
export type CryptoContext = AnyCryptoContext<'async'> & AsyncDisposable;
export type HashContext = AnyHashContext<'async'> & AsyncDisposable;
export type MacContext = AnyMacContext<'async'> & AsyncDisposable;
export type CipherContext = AnyCipherContext<'async'> & AsyncDisposable;
export type AeadContext = AnyAeadContext<'async'> & AsyncDisposable;
export type SignContext = AnySignContext<'async'> & AsyncDisposable;
export type VerifySignatureContext = AnyVerifySignatureContext<'async'> & AsyncDisposable;
export type RandomContext = AnyRandomContext<'async'> & AsyncDisposable;
export type KeyManagementContext = AnyKeyManagementContext<'async'> & AsyncDisposable;
export type CryptoResourceGuard = AnyCryptoResourceGuard<'async'> & AsyncDisposable;
export type KeyObject = AnyKeyObject<'async'>;

const connections = new SharedConnections<'async'>(
  'async',
  (path, options) => SocketTransport.open(path, options?.timeout, options?.signal),
  retryAsync,
);

/**
 * Connects to the daemon.
 * @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, PROTOCOL_VERSION, INVALID_ARGUMENT
 */
export async function createCryptoStack(config: CryptoStackConfig = {}, options?: CallOptions): Promise<CryptoStack> {
  return (await AnyCryptoStack.open('async', connections, config, options)) as CryptoStack;
}

export * from './shared-exports.js';
