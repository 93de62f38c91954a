/** `keyslot/testing`: a daemon, and a token, to throw away. */
export { createToken, type DisposableToken, type TokenOptions } from '../../softhsm/index.js';
export {
  type AccessLine,
  type DaemonSettings,
  type ProviderLine,
  type SlotLine,
  softwareProvider,
  tokenProvider,
} from './daemon-settings.js';
export { DisposableDaemon, type DisposableDaemonOptions, startDisposableDaemon } from './disposable-daemon.js';
