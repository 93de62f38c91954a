/** The slow host's program: work of unbounded length, in a child that can be killed. */

import { buildId } from '../hosting/build-id.js';
import { type Messages, messages } from '../hosting/generated/messages.js';
import { hostTable } from '../hosting/host-operations.js';
import { type HostHandlers, serveHost } from '../hosting/serve-host.js';
import { slowWork } from './slow-work.js';

const handlers: HostHandlers<Messages> = {
  hello: () => ({ build: buildId(hostTable) }),
  ...slowWork,
};

serveHost<Messages>({ messages, handlers, wipesAnswers: true });
