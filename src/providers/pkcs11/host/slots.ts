/** Stored keys: found by name, made, destroyed. Which generation counts is the daemon's to decide. */
import { KeyslotError } from '../../../core/errors.js';
import type { KeyHalf } from '../../../core/permissions.js';
import { andFinally, andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { keyFormatNumbers, keyHalfNumbers, keyRowOf, keySourceNumbers } from '../../hosting/host-enumerations.js';
import { permissionsOf } from './attributes.js';
import type { HostContext } from './host-context.js';
import { halfOf, keyTypeOf, readFacts } from './key-facts.js';
import { factsAnswer } from './keys.js';
import { copyKey, type Grants, generateKey, importKey, type MadeKey, type Workshop } from './make-key.js';
import type { Handle } from './module.js';

type Request<N extends keyof Messages> = Messages[N]['request'];
type Answers<N extends keyof Messages> = Messages[N]['responseInput'];

/** Public halves go first: a private key alone is seen to be incomplete, a public one alone could be meant so. */
const destroyOrder: readonly KeyHalf[] = ['public', 'private', 'secret'];

export class HostSlots {
  readonly #context: HostContext;

  constructor(context: HostContext) {
    this.#context = context;
  }

  find(request: Request<'findObjects'>): Answers<'findObjects'> {
    const { objects } = this.#context;
    const listed = this.#context.storedObjects(request).flatMap((object) => {
      const half = halfOf(objects, object);
      if (half === undefined) return [];
      const facts = readFacts(objects, object, half);
      const type = keyTypeOf(facts);
      const permissions = type === undefined ? 0 : permissionsOf(objects, object, half, type);
      return [{ ...facts, half: keyHalfNumbers.number(half, 'half'), id: objects.read(object, 'ID') ?? new Uint8Array(0), permissions }];
    });
    return { objects: listed };
  }

  /** Durable before it answers. */
  store(request: Request<'storeKey'>): Answer<Answers<'storeKey'>> {
    const { token } = this.#context;
    // The request's bytes are wiped with the answer; the name is needed until then only.
    const name = { label: request.label, id: request.id };
    const session = token.open('write');
    const workshop = this.#context.workshop(session, name);
    return andFinally(
      () => andThen(this.#make(workshop, request), (made) => this.#told(made)),
      () => token.close(session),
    );
  }

  #make(workshop: Workshop, request: Request<'storeKey'>): Answer<MadeKey> {
    const grants: Grants = { permissions: request.permissions, publicPermissions: request.publicPermissions };
    const source = keySourceNumbers.given(request.source, 'source');
    const row = keyRowOf(request.algorithm);
    if (source === 'key') return copyKey(workshop, this.#context.keys.get(request.key), row.keyType, grants);
    if (source === 'generate') return generateKey(workshop, row, grants);
    const { keyData } = request;
    const format = keyFormatNumbers.given(request.format, 'format');
    return importKey(workshop, row, { format, keyData, checked: request.checked !== 0 }, grants);
  }

  #told(made: MadeKey): Answers<'storeKey'> {
    const main = made.secret ?? made.public;
    if (main === undefined) throw new KeyslotError('INTERNAL_ERROR', 'a key without objects');
    return factsAnswer(readFacts(this.#context.objects, main, made.half), made.public !== undefined);
  }

  destroy({ label, id }: Request<'destroyObjects'>): Answers<'destroyObjects'> {
    const { objects } = this.#context;
    const found = this.#context.storedObjects({ label, hasLabel: 1, id, hasId: 1 });
    const byHalf = new Map<KeyHalf, Handle[]>();
    for (const object of found) {
      const half = halfOf(objects, object);
      if (half !== undefined) byHalf.set(half, [...(byHalf.get(half) ?? []), object]);
    }
    const ordered = destroyOrder.flatMap((half) => byHalf.get(half) ?? []);
    for (const object of ordered) objects.destroy(object);
    return { destroyed: ordered.length };
  }
}
