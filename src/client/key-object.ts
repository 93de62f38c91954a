import type { CryptoResourceId } from '../core/resources.js';
import type { KeyFormat, KeyKind } from '../core/vocabulary.js';
import { keyFormatNumbers, keyKindNumbers } from '../protocol/enumerations.js';
import type { GetKeyInfoResponse } from '../protocol/generated/messages.js';
import type { Link } from './link.js';
import { type Mode, type Owned, owned, type Result } from './mode.js';
import { CryptoResourceGuard } from './resource-guard.js';
import type { CallOptions } from './transport.js';
import { resourceId } from './views.js';

/** A read-only view of a key. */
export class KeyObject<M extends Mode> {
  readonly id: CryptoResourceId;
  readonly kind: KeyKind;
  readonly algorithm: string;
  /** Bits. */
  readonly keyLength: number;
  readonly exportable: boolean;
  readonly permittedOperations: number;
  readonly allowedModes?: string[];
  /** Of private keys: the public half as a key of its own. */
  readonly getPublicKey?: (options?: CallOptions) => Result<M, Owned<M, CryptoResourceGuard<M>>>;
  /** Of public keys, and of private ones their public half: SPKI as DER or PEM, or a JWK. */
  readonly exportPublicKey?: (format?: KeyFormat, options?: CallOptions) => Result<M, Uint8Array>;

  constructor(link: Link<M>, id: CryptoResourceId, info: GetKeyInfoResponse) {
    this.id = id;
    this.kind = keyKindNumbers.given(info.kind, 'kind');
    this.algorithm = info.algorithm;
    this.keyLength = info.keyLength;
    this.exportable = info.exportable !== 0;
    this.permittedOperations = info.permittedOperations;
    if (info.allowedModes.length > 0) this.allowedModes = info.allowedModes.map(({ text }) => text);
    if (this.kind === 'private') {
      this.getPublicKey = (options) =>
        link.call(
          'getPublicKey',
          { key: id.id },
          ({ key }) => owned<M, CryptoResourceGuard<M>>(new CryptoResourceGuard(link, resourceId(key))),
          options,
          ({ key }) => link.transport.post('releaseKey', { key: resourceId(key).id }),
        );
    }
    if (this.kind !== 'symmetric') {
      this.exportPublicKey = (format, options) =>
        link.call(
          'exportKey',
          { key: id.id, format: keyFormatNumbers.number(format, 'format'), publicHalf: 1 },
          ({ data }) => new Uint8Array(data),
          options,
        );
    }
  }
}
