/** Keys out of a message, on the token: made there with their own template, or read, checked and made anew. */
import { isSecretKey, type KeyRow } from '../../../core/algorithms.js';
import type { ErrorCode } from '../../../core/errors.js';
import { andFinally, andThen, orElse } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { keyRowOf } from '../../hosting/host-enumerations.js';
import { importMaterial } from '../../key-encoding/import-material.js';
import type { Material } from '../../key-encoding/material.js';
import { wipe } from '../../key-encoding/secret-bytes.js';
import type { AttributeName } from '../cryptoki.js';
import { kindFits, secretObjectType } from '../key-kinds.js';
import { readableSecret } from './agree.js';
import type { HostContext } from './host-context.js';
import { objectClasses, readFacts } from './key-facts.js';
import { pairObjectType, publicValuesOfRsa, secretOf } from './key-values.js';
import { checked, createKey, type Grants, type MadeKey, templates, undoing, type Workshop } from './make-key.js';
import type { Handle, Mechanism } from './module.js';
import { type Attributes, templateOf } from './objects.js';
import { tokenError } from './return-values.js';
import { unwrapFailed, unwrappingInner, type WrapMethod, wrapMethod } from './wrap-method.js';

type Request = Messages['unwrapKey']['request'];

/** What says something about the token or the caller's rights, and nothing about the content. */
const plainErrors: ReadonlySet<string> = new Set<ErrorCode>([
  'PROVIDER_NOT_AVAILABLE',
  'PROVIDER_BUSY',
  'ALLOCATION_FAILED',
  'KEY_OPERATION_NOT_PERMITTED',
  'KEY_SLOT_EMPTY',
  // The token made of good content another key than its template says.
  'KEY_GENERATION_FAILED',
  'SESSION_EXPIRED',
  'UNSUPPORTED_ALGORITHM',
  'UNSUPPORTED_OPERATION',
  'INTERNAL_ERROR',
]);

function refuse(error: unknown): never {
  const translated = tokenError(error, 'WRAP_UNWRAP_FAILED');
  throw plainErrors.has(translated.code) ? translated : unwrapFailed(error);
}

/** @throws WRAP_UNWRAP_FAILED, the same for every reason that lies in key or data */
export function unwrapKey(context: HostContext, workshop: Workshop, request: Request): Answer<MadeKey> {
  const { keys, quirks } = context;
  const row = keyRowOf(request.algorithm);
  const method = wrapMethod(request, quirks);
  const key = method.row.keyType === 'aes' ? keys.secret(request.wrappingKey) : keys.private(request.wrappingKey);
  const modulus = method.row.keyType === 'aes' ? 0 : Math.ceil(keys.get(request.wrappingKey).facts.keyLength / 8);
  const grants = { permissions: request.permissions, publicPermissions: request.publicPermissions };
  const unwrap = (template: Attributes) => unwrapObject(context, workshop.session, method, key, request.wrapped, modulus, template);
  return orElse(
    () => (quirks.wrapping === 'inside' ? unwrapInside(workshop, row, grants, unwrap) : unwrapAsData(workshop, row, grants, unwrap)),
    refuse,
  );
}

type Unwrap = (template: Attributes) => Answer<Handle>;

function unwrapAsData(workshop: Workshop, row: KeyRow, grants: Grants, unwrap: Unwrap): Answer<MadeKey> {
  const { objects } = workshop;
  return andThen(unwrap(readableSecret), (carrier) => {
    let content: Uint8Array | undefined;
    try {
      content = secretOf(objects, carrier);
      return createKey(workshop, row, contentOf(row, content), grants);
    } finally {
      wipe(content);
      objects.destroyQuietly(carrier);
    }
  });
}

function contentOf(row: KeyRow, content: Uint8Array): Material {
  const material = importMaterial(row, isSecretKey(row) ? 'raw' : 'der', content);
  if (material.half === 'public') throw unwrapFailed();
  return material;
}

function unwrapInside(workshop: Workshop, row: KeyRow, grants: Grants, unwrap: Unwrap): Answer<MadeKey> {
  const half = isSecretKey(row) ? 'secret' : 'private';
  const asked = templates(workshop, row, grants);
  const kind = { CLASS: objectClasses[half], KEY_TYPE: half === 'secret' ? secretObjectType(row) : pairObjectType(row, workshop.quirks) };
  return andThen(unwrap({ ...kind, ...asked[half] }), (secret) => {
    try {
      closeUp(workshop, secret, asked[half]);
      if (!kindFits(row, { ...readFacts(workshop.objects, secret, half), isSecret: half === 'secret' })) throw unwrapFailed();
    } catch (error) {
      workshop.objects.destroyQuietly(secret);
      throw error;
    }
    return checked(workshop, { half, secret, public: publicHalf(workshop, row, secret, asked.public) }, asked);
  });
}

/** What says where an object is can't be changed any more. */
const settled: ReadonlySet<string> = new Set(['TOKEN', 'PRIVATE', 'MODIFIABLE']);

/** Some tokens pass over what a template says about secrecy and uses; said again right away it holds, or the key is refused. */
function closeUp({ token, objects, session }: Workshop, object: Handle, asked: Attributes): void {
  const differing = Object.entries(asked).filter(
    ([name, value]) => typeof value === 'boolean' && !settled.has(name) && objects.isTrue(object, name as AttributeName) !== value,
  );
  if (differing.length > 0) token.module.C_SetAttributeValue(session, object, templateOf(Object.fromEntries(differing)));
}

/** Made from the private object's own numbers; the point of an elliptic curve is not among them. */
function publicHalf(workshop: Workshop, row: KeyRow, secret: Handle, asked: Attributes): Handle | undefined {
  if (row.keyType !== 'rsa') return undefined;
  const { token, objects, session } = workshop;
  return undoing(workshop, secret, () =>
    token.module.C_CreateObject(session, templateOf({ ...publicValuesOfRsa(objects, secret), ...asked })),
  );
}

function unwrapObject(
  context: HostContext,
  session: Handle,
  { row, outer, inner }: WrapMethod,
  key: Handle,
  wrapped: Uint8Array,
  modulus: number,
  template: Attributes,
): Answer<Handle> {
  if (inner === undefined) return unwrapWith(context, session, row.name, outer, key, wrapped, template);
  if (wrapped.length <= modulus) throw unwrapFailed();
  const [first, second] = [wrapped.subarray(0, modulus), wrapped.subarray(modulus)];
  return andThen(unwrapWith(context, session, row.name, outer, key, first, unwrappingInner), (between) =>
    andFinally(
      () => unwrapWith(context, session, row.name, inner, between, second, template),
      () => context.objects.destroyQuietly(between),
    ),
  );
}

function unwrapWith(
  { token: { module }, pace }: HostContext,
  session: Handle,
  name: string,
  mechanism: Mechanism,
  key: Handle,
  wrapped: Uint8Array,
  attributes: Attributes,
): Answer<Handle> {
  const input = Buffer.from(wrapped);
  const template = templateOf(attributes);
  return pace.perform(
    `${name} unwrap ${mechanism.mechanism}`,
    0,
    () => module.C_UnwrapKey(session, mechanism, key, input, template),
    () => module.C_UnwrapKeyAsync(session, mechanism, key, input, template),
  );
}
