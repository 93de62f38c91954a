/** Logs in at the fake module with the PIN on descriptor 3: pkcs11-child.js SCENARIO MODULE [USER-TYPE]. Prints one line of JSON. */
import { readFileSync } from 'node:fs';
import { PKCS11 } from 'pkcs11js';
import { KeyslotError } from '../../src/core/errors.js';
import { pkcs11Login, preloadPkcs11Module } from '../../src/native.js';
import { nextInput } from './support.js';

const [scenario = '', modulePath = '', userType = '1'] = process.argv.slice(2);
const session = new Uint8Array(8);
new DataView(session.buffer).setBigUint64(0, 0x1234_5678_9abc_def0n, true);

function attempt(action: () => unknown): unknown {
  try {
    return action() ?? null;
  } catch (error) {
    return error instanceof KeyslotError ? error.toJSON() : String(error);
  }
}

const login = () => pkcs11Login(modulePath, session, Number(userType), 3);

async function answerAndStay(answer: unknown): Promise<void> {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  await nextInput();
  process.exit(0);
}

const kept: unknown[] = [];

const scenarios: Record<string, () => Promise<void>> = {
  preload: () => {
    const loaded = attempt(() => preloadPkcs11Module(modulePath));
    return answerAndStay(loaded ?? attempt(login));
  },
  twice: () => {
    preloadPkcs11Module(modulePath);
    return answerAndStay([attempt(login), attempt(login)]);
  },
  // The module as pkcs11js loads it.
  pkcs11js: () => {
    const pkcs11 = new PKCS11();
    pkcs11.load(modulePath);
    kept.push(pkcs11);
    return answerAndStay(attempt(login));
  },
  notLoaded: () => answerAndStay(attempt(login)),
  // The control of the search for copies of the PIN.
  leaky: () => {
    kept.push(readFileSync(3, 'latin1').trim());
    return answerAndStay(null);
  },
};

await scenarios[scenario]?.();
