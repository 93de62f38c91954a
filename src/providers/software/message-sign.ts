/** Signing of whole messages, which are gathered first: EdDSA, ML-DSA, SLH-DSA. */
import { andFinally, andThen } from '../answer.js';
import type { Answer, Call, Finalized, ProviderOperation, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { GatheredMessage } from './gathered.js';
import type { MessageScheme, SchemeParts } from './message-scheme.js';
import { messageScheme } from './message-schemes.js';

const nothing = new Uint8Array(0);

export class MessageSignOperation implements ProviderOperation {
  readonly gathersData = true;
  readonly #scheme: MessageScheme;
  readonly #message = new GatheredMessage();

  constructor(parts: SchemeParts) {
    this.#scheme = messageScheme(parts);
  }

  init(): void {
    this.#message.start();
  }

  update(data: Uint8Array): Uint8Array {
    this.#message.add(data);
    return nothing;
  }

  finalize(call: Call): Answer<Finalized> {
    const message = this.#message.take();
    return andFinally(
      () => this.#sign(message, call),
      () => wipe(message),
    );
  }

  singleShot({ data }: WholeMessage, call: Call): Answer<Finalized> {
    return this.#sign(data, call);
  }

  abort(): void {
    this.#message.drop();
  }
  close(): void {
    this.abort();
  }

  #sign(message: Uint8Array, call: Call): Answer<Finalized> {
    return andThen(this.#scheme.sign(message, call), (data) => ({ data }));
  }
}
