/** Steps of a client, each against the model: what it gives, or the error that it must give, and what the daemon then holds. */
import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type CipherContext,
  type CryptoContext,
  type CryptoResourceGuard,
  type CryptoResourceId,
  type CryptoStack,
  type KeyManagementContext,
  type KeyslotError,
  KeyOperationPermission as p,
} from '../../src/client/index.js';
import type * as blocking from '../../src/client/sync.js';
import type { Context, Counters, Entry, Guard, SessionModel, SlotName, Stored } from './session-model.js';

/** What the model describes, in a daemon. */
export interface RealSession {
  readonly stack: CryptoStack;
  readonly context: CryptoContext;
  readonly blockingContext: blocking.CryptoContext;
  readonly slots: Readonly<Record<SlotName, CryptoResourceId>>;
  readonly managements: KeyManagementContext[];
  readonly guards: CryptoResourceGuard[];
  readonly contexts: (CipherContext | blocking.CipherContext)[];
  counters(): Promise<Counters>;
}

type Outcome = (model: SessionModel, real: RealSession) => Promise<void>;
type Command = fc.AsyncCommand<SessionModel, RealSession>;

const iv = new Uint8Array(16).fill(3);
const text = new TextEncoder().encode('what is encrypted under every key');
const both = p.encrypt | p.decrypt;

function command(name: string, possible: (model: SessionModel) => boolean, run: Outcome): Command {
  return {
    check: possible,
    async run(model, real) {
      await run(model, real);
      expect(await real.counters()).toEqual(model.counters);
    },
    toString: () => name,
  };
}

async function fails(work: Promise<unknown>, code: string): Promise<void> {
  await expect(work).rejects.toMatchObject({ code } satisfies Partial<KeyslotError>);
}

/** The list's item under a number that was drawn without knowing the list. */
function pick<T>(list: readonly T[], n: number): [T, number] {
  const at = n % list.length;
  return [list[at] as T, at];
}

const anyManagement = (model: SessionModel) => model.managements.includes(true);
const anyGuard = (model: SessionModel) => model.guards.length > 0;
const anyContext = (model: SessionModel) => model.contexts.length > 0;

/** An open management context. */
function management(model: SessionModel, real: RealSession, n: number): [KeyManagementContext, number] {
  const open = model.managements.flatMap((isOpen, at) => (isOpen ? [at] : []));
  const [at] = pick(open, n);
  return [real.managements[at] as KeyManagementContext, at];
}

const openManagement = () =>
  command(
    'open management',
    (model) => model.managements.filter(Boolean).length < 4,
    async (model, real) => {
      real.managements.push(await real.context.createKeyManagementContext());
      model.managements.push(true);
    },
  );

const closeManagement = (n: number) =>
  command(`close management ${n}`, anyManagement, async (model, real) => {
    const [context, at] = management(model, real, n);
    await context.close();
    model.managements[at] = false;
    for (const guard of model.guards) if (guard.management === at) model.releaseGuard(guard);
  });

function addGuard(model: SessionModel, real: RealSession, guard: CryptoResourceGuard, entry: Entry, at: number): void {
  real.guards.push(guard);
  model.guards.push({ entry, management: at, held: true });
}

const importKey = (n: number, encryptOnly: boolean) =>
  command(`import ${n}${encryptOnly ? ' to encrypt' : ''}`, anyManagement, async (model, real) => {
    const [context, at] = management(model, real, n);
    const bytes = randomBytes(32);
    const permissions = encryptOnly ? p.encrypt : both;
    const guard = await context.importKey({ algorithm: 'AES-256', keyData: bytes, permissions });
    addGuard(model, real, guard, model.addEntry({ bytes, sealed: undefined }, permissions), at);
  });

const generateKey = (n: number) =>
  command(`generate ${n}`, anyManagement, async (model, real) => {
    const [context, at] = management(model, real, n);
    const guard = await context.generateKey({ algorithm: 'AES-256', permissions: both });
    addGuard(model, real, guard, model.addEntry({ bytes: undefined, sealed: undefined }, both), at);
  });

const generateIntoSlot = (n: number, slot: SlotName, overwrite: boolean) =>
  command(`generate into ${slot} ${n}${overwrite ? ' over' : ''}`, anyManagement, async (model, real) => {
    const [context] = management(model, real, n);
    const made = context.generateKey(real.slots[slot], { algorithm: 'AES-256', overwrite });
    if (model.slots[slot] !== undefined && !overwrite) return fails(made, 'KEY_SLOT_OCCUPIED');
    await made;
    model.slots[slot] = { secret: { bytes: undefined, sealed: undefined }, permissions: both, loaded: undefined };
    return undefined;
  });

