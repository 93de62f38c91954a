/** All checks, in the order in which they run. */
import type { Check } from './check.js';
import { accountChecks } from './checks/accounts.js';
import { aeadChecks } from './checks/aead.js';
import { claimChecks } from './checks/claims.js';
import { concurrencyChecks } from './checks/concurrency.js';
import { failedStateChecks } from './checks/failed-state.js';
import { guardChecks } from './checks/guards.js';
import { keyChecks } from './checks/key-encodings.js';
import { messageChecks } from './checks/messages.js';
import { nonceChecks } from './checks/nonces.js';
import { orderChecks } from './checks/order-of-checks.js';
import { outputChecks } from './checks/outputs.js';
import { parameterChecks } from './checks/parameters.js';
import { permissionChecks } from './checks/permissions.js';
import { randomChecks } from './checks/random.js';
import { resourceChecks } from './checks/resources.js';
import { slotChecks } from './checks/slots.js';
import { stateChecks } from './checks/state-table.js';
import { verificationChecks } from './checks/verification.js';

export const suite: readonly Check[] = [
  ...resourceChecks,
  ...claimChecks,
  ...keyChecks,
  ...permissionChecks,
  ...orderChecks,
  ...guardChecks,
  ...slotChecks,
  ...parameterChecks,
  ...verificationChecks,
  ...aeadChecks,
  ...nonceChecks,
  ...outputChecks,
  ...randomChecks,
  ...concurrencyChecks,
  ...accountChecks,
  ...stateChecks,
  ...messageChecks,
  ...failedStateChecks,
];
