/** A provider for one token, from the daemon's configuration. */
import { Pkcs11Provider, type Pkcs11ProviderOptions } from './provider.js';

export function makePkcs11Provider(options: Pkcs11ProviderOptions): Pkcs11Provider {
  return new Pkcs11Provider(options);
}
