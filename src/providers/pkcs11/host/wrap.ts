/** Keys as the content of a message, on the token: C_WrapKey with the key itself, or with a secret that holds its encoding. */
import { KeyslotError } from '../../../core/errors.js';
import { andFinally, andThen, andThenOr } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { wipe } from '../../key-encoding/secret-bytes.js';
import { CKM } from '../cryptoki.js';
import { readableSecret } from './agree.js';
import type { HostContext } from './host-context.js';
import { rowOf } from './key-facts.js';
import type { HostKey } from './key-table.js';
import { pkcs8Of } from './key-values.js';
import { type Handle, type Mechanism, outputBuffer } from './module.js';
import { templateOf } from './objects.js';
import { paddedPkcs8 } from './padded-pkcs8.js';
import { tokenError } from './return-values.js';
import { type WrapMethod, wrapMethod, wrappingInner } from './wrap-method.js';

type Request = Messages['wrapKey']['request'];

/** Bytes of a private key in PKCS#8, at most, as an RSA key of 16384 bits has them. */
const longestContent = 16_384;
const blockSize = 8;

/** @throws INVALID_ARGUMENT, KEY_NOT_EXPORTABLE, WRAP_UNWRAP_FAILED */
export function wrapKey(context: HostContext, request: Request): Answer<Uint8Array> {
  const { keys, pool } = context;
  const method = wrapMethod(request, context.quirks);
  const wrapping = keys.get(request.wrappingKey);
  const wrappingKey = method.row.keyType === 'aes' ? keys.secret(request.wrappingKey) : keys.public(request.wrappingKey).handle;
  const key = keys.get(request.key);
  if (key.secret === undefined) throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key needs no wrapping', { field: 'keyToWrap' });
  const { secret } = key;
  const room = Math.ceil(wrapping.facts.keyLength / 8) - method.overhead;
  const work = (session: Handle): Answer<Uint8Array> => {
    if (key.facts.half === 'secret' || context.quirks.wrapping === 'inside') {
      if (key.facts.half === 'secret') assertContent(method, key.facts.keyLength / 8, room);
      return wrapObject(context, session, method, wrappingKey, secret);
    }
    return asData(context, session, key, secret, method, room, (carrier) => wrapObject(context, session, method, wrappingKey, carrier));
  };
  return andThenOr(
    () => pool.use(work),
    (wrapped) => Uint8Array.from(wrapped),
    (error) => {
      throw tokenError(error, 'WRAP_UNWRAP_FAILED');
    },
  );
}

/** Tokens that fill up would make another key of it, and key wrap without padding has no other form. */
function assertContent({ row, blocks, overhead }: WrapMethod, size: number, room: number): void {
  const field = 'keyToWrap';
  if (overhead > 0 && size > room)
    throw new KeyslotError('INVALID_ARGUMENT', `${row.name} has room for ${room} bytes, not ${size}`, { field });
  if (row.method === 'aes-kw' && (size < 2 * blockSize || size % blockSize !== 0)) {
    const message = `AES-KW wraps keys of at least 16 bytes in steps of 8, not ${size}; use AES-KWP`;
    throw new KeyslotError('INVALID_ARGUMENT', message, { field: 'wrappingAlgorithm' });
  }
  if (!blocks || (size > 0 && size % blockSize === 0)) return;
  throw new KeyslotError('INVALID_ARGUMENT', `this token wraps secret keys in steps of 8 bytes, not ${size}`, { field });
}

/** A secret object with the key's encoding as its value, as long as the work takes. */
function asData<T>(
  { token, objects }: HostContext,
  session: Handle,
  { facts, public: publicObject }: HostKey,
  secret: Handle,
  method: WrapMethod,
  room: number,
  work: (carrier: Handle) => Answer<T>,
): Answer<T> {
  const row = rowOf(facts);
  if (row === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', 'Keyslot does not know this type of key', { field: 'keyToWrap' });
  const pkcs8 = pkcs8Of(objects, secret, publicObject?.handle, row);
  const fills = method.blocks && method.row.method !== 'aes-kw';
  const content = fills ? paddedPkcs8(pkcs8, blockSize) : Uint8Array.from(pkcs8);
  let carrier: Handle | undefined;
  return andFinally(
    () => {
      assertContent(method, content.length, room);
      carrier = token.module.C_CreateObject(session, templateOf({ ...readableSecret, VALUE: content }));
      return work(carrier);
    },
    () => {
      wipe(pkcs8, content);
      objects.destroyQuietly(carrier);
    },
  );
}

function wrapObject(context: HostContext, session: Handle, method: WrapMethod, wrappingKey: Handle, object: Handle): Answer<Uint8Array> {
  const { row, outer, inner, slack } = method;
  if (inner === undefined) return wrapWith(context, session, row.name, outer, wrappingKey, object, slack);
  const { token, objects } = context;
  const between = token.module.C_GenerateKey(session, { mechanism: CKM.AES_KEY_GEN }, templateOf(wrappingInner));
  return andFinally(
    () =>
      andThen(wrapWith(context, session, row.name, outer, wrappingKey, between, slack), (first) =>
        andThen(wrapWith(context, session, row.name, inner, between, object, slack), (second) => Buffer.concat([first, second])),
      ),
    () => objects.destroyQuietly(between),
  );
}

function wrapWith(
  { token: { module }, pace }: HostContext,
  session: Handle,
  name: string,
  mechanism: Mechanism,
  wrappingKey: Handle,
  object: Handle,
  slack: number,
): Answer<Uint8Array> {
  const output = outputBuffer(longestContent + slack);
  return pace.perform(
    `${name} wrap ${mechanism.mechanism}`,
    0,
    () => module.C_WrapKey(session, mechanism, wrappingKey, object, output),
    () => module.C_WrapKeyAsync(session, mechanism, wrappingKey, object, output),
  );
}
