/** The token as PKCS#11 itself shows it, past the provider: for tests that prove or count. One per process. */
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import pkcs11 from 'pkcs11js';
import type { DisposableToken } from '../../../softhsm/index.js';

export type Handle = pkcs11.Handle;

export class RawToken {
  readonly module: pkcs11.PKCS11;
  readonly slot: Handle;
  /** Keeps the login. */
  anchor: Handle;
  readonly #token: DisposableToken;

  constructor(token: DisposableToken) {
    this.#token = token;
    process.env.SOFTHSM2_CONF = token.configPath;
    try {
      process.dlopen({ exports: {} }, token.modulePath, constants.dlopen.RTLD_NOW | (constants.dlopen.RTLD_DEEPBIND ?? 0) | 0x1000);
    } catch {
      // A PKCS#11 module is no addon; it stays loaded all the same.
    }
    this.module = new pkcs11.PKCS11(token.modulePath);
    this.module.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
    const slot = this.module.C_GetSlotList(true).find((id) => this.module.C_GetTokenInfo(id).serialNumber.trim() === token.serial);
    if (slot === undefined) throw new Error('the token is not listed');
    this.slot = slot;
    this.anchor = this.openSession();
    this.login(this.anchor);
  }

  /** The session becomes the anchor. */
  login(session: Handle): void {
    this.anchor = session;
    this.module.C_Login(session, pkcs11.CKU_USER, readFileSync(this.#token.pinFile, 'utf8').trim());
  }

  openSession(): Handle {
    return this.module.C_OpenSession(this.slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  }

  closeSession(session: Handle): void {
    this.module.C_CloseSession(session);
  }

  find(template: pkcs11.Template = []): Handle[] {
    this.module.C_FindObjectsInit(this.anchor, template);
    const found = this.module.C_FindObjects(this.anchor, 10_000);
    this.module.C_FindObjectsFinal(this.anchor);
    return found;
  }

  attribute(object: Handle, type: number): Buffer {
    const [attribute] = this.module.C_GetAttributeValue(this.anchor, object, [{ type }]);
    if (attribute === undefined) throw new Error('no such attribute');
    return attribute.value;
  }

  isTrue(object: Handle, type: number): boolean {
    return this.attribute(object, type).equals(Buffer.of(1));
  }

  close(): void {
    this.module.C_Finalize();
  }
}

/** The numeric CKR of what `call` throws; 0 when it throws nothing. */
export function returnValue(call: () => unknown): number {
  try {
    call();
    return 0;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    return typeof code === 'number' ? code : Number(/CKR_\w+:(\d+)/.exec(message)?.[1] ?? Number.NaN);
  }
}
