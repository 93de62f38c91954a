/** PKCS#8 (RFC 5958) made longer, for tokens that fill up with zeros what they wrap and leave them there. */
import { DerReader, element, encode, tags } from '../../key-encoding/der.js';
import { wipe } from '../../key-encoding/secret-bytes.js';

const set = 0x31;
/** localKeyId of RFC 2985 5.5.2: says nothing about the key, may have any length, and whoever reads PKCS#8 passes over it. */
const localKeyId = Uint8Array.from(Buffer.from('2a864886f70d010915', 'hex'));

/** The same key in a multiple of `block` bytes, fresh; the caller wipes both. */
export function paddedPkcs8(pkcs8: Uint8Array, block: number): Uint8Array {
  if (pkcs8.length % block === 0) return Uint8Array.from(pkcs8);
  const body = new DerReader(pkcs8).read(tags.sequence);
  for (let size = 1; ; size++) {
    const id = element(tags.octetString, new Uint8Array(size));
    const attribute = element(tags.sequence, element(tags.objectIdentifier, localKeyId), element(set, id));
    const padded = encode(element(tags.sequence, body, element(tags.context0, attribute)));
    if (padded.length % block === 0) return padded;
    wipe(padded);
  }
}
