/** DigestInfo (RFC 8017 9.2): what a PKCS#1 v1.5 signature is of. */
import type { HashName } from '../../../core/algorithms.js';
import { element, encode, tags } from '../../key-encoding/der.js';

/** Object identifiers of RFC 8017 B.1 and of NIST's arc 2.16.840.1.101.3.4.2. */
const oids: Readonly<Record<HashName, string>> = {
  'SHA-1': '2b0e03021a',
  'SHA-224': '608648016503040204',
  'SHA-256': '608648016503040201',
  'SHA-384': '608648016503040202',
  'SHA-512': '608648016503040203',
  'SHA-512/224': '608648016503040205',
  'SHA-512/256': '608648016503040206',
  'SHA3-224': '608648016503040207',
  'SHA3-256': '608648016503040208',
  'SHA3-384': '608648016503040209',
  'SHA3-512': '60864801650304020a',
};

export function digestInfo(hash: HashName, digest: Uint8Array): Uint8Array {
  const oid = Uint8Array.from(Buffer.from(oids[hash], 'hex'));
  const algorithm = element(tags.sequence, element(tags.objectIdentifier, oid), element(tags.null));
  return encode(element(tags.sequence, algorithm, element(tags.octetString, digest)));
}