const loadKey = (n: number, slot: SlotName) =>
  command(`load ${slot} ${n}`, anyManagement, async (model, real) => {
    const [context, at] = management(model, real, n);
    const loaded = context.loadKey(real.slots[slot]);
    const stored = model.slots[slot];
    if (stored === undefined) return fails(loaded, 'KEY_SLOT_EMPTY');
    addGuard(model, real, await loaded, model.load(stored), at);
    return undefined;
  });

function persistRefusal(guard: Guard, stored: Stored | undefined, overwrite: boolean): string | undefined {
  if (!guard.held) return 'RESOURCE_NOT_FOUND';
  if (guard.entry.fromSlot) return 'INVALID_OPERATION';
  return stored !== undefined && !overwrite ? 'KEY_SLOT_OCCUPIED' : undefined;
}

const persistKey = (n: number, g: number, slot: SlotName, overwrite: boolean) =>
  command(
    `persist ${g} into ${slot} ${n}${overwrite ? ' over' : ''}`,
    (model) => anyManagement(model) && anyGuard(model),
    async (model, real) => {
      const [context] = management(model, real, n);
      const [guard, at] = pick(model.guards, g);
      const persisted = context.persistKey(real.slots[slot], real.guards[at] as CryptoResourceId, { overwrite });
      const refusal = persistRefusal(guard, model.slots[slot], overwrite);
      if (refusal !== undefined) return fails(persisted, refusal);
      await persisted;
      model.slots[slot] = { secret: guard.entry.secret, permissions: guard.entry.permissions, loaded: undefined };
      return undefined;
    },
  );

const clearSlot = (n: number, slot: SlotName) =>
  command(`clear ${slot} ${n}`, anyManagement, async (model, real) => {
    const [context] = management(model, real, n);
    const cleared = context.clearKey(real.slots[slot]);
    if (model.slots[slot] === undefined) return fails(cleared, 'KEY_SLOT_EMPTY');
    await cleared;
    model.slots[slot] = undefined;
    return undefined;
  });

const clearGuard = (n: number, g: number) =>
  command(
    `clear guard ${g} ${n}`,
    (model) => anyManagement(model) && anyGuard(model),
    async (model, real) => {
      const [context] = management(model, real, n);
      const [guard, at] = pick(model.guards, g);
      const cleared = context.clearKey(real.guards[at] as CryptoResourceId);
      if (!guard.held) return fails(cleared, 'RESOURCE_NOT_FOUND');
      await cleared;
      model.releaseGuard(guard);
      return undefined;
    },
  );

const releaseGuard = (g: number) =>
  command(`release ${g}`, anyGuard, async (model, real) => {
    const [guard, at] = pick(model.guards, g);
    await real.guards[at]?.release();
    model.releaseGuard(guard);
    expect(real.guards[at]?.isActive()).toBe(false);
  });

/** Who may be used now, and why not. */
function usable(target: Guard | Stored | undefined, direction: Context['direction']): string | undefined {
  if (target === undefined) return 'KEY_SLOT_EMPTY';
  if ('held' in target && !target.held) return 'RESOURCE_NOT_FOUND';
  const { permissions } = 'held' in target ? target.entry : target;
  return (permissions & p[direction]) === 0 ? 'KEY_OPERATION_NOT_PERMITTED' : undefined;
}

function create(real: RealSession, key: CryptoResourceId, direction: Context['direction'], inBlocking: boolean) {
  const config = { algorithm: 'AES-256-CBC', key, direction };
  if (!inBlocking) return real.context.createCipherContext(config);
  return new Promise<blocking.CipherContext>((resolve) => resolve(real.blockingContext.createCipherContext(config)));
}

const bindGuard = (g: number, direction: Context['direction'], inBlocking: boolean) =>
  command(`${direction} with guard ${g}${inBlocking ? ', blocking' : ''}`, anyGuard, async (model, real) => {
    const [guard, at] = pick(model.guards, g);
    const made = create(real, real.guards[at] as CryptoResourceId, direction, inBlocking);
    const refusal = usable(guard, direction);
    if (refusal !== undefined) return fails(made, refusal);
    real.contexts.push(await made);
    guard.entry.references += 1;
    model.contexts.push({ entry: guard.entry, direction, open: true });
    return undefined;
  });

