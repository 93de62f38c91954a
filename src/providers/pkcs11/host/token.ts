/** The token of this host: selected, logged in to, and the sessions that nothing else opens. */
import { setTimeout as pause } from 'node:timers/promises';
import { KeyslotError } from '../../../core/errors.js';
import { pkcs11Login } from '../../../native.js';
import type { TokenIdentity } from '../../contract.js';
import { CKF, CKR, CKU } from '../cryptoki.js';
import { selectsToken, type TokenSelector } from '../pkcs11-uri.js';
import { finalise, type Handle, initialise, type Module, unpadded } from './module.js';
import { ReturnValueError, returnValueOf, tokenError } from './return-values.js';

export interface TokenChoice {
  readonly modulePath: string;
  readonly selector: TokenSelector;
  /** Holds the user's PIN; read by native code only. */
  readonly pinDescriptor: number;
}

export type Opened = { readonly state: 'ready'; readonly token: Token } | { readonly state: 'refused'; readonly returnValue: number };

/**
 * Milliseconds between tries. Several processes that start on one SoftHSM2 token at once see it uninitialised, or can't log in, in 3
 * to 4 % of starts; a new C_Initialize a little later cures it.
 */
const backOff = [10, 30, 70, 150, 300] as const;

/** Return values of C_Login that judge the PIN or the account: trying again does harm or is no use. */
const refusals: ReadonlySet<number> = new Set([
  CKR.PIN_INCORRECT,
  CKR.PIN_INVALID,
  CKR.PIN_LEN_RANGE,
  CKR.PIN_EXPIRED,
  CKR.PIN_LOCKED,
  CKR.USER_PIN_NOT_INITIALIZED,
]);

export class Token {
  readonly module: Module;
  readonly identity: TokenIdentity;
  readonly slot: Handle;
  /** Keeps the login: it ends with the last session. Nothing runs on it. */
  readonly #anchor: Handle;
  /** For finding, reading and destroying objects, all in line. */
  #desk: Handle;

  constructor(module: Module, slot: Handle, identity: TokenIdentity, anchor: Handle) {
    this.module = module;
    this.slot = slot;
    this.identity = identity;
    this.#anchor = anchor;
    this.#desk = openSession(module, slot, 'write');
  }

  /** Sessions that are always open. */
  readonly standing = 2;

  get desk(): Handle {
    return this.#desk;
  }

  /** After an error in the middle of a search the desk may not be clean. */
  replaceDesk(): void {
    this.close(this.#desk);
    this.#desk = openSession(this.module, this.slot, 'write');
  }

  open(access: 'read' | 'write'): Handle {
    return openSession(this.module, this.slot, access);
  }

  /** Never throws: what can't be closed is gone. */
  close(session: Handle): void {
    try {
      this.module.C_CloseSession(session);
    } catch {
      // The token has closed it already.
    }
  }

  /** Whether the login still holds. */
  get loggedIn(): boolean {
    const userStates: readonly number[] = [1, 3];
    return userStates.includes(this.module.C_GetSessionInfo(this.#anchor).state);
  }
}

/** Session objects may be made on a session of either kind, stored ones only with `write`. */
function openSession(module: Module, slot: Handle, access: 'read' | 'write'): Handle {
  return module.C_OpenSession(slot, access === 'write' ? CKF.SERIAL_SESSION | CKF.RW_SESSION : CKF.SERIAL_SESSION);
}

/**
 * Initialises the module and finds the one token that is selected. Never initialises a token.
 * @throws PROVIDER_NOT_AVAILABLE
 */
export function findToken(module: Module, selector: TokenSelector): Promise<Listed> {
  return withRetries(module, () => find(module, selector));
}

/**
 * Logs in to the token that is selected.
 * @throws PROVIDER_NOT_AVAILABLE
 */
export function openToken(module: Module, { modulePath, selector, pinDescriptor }: TokenChoice): Promise<Opened> {
  return withRetries(module, () => {
    const { slot, identity } = find(module, selector);
    const anchor = openSession(module, slot, 'write');
    const returnValue = pkcs11Login(modulePath, anchor, CKU.USER, pinDescriptor);
    if (refusals.has(returnValue)) return { state: 'refused', returnValue };
    if (returnValue !== CKR.OK && returnValue !== CKR.USER_ALREADY_LOGGED_IN) throw new ReturnValueError(returnValue);
    return { state: 'ready', token: new Token(module, slot, identity, anchor) };
  });
}

async function withRetries<T>(module: Module, work: () => T): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      initialise(module);
      return work();
    } catch (error) {
      finalise(module);
      const delay = backOff[attempt];
      const hopeless = error instanceof KeyslotError && error.field !== 'token';
      if (delay === undefined || hopeless) throw tokenError(error, 'PROVIDER_NOT_AVAILABLE');
      await pause(delay);
    }
  }
}

export interface Listed {
  readonly slot: Handle;
  readonly identity: TokenIdentity;
  readonly initialised: boolean;
}

function list(module: Module): Listed[] {
  return module.C_GetSlotList(true).flatMap((slot) => {
    try {
      const info = module.C_GetTokenInfo(slot);
      const identity = {
        label: unpadded(info.label),
        serial: unpadded(info.serialNumber),
        model: unpadded(info.model),
        manufacturer: unpadded(info.manufacturerID),
      };
      return [{ slot, identity, initialised: (info.flags & CKF.TOKEN_INITIALIZED) !== 0 }];
    } catch (error) {
      // A slot that can't tell is not the one.
      if (returnValueOf(error) === undefined) throw error;
      return [];
    }
  });
}

function find(module: Module, selector: TokenSelector): Listed {
  const listed = list(module).filter((token) => token.initialised);
  const selected = listed.filter((token) => selectsToken(selector, token.identity));
  const [only, second] = selected;
  if (only !== undefined && second === undefined) return only;
  const present = listed.map(({ identity }) => `token=${identity.label};serial=${identity.serial}`).join(', ');
  const wanted = Object.entries(selector)
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
  const message =
    only === undefined
      ? `no initialised token matches ${wanted}; the module lists: ${present === '' ? 'none' : present}`
      : `several tokens match ${wanted}; add serial=… (${present})`;
  throw new KeyslotError('PROVIDER_NOT_AVAILABLE', message, { field: 'token' });
}

export function describeLibrary(module: Module): string {
  const info = module.C_GetInfo();
  const { major, minor } = info.libraryVersion;
  return `${unpadded(info.libraryDescription)} ${major}.${minor} (${unpadded(info.manufacturerID)})`;
}
