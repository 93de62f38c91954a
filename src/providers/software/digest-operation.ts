/** What operations on a digest have in common: the message is hashed as it comes, or the digest gathered where it is given (`prehashed`). */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import type { Answer, Call, ParameterValues } from '../contract.js';
import { type DigestInput, digestInput } from './digest-input.js';

export abstract class DigestOperation {
  protected readonly input: DigestInput;

  constructor({ hash }: DigestSignatureRow, { prehashed }: ParameterValues) {
    this.input = digestInput(hash, prehashed === true);
  }

  init(): void {
    this.input.init();
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    return this.input.update(data, call);
  }

  abort(): void {
    this.input.abort();
  }
  close(): void {
    this.abort();
  }
}
