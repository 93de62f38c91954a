/** Named curves of Weierstrass form: SEC 2 (the P curves of FIPS 186 among them) and RFC 5639. Their cofactor is 1. */
import type { CurveName } from '../../core/algorithms.js';

export interface Curve {
  /** OpenSSL's name. */
  readonly openSsl: string;
  /** Content of the OBJECT IDENTIFIER. */
  readonly oid: Uint8Array;
  /** Bytes of a coordinate and of a private number. */
  readonly size: number;
  /** Order of the base point; a private number lies between 1 and it (FIPS 186-5 6.2). */
  readonly order: Uint8Array;
  /** `crv` of a JWK (RFC 7518 6.2.1.1, RFC 8812 3.1), where the curve has one. */
  readonly jwkName?: string;
}

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const brainpool256 = hex('a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7');
const brainpool320 = hex('d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311');
const brainpool384 = hex('8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565');
const brainpool512 = hex(
  'aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069',
);

export const curves: Readonly<Record<CurveName, Curve>> = {
  'P-256': {
    openSsl: 'prime256v1',
    oid: hex('2a8648ce3d030107'),
    size: 32,
    order: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
    jwkName: 'P-256',
  },
  'P-384': {
    openSsl: 'secp384r1',
    oid: hex('2b81040022'),
    size: 48,
    order: hex('ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
    jwkName: 'P-384',
  },
  'P-521': {
    openSsl: 'secp521r1',
    oid: hex('2b81040023'),
    size: 66,
    order: hex(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
    jwkName: 'P-521',
  },
  secp256k1: {
    openSsl: 'secp256k1',
    oid: hex('2b8104000a'),
    size: 32,
    order: hex('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
    jwkName: 'secp256k1',
  },
  brainpoolP256r1: { openSsl: 'brainpoolP256r1', oid: hex('2b2403030208010107'), size: 32, order: brainpool256 },
  brainpoolP256t1: { openSsl: 'brainpoolP256t1', oid: hex('2b2403030208010108'), size: 32, order: brainpool256 },
  brainpoolP320r1: { openSsl: 'brainpoolP320r1', oid: hex('2b2403030208010109'), size: 40, order: brainpool320 },
  brainpoolP320t1: { openSsl: 'brainpoolP320t1', oid: hex('2b240303020801010a'), size: 40, order: brainpool320 },
  brainpoolP384r1: { openSsl: 'brainpoolP384r1', oid: hex('2b240303020801010b'), size: 48, order: brainpool384 },
  brainpoolP384t1: { openSsl: 'brainpoolP384t1', oid: hex('2b240303020801010c'), size: 48, order: brainpool384 },
  brainpoolP512r1: { openSsl: 'brainpoolP512r1', oid: hex('2b240303020801010d'), size: 64, order: brainpool512 },
  brainpoolP512t1: { openSsl: 'brainpoolP512t1', oid: hex('2b240303020801010e'), size: 64, order: brainpool512 },
};
