import { describe, expect, test } from 'vitest';
import { derive, expectRefusal, hex, utf8 } from './derive.js';

const emptyHash = hex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

describe('TLS 1.3, RFC 8448 section 3', () => {
  const zeros = new Uint8Array(32);
  const early = '33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a';
  const derived = '6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba';
  const handshake = '1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac';
  const traffic = 'b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21';

  test('from the early secret to the keys of the client', async () => {
    expect(await derive('HKDF-Extract-SHA-256', { salt: zeros }, zeros, 32)).toBe(early);
    expect(await derive('TLS13-HKDF-SHA-256', { label: utf8('derived'), seed: emptyHash }, hex(early), 32)).toBe(derived);
    const shared = hex('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
    expect(await derive('HKDF-Extract-SHA-256', { salt: hex(derived) }, shared, 32)).toBe(handshake);
    const transcript = hex('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8');
    expect(await derive('TLS13-HKDF-SHA-256', { label: utf8('c hs traffic'), seed: transcript }, hex(handshake), 32)).toBe(traffic);
    expect(await derive('TLS13-HKDF-SHA-256', { label: utf8('key') }, hex(traffic), 16)).toBe('dbfaa693d1762c5b666af5d950258d01');
    expect(await derive('TLS13-HKDF-SHA-256', { label: utf8('iv') }, hex(traffic), 12)).toBe('5bd3c71b836e0b76bb73265f');
  });
  test('limits: label and context of one byte of length, output of two, and what HKDF gives', async () => {
    const secret = new Uint8Array(32);
    const label = new Uint8Array(249);
    expect(await derive('TLS13-HKDF-SHA-256', { label, seed: new Uint8Array(255) }, secret, 1)).toHaveLength(2);
    await expectRefusal('kdf.label', 'TLS13-HKDF-SHA-256', { label: new Uint8Array(250) }, secret, 1);
    await expectRefusal('kdf.label', 'TLS13-HKDF-SHA-256', { label: new Uint8Array(0) }, secret, 1);
    await expectRefusal('kdf.label', 'TLS13-HKDF-SHA-256', {}, secret, 1);
    await expectRefusal('kdf.seed', 'TLS13-HKDF-SHA-256', { label, seed: new Uint8Array(256) }, secret, 1);
    await expectRefusal('kdf.outputKeyLength', 'TLS13-HKDF-SHA-256', { label }, secret, 255 * 32 + 1);
    await expectRefusal('kdf.outputKeyLength', 'TLS13-HKDF-SHA-256', { label }, secret, 65_536);
  });
});

/** NIST ACVP, TLS-v1.2-KDF-RFC7627 test 1. */
describe('TLS 1.2', () => {
  const preMaster = hex('75bf0f2b5c2058813c4bf66eae416c57cc05b7f7d631bc2400fe4372b2271c8d94947b0e380387d3b4dac40f269deb9d');
  const seed = hex('15d4a2221a31ebd09626e539a1e136811bbd039353019dec59948b3c1865bcd8');
  const master = '4ec38663d2cefe30eda0f30957649953a5437d37cdbc409408da44f30bd8d9f280e07ee55233afa69e1c90d8a24239e3';

  test('extended master secret and key block', async () => {
    const name = 'TLS12-PRF-SHA-256';
    expect(await derive(name, { label: utf8('extended master secret'), seed }, preMaster, 48)).toBe(master);
    const server = '5e703da483a30b7fe0e7dec61e7fb242d8a1552352c915a794ca8204d855ebc9';
    const client = '4a36795a5147ce96f33b1d2ef5db049b7ea8f8f5d0c2e7d8cb8fec513afebbfd';
    const keys =
      'b75c260ab116592109aa4d11593ad9ffe9845d6b3cb2441fd5d932c649cd89daca41b39e487c6b2ba0ba9de993fe56b9acff6e9bfbfe16d9fd076204d6fba2e4';
    expect(await derive(name, { label: utf8('key expansion'), seed: hex(server + client) }, hex(master), 64)).toBe(keys);
  });
  test('label and seed are needed', async () => {
    await expectRefusal('kdf.seed', 'TLS12-PRF-SHA-256', { label: utf8('x') }, preMaster, 48);
    await expectRefusal('kdf.label', 'TLS12-PRF-SHA-256', { seed }, preMaster, 48);
  });
});
