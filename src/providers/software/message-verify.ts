/**
 * Verification of signatures of whole messages, which are gathered first: EdDSA, ML-DSA, SLH-DSA. A signature that does not match, or is
 * none at all, is `valid: false`.
 */
import { andFinally, andThen } from '../answer.js';
import type { Answer, Call, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { GatheredMessage } from './gathered.js';
import type { MessageScheme, SchemeParts } from './message-scheme.js';
import { messageScheme } from './message-schemes.js';
import { verifiesOnly } from './verify.js';

const nothing = new Uint8Array(0);

export class MessageVerifyOperation implements ProviderOperation {
  readonly gathersData = true;
  readonly #size: number;
  readonly #scheme: MessageScheme;
  readonly #message = new GatheredMessage();

  constructor(parts: SchemeParts) {
    this.#size = parts.algorithm.signatureSize;
    this.#scheme = messageScheme(parts);
  }

  init(): void {
    this.#message.start();
  }

  update(data: Uint8Array): Uint8Array {
    this.#message.add(data);
    return nothing;
  }

  finalize(): never {
    throw verifiesOnly();
  }

  verify(signature: Uint8Array, call: Call): Answer<Verified> {
    const message = this.#message.take();
    return andFinally(
      () => this.#check(message, signature, call),
      () => wipe(message),
    );
  }

  verifySingleShot({ data }: WholeMessage, signature: Uint8Array, call: Call): Answer<Verified> {
    return this.#check(data, signature, call);
  }

  abort(): void {
    this.#message.drop();
  }
  close(): void {
    this.abort();
  }

  #check(message: Uint8Array, signature: Uint8Array, call: Call): Answer<Verified> {
    if (signature.length !== this.#size) return { valid: false };
    return andThen(this.#scheme.verify(message, signature, call), (valid) => ({ valid }));
  }
}
