/** What holds before the hello is answered. */
import { limitsBeforeHello } from '../protocol/frame-header.js';
import type { HelloResponse } from '../protocol/generated/messages.js';

/** Milliseconds that connecting and the hello may take. */
export const connectTimeout = 5000;
export const unknownHello: HelloResponse = {
  version: 0,
  features: 0,
  daemon: '',
  frame: limitsBeforeHello.frame,
  bulk: 0,
  inFlight: 1,
  contexts: 0,
  keys: 0,
  queuedOutput: 0,
  aeadDecrypt: 0,
  defaultTimeout: connectTimeout,
  maxTimeout: 0,
};
