/** The slow host's program: native work of unbounded length, in a child that can be killed. */

import { buildId } from '../hosting/build-id.js';
import { type Messages, messages } from '../hosting/generated/messages.js';
import { hostTable } from '../hosting/host-operations.js';
import { type HostHandlers, serveHost } from '../hosting/serve-host.js';
import { generateRsa } from './slow-work.js';

const handlers: HostHandlers<Messages> = {
  hello: () => ({ build: buildId(hostTable) }),
  generateRsa: ({ bits }) => generateRsa(bits),
};

serveHost<Messages>({ messages, handlers });
