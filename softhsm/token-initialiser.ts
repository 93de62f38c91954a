/**
 * Program: initialises one token of SoftHSM2 and prints its serial number. A process of its own, because SoftHSM2 reads its
 * configuration once and a module is one per process. PINs come from files, so that no process list shows them.
 *
 * Arguments: module, label, file with the security officer's PIN, file with the user's PIN. Environment: SOFTHSM2_CONF.
 */
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import pkcs11 from 'pkcs11js';

const paddedLabel = (label: string): string => label + ' '.repeat(32 - Buffer.byteLength(label));

/** Binds the module to its own libcrypto, not to the one inside node; that it is no addon is expected. */
function preload(modulePath: string): void {
  const noDelete = 0x1000;
  try {
    process.dlopen({ exports: {} }, modulePath, constants.dlopen.RTLD_NOW | (constants.dlopen.RTLD_DEEPBIND ?? 0) | noDelete);
  } catch {
    // Says "did not self-register", or why it can't be loaded; pkcs11js says the latter again.
  }
}

function initialise(modulePath: string, label: string, soPin: string, pin: string): string {
  preload(modulePath);
  const module = new pkcs11.PKCS11(modulePath);
  module.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
  const slot = module.C_GetSlotList(true).find((id) => (module.C_GetTokenInfo(id).flags & pkcs11.CKF_TOKEN_INITIALIZED) === 0);
  if (slot === undefined) throw new Error('SoftHSM2 offers no empty slot');
  module.C_InitToken(slot, soPin, paddedLabel(label));
  const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  module.C_Login(session, pkcs11.CKU_SO, soPin);
  module.C_InitPIN(session, pin);
  module.C_Logout(session);
  const { serialNumber } = module.C_GetTokenInfo(slot);
  module.C_Finalize();
  return serialNumber.trim();
}

const [modulePath = '', label = '', soPinFile = '', pinFile = ''] = process.argv.slice(2);
const serial = initialise(modulePath, label, readFileSync(soPinFile, 'utf8').trim(), readFileSync(pinFile, 'utf8').trim());
process.stdout.write(`${serial}\n`);
