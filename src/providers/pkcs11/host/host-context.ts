/** What the host's parts share once the token is open. */
import { KeyslotError } from '../../../core/errors.js';
import type { Quirks } from '../quirks/quirks.js';
import { quirksOf } from '../quirks/quirks-of.js';
import type { StoredName } from './attributes.js';
import { KeyTable } from './key-table.js';
import type { Workshop } from './make-key.js';
import type { Handle } from './module.js';
import { type Attributes, Objects } from './objects.js';
import { Owners } from './owners.js';
import { Pace } from './pace.js';
import { SessionPool } from './session-pool.js';
import type { Token } from './token.js';

export interface ObjectName {
  readonly label: string;
  readonly hasLabel: number;
  readonly id: Uint8Array;
  readonly hasId: number;
}

export class HostContext {
  readonly token: Token;
  readonly quirks: Quirks;
  readonly objects: Objects;
  readonly pool: SessionPool;
  readonly owners: Owners;
  readonly pace = new Pace();
  readonly keys = new KeyTable();

  constructor(token: Token, sessions: number, quirks = quirksOf(token.identity)) {
    this.token = token;
    this.quirks = quirks;
    this.objects = new Objects(token);
    this.pool = new SessionPool({ open: () => token.open('read'), close: (session) => token.close(session) }, sessions);
    this.owners = new Owners(token);
  }

  /** Stored objects with this label, this id, or both; a search for everything is refused. */
  storedObjects({ label, hasLabel, id, hasId }: ObjectName): Handle[] {
    if (hasLabel === 0 && hasId === 0) throw new KeyslotError('INVALID_ARGUMENT', 'a label or an id is needed', { field: 'label' });
    const name: Attributes = { ...(hasLabel === 0 ? {} : { LABEL: label }), ...(hasId === 0 ? {} : { ID: id }) };
    return this.objects.find({ TOKEN: true, ...name });
  }

  /** Where objects are made: ephemeral ones when there is no name. */
  workshop(session: Handle, name: StoredName | undefined): Workshop {
    const { token, objects, pace, quirks } = this;
    return { token, objects, pace, quirks, session, name };
  }

  get openSessions(): number {
    return this.token.standing + this.pool.open + this.owners.size;
  }
}
