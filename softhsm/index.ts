/** SoftHSM2 without root, and tokens to throw away: for tests, the demo, and a user's own CI. */
export type { Report } from './fetch.js';
export type { SoftHsm } from './locate.js';
export { findSoftHsm, type ObtainOptions, obtainSoftHsm } from './obtain.js';
export { createToken, type DisposableToken, type TokenOptions } from './token.js';
