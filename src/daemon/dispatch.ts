/** From a decoded request to its handler: total over the operation table. */
import type { Messages } from '../protocol/generated/messages.js';
import type { Answer } from '../providers/contract.js';
import { contextHandlers } from './handlers/contexts.js';
import { keyHandlers } from './handlers/keys.js';
import { madeKeyHandlers } from './handlers/made-keys.js';
import { resourceHandlers } from './handlers/resources.js';
import { slotKeyHandlers } from './handlers/slot-keys.js';
import { streamHandlers } from './handlers/streams.js';
import type { RequestCall } from './request-call.js';
import type { Handlers, Made, OperationName, Services } from './services.js';
import type { Session } from './session.js';

/** What the connection itself answers. */
type OfConnection = 'hello' | 'cancel';

const handlers: Handlers<Exclude<OperationName, OfConnection>> = {
  ...resourceHandlers,
  ...contextHandlers,
  ...streamHandlers,
  ...keyHandlers,
  ...slotKeyHandlers,
  ...madeKeyHandlers,
};

type AnyHandler = (session: Session, request: object, call: RequestCall, services: Services) => Answer<object | Made<object>>;

const byName: ReadonlyMap<string, AnyHandler> = new Map(Object.entries(handlers) as unknown as [keyof Messages, AnyHandler][]);

/** The handler of an operation; the connection's own have none. */
export function handlerOf(name: string): AnyHandler | undefined {
  return byName.get(name);
}
