/** Objects of the token: found, read and destroyed, on the desk session and in line. */
import { type AttributeName, CKA, CKR } from '../cryptoki.js';
import { asBuffer, type Handle, type Template } from './module.js';
import { returnValueOf } from './return-values.js';
import type { Token } from './token.js';

/** Values of a template by name. Numbers are CK_ULONGs. */
export type Attributes = Partial<Readonly<Record<AttributeName, boolean | number | string | Uint8Array>>>;

/** The binding crashes on a template that is not of exactly this form, so nothing else makes one. */
export function templateOf(attributes: Attributes): Template {
  return Object.entries(attributes).map(([name, value]) => ({
    type: CKA[name as AttributeName],
    value: value instanceof Uint8Array ? asBuffer(value) : value,
  }));
}

const batch = 256;

export class Objects {
  readonly #token: Token;

  constructor(token: Token) {
    this.#token = token;
  }

  /** Stored and ephemeral objects alike, unless the attributes say TOKEN. */
  find(attributes: Attributes): Handle[] {
    const { module } = this.#token;
    const found: Handle[] = [];
    try {
      module.C_FindObjectsInit(this.#token.desk, templateOf(attributes));
      for (;;) {
        const handles = module.C_FindObjects(this.#token.desk, batch);
        found.push(...handles);
        if (handles.length < batch) break;
      }
      module.C_FindObjectsFinal(this.#token.desk);
      return found;
    } catch (error) {
      this.#token.replaceDesk();
      throw error;
    }
  }

  /** Bytes of one attribute; undefined when the object has no such attribute. Other refusals are thrown. */
  read(object: Handle, name: AttributeName): Buffer | undefined {
    try {
      // The binding keeps what a reused request object holds: always a fresh one.
      return this.#token.module.C_GetAttributeValue(this.#token.desk, object, [{ type: CKA[name] }])[0]?.value;
    } catch (error) {
      if (returnValueOf(error) === CKR.ATTRIBUTE_TYPE_INVALID) return undefined;
      throw error;
    }
  }

  isTrue(object: Handle, name: AttributeName): boolean {
    return (this.read(object, name)?.[0] ?? 0) !== 0;
  }

  /** A CK_ULONG; 0 when it is absent or beyond 2^53. */
  number(object: Handle, name: AttributeName): number {
    const bytes = this.read(object, name);
    if (bytes === undefined || bytes.length !== 8) return 0;
    const value = bytes.readBigUInt64LE();
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : 0;
  }

  destroy(object: Handle): void {
    this.#token.module.C_DestroyObject(this.#token.desk, object);
  }

  /** Never throws: an object that can't be destroyed is gone, or stays. */
  destroyQuietly(...objects: readonly (Handle | undefined)[]): void {
    for (const object of objects) {
      if (object === undefined) continue;
      try {
        this.destroy(object);
      } catch {
        // Gone with its session already.
      }
    }
  }
}
