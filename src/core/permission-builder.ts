import { KeyslotError } from './errors.js';
import { KeyOperationPermission, type PermissionName, permissionNames } from './permissions.js';

const known: ReadonlySet<string> = new Set(permissionNames);

function bitsOf(names: readonly PermissionName[]): number {
  let bits = 0;
  for (const name of names) {
    if (!known.has(name))
      throw new KeyslotError('INVALID_ARGUMENT', `"${name}" is not a permission; there are: ${permissionNames.join(', ')}`, {
        field: 'permissions',
      });
    bits |= KeyOperationPermission[name];
  }
  return bits;
}

/**
 * Puts a mask of permissions together, by names and presets; it begins with nothing, and what was denied last is denied.
 * `new PermissionBuilder().allowDataProtection().deny('wrap').build()`
 */
export class PermissionBuilder {
  #mask = 0;

  /** @throws INVALID_ARGUMENT for a name that is none */
  allow(...names: PermissionName[]): this {
    this.#mask |= bitsOf(names);
    return this;
  }
  /** encrypt, decrypt, wrap and unwrap: one key with wrap and decrypt reveals what it wraps. */
  allowDataProtection(): this {
    this.#mask |= KeyOperationPermission.dataProtection;
    return this;
  }
  /** sign, verify, mac and agree. */
  allowAuthentication(): this {
    this.#mask |= KeyOperationPermission.authentication;
    return this;
  }
  /** derive, export and import. */
  allowFullLifecycle(): this {
    this.#mask |= KeyOperationPermission.fullLifecycle;
    return this;
  }
  allowAll(): this {
    this.#mask |= KeyOperationPermission.all;
    return this;
  }
  /** @throws INVALID_ARGUMENT for a name that is none */
  deny(...names: PermissionName[]): this {
    this.#mask &= ~bitsOf(names);
    return this;
  }
  build(): number {
    return this.#mask;
  }
}
