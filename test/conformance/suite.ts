/** All checks, in the order in which they run. */
import type { Check } from './check.js';
import { accountChecks } from './checks/accounts.js';
import { aeadChecks } from './checks/aead.js';
import { agreementChecks } from './checks/agreement.js';
import { claimChecks } from './checks/claims.js';
import { concurrencyChecks } from './checks/concurrency.js';
import { derivationChecks } from './checks/derivation.js';
import { encapsulationChecks } from './checks/encapsulation.js';
import { failedStateChecks } from './checks/failed-state.js';
import { guardChecks } from './checks/guards.js';
import { keyChecks } from './checks/key-encodings.js';
import { keyViewChecks } from './checks/key-views.js';
import { messageChecks } from './checks/messages.js';
import { nonceChecks } from './checks/nonces.js';
import { orderChecks } from './checks/order-of-checks.js';
import { outputChecks } from './checks/outputs.js';
import { parameterChecks } from './checks/parameters.js';
import { permissionChecks } from './checks/permissions.js';
import { randomChecks } from './checks/random.js';
import { resourceChecks } from './checks/resources.js';
import { slotOptionChecks } from './checks/slot-options.js';
import { slotChecks } from './checks/slots.js';
import { stateChecks } from './checks/state-table.js';
import { verificationChecks } from './checks/verification.js';
import { wrappingChecks } from './checks/wrapping.js';

export const suite: readonly Check[] = [
  ...resourceChecks,
  ...claimChecks,
  ...keyChecks,
  ...keyViewChecks,
  ...permissionChecks,
  ...orderChecks,
  ...guardChecks,
  ...slotChecks,
  ...slotOptionChecks,
  ...derivationChecks,
  ...agreementChecks,
  ...encapsulationChecks,
  ...wrappingChecks,
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