const bindSlot = (slot: SlotName, direction: Context['direction'], inBlocking: boolean) =>
  command(
    `${direction} with ${slot}${inBlocking ? ', blocking' : ''}`,
    () => true,
    async (model, real) => {
      const made = create(real, real.slots[slot], direction, inBlocking);
      const stored = model.slots[slot];
      const refusal = usable(stored, direction);
      if (refusal !== undefined || stored === undefined) return fails(made, refusal ?? '');
      real.contexts.push(await made);
      model.contexts.push({ entry: model.load(stored), direction, open: true });
      return undefined;
    },
  );

/** What the key makes of the text, by node:crypto where the key is known. */
function expected({ secret }: Entry): Uint8Array | undefined {
  if (secret.bytes === undefined) return secret.sealed;
  const cipher = createCipheriv('aes-256-cbc', secret.bytes, iv);
  return new Uint8Array(Buffer.concat([cipher.update(text), cipher.final()]));
}

const use = (c: number) =>
  command(`use ${c}`, anyContext, async (model, real) => {
    const [{ entry, direction, open }, at] = pick(model.contexts, c);
    const run = async (data: Uint8Array) => (real.contexts[at] as CipherContext).singleShot(iv, data);
    const sealed = expected(entry);
    if (!open) return fails(run(text), 'CONTEXT_ALREADY_DESTROYED');
    if (direction === 'decrypt') {
      if (sealed !== undefined) expect(await run(sealed)).toEqual(text);
      return undefined;
    }
    const made = await run(text);
    if (sealed === undefined) entry.secret.sealed = made;
    else expect(made).toEqual(sealed);
    return undefined;
  });

const closeContext = (c: number) =>
  command(`close ${c}`, anyContext, async (model, real) => {
    const [context, at] = pick(model.contexts, c);
    await real.contexts[at]?.close();
    if (context.open) model.dereference(context.entry);
    context.open = false;
  });

const resolveSlot = (slot: SlotName, inBlocking: boolean) =>
  command(
    `resolve ${slot}${inBlocking ? ', blocking' : ''}`,
    () => true,
    async (_model, real) => {
      const context = inBlocking ? real.blockingContext : real.context;
      expect((await context.resolveResource(slot, 'keySlot')).id).toBe(real.slots[slot].id);
    },
  );

const slotInfo = (slot: SlotName) =>
  command(
    `info of ${slot}`,
    () => true,
    async (model, real) => {
      const { state, permittedOperations } = await real.context.getKeySlotObject(real.slots[slot]);
      const stored = model.slots[slot];
      expect({ state, permittedOperations }).toEqual(
        stored === undefined
          ? { state: 'empty', permittedOperations: both }
          : { state: 'occupied', permittedOperations: stored.permissions },
      );
    },
  );

const n = fc.nat(1000);
const slot = fc.constantFrom<SlotName>('first', 'second');
const flag = fc.boolean();
const direction = fc.constantFrom<Context['direction']>('encrypt', 'decrypt');

/** Contexts and their use are drawn more often: most steps need something that an earlier one has made. */
function often<T>(arbitrary: T): T[] {
  return [arbitrary, arbitrary, arbitrary, arbitrary];
}

export const steps: fc.Arbitrary<Command>[] = [
  fc.constant(0).map(openManagement),
  n.map(closeManagement),
  ...often(fc.tuple(n, flag).map((args) => importKey(...args))),
  n.map(generateKey),
  fc.tuple(n, slot, flag).map((args) => generateIntoSlot(...args)),
  fc.tuple(n, slot).map((args) => loadKey(...args)),
  ...often(fc.tuple(n, n, slot, flag).map((args) => persistKey(...args))),
  fc.tuple(n, slot).map((args) => clearSlot(...args)),
  fc.tuple(n, n).map((args) => clearGuard(...args)),
  n.map(releaseGuard),
  ...often(fc.tuple(n, direction, flag).map((args) => bindGuard(...args))),
  ...often(fc.tuple(slot, direction, flag).map((args) => bindSlot(...args))),
  ...often(n.map(use)),
  ...often(n.map(use)),
  n.map(closeContext),
  fc.tuple(slot, flag).map((args) => resolveSlot(...args)),
  slot.map(slotInfo),
];
