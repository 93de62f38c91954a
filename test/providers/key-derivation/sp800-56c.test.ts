import { describe, expect, test } from 'vitest';
import { derive, expectRefusal, hex } from './derive.js';

describe('one step (NIST ACVP KDA-OneStep-Sp800-56Cr2)', () => {
  test('hash, test 67', async () => {
    const z =
      'b284e909934e71931ebf8ea76d69c544628a753745ac485506c74e17055f5baf137c670a272ddf380205d14d345659fdd02d1ab18d9f0a198f103772877398ef0cc2fdc66695';
    // t ‖ party U ‖ party V ‖ L
    const seed = hex('727d3b03d750c6d7663d39d58b9d4f67c3cbbf2404de4f91aeb828ba56de8c8dc36cfc3400a671419b216b0ffe44e3ca00000400');
    const output =
      '194e840ccae64cd243e5983589d844d9995b35b7a7fc9789a88a7250df87b83b22d141933b0c5f6a47453582403f57603ebcc1c4677665cb9e8923789979d3d1';
    expect(await derive('SP800-56C-1STEP-SHA-224', { seed }, hex(z), 64)).toBe(output);
  });
  test('HMAC, test 426: the default salt is zeros of a block', async () => {
    const z =
      '3b959e83e7e39753a84236a71186ff0d3fcbb68cfc66eb8b4289b704e9a454de0149747ae3204e39e2b296428e2fc6bfa809cf98cf7172af0f82a3351d79053f85c5d6d746a8170f6386fd6e15fb0de6bed57eefe3d9a4d820';
    const seed = hex('ba23fb2fb1bfdf20ac3e9b15849527f88256b6305603ed3d08a31f2a43f06f2956ecbea1d36d96fb12a85a38ed7bd5e000000400');
    const output =
      '01ef5e6921c9c4a427a02f504e30efe6c4586a14f68e75620a48e55cc12143f02493f22f059051917684d0c8e3df8c31b54b830f4e573bcdc40282a280a54ef89a1dca8b';
    expect(await derive('SP800-56C-1STEP-HMAC-SHA-512', { seed }, hex(z), 68)).toBe(output);
    expect(await derive('SP800-56C-1STEP-HMAC-SHA-512', { seed, salt: new Uint8Array(128) }, hex(z), 68)).toBe(output);
    expect(await derive('SP800-56C-1STEP-HMAC-SHA-512', { seed, salt: hex('01') }, hex(z), 68)).not.toBe(output);
  });
  /** `openssl kdf -kdfopt mac:KMAC128 … SSKDF` of OpenSSL 3.0. */
  test('KMAC', async () => {
    const secret = hex('000102030405060708090a0b0c0d0e0f');
    const seed = hex('f0f1f2f3');
    expect(await derive('SP800-56C-1STEP-KMAC-128', { seed }, secret, 40)).toBe(
      '5a52e20a566bdfd4381f0a36ef732391a5e1e09db9a5033541d2263d52e78d2f8a62824449d793db',
    );
    expect(await derive('SP800-56C-1STEP-KMAC-256', { seed, salt: hex('a0a1a2a3a4a5') }, secret, 40)).toBe(
      '039960dfa0e6c448f3e8c46d8783ee0b6f892fb2c872b631080995dd478ccfad5584c0bf2fb5a875',
    );
  });
});

describe('two steps', () => {
  const z = hex('30da93d44b0d6e2bbf3dc41d639cda995e09b7920b136d9ecf535401');
  test('HMAC, NIST ACVP KDA-TwoStep-Sp800-56Cr1 test 201', async () => {
    const given = {
      salt: hex(
        '29dc8ee27eaaa01e9785a51d8cfc920fa4ef911bcd07a11ac79acf9def9f56052e071df51e107dd5fbdfb4b8fbad4508d7a76bc366d76247d1acf2fb809cfd4b3ea1cbd1046ab60fb2f7f3304e72c7b9964f3aedea95a6f9d9215fd42030cdef0f022bc367db58119456590dd13b683181122c4e8b0d4e6a6432ad5c7b4b650b',
      ),
      seed: hex('c7e3e452526e1a1a6f3452ae1d7014e6930afb0847926354fe22a63864be46aa00000200'),
      mode: 'feedback',
      counterLocation: 'after-fixed',
      iv: hex(
        '8f143ce6c49c0098df09797f76f065c00cea6dc436e1c25957d882317273ddc48ce51b25fdd007d060117b20620f6b8e44e011ad17e1e6ab3939b7cb6c60a95a',
      ),
    };
    const output =
      '9725059155ec2ca27dcf001cce5852789a99397a77dec97dbc99500e6b4a9b0c3d1c325daa00943db1dafe6c7155c34cdecc91578f58540a8e349d4d55ab1240';
    expect(await derive('SP800-56C-2STEP-HMAC-SHA-512', given, z, 64)).toBe(output);
  });
  test('it is extraction, then SP 800-108 in the mode asked for', async () => {
    const seed = hex('01020304');
    const salt = hex('0a0b0c');
    const key = hex(await derive('HKDF-Extract-SHA-256', { salt }, z, 32));
    for (const [mode, short] of [
      ['counter', 'CTR'],
      ['feedback', 'FB'],
      ['double-pipeline', 'DP'],
    ] as const) {
      for (const counterLocation of ['before-fixed', 'after-fixed']) {
        const two = await derive('SP800-56C-2STEP-HMAC-SHA-256', { salt, seed, mode, counterLocation }, z, 70);
        expect(two).toBe(await derive(`SP800-108-${short}-HMAC-SHA-256`, { fixedInput: seed, counterLocation }, key, 70));
      }
    }
  });
  /** RFC 4493 section 4: the key and the message of example 2, so that the extracted key is its MAC. */
  test('AES-CMAC extracts with any AES key and expands with AES-128', async () => {
    const message = hex('6bc1bee22e409f96e93d7e117393172a');
    const seed = hex('01020304');
    const macs = {
      '2b7e151628aed2a6abf7158809cf4f3c': '070a16b46b4d4144f79bdd9dd04a287c',
      '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b': '9e99a7bf31e710900662f65e617c5184',
      '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4': '28a7023f452e8f82bd4bf28d8c37c35c',
    };
    for (const [salt, mac] of Object.entries(macs)) {
      const two = await derive('SP800-56C-2STEP-CMAC', { salt: hex(salt), seed }, message, 40);
      expect(two).toBe(await derive('SP800-108-CTR-CMAC', { fixedInput: seed }, hex(mac), 40));
    }
    const withoutSalt = await derive('SP800-56C-2STEP-CMAC', { seed }, message, 40);
    expect(withoutSalt).toBe(await derive('SP800-56C-2STEP-CMAC', { seed, salt: new Uint8Array(16) }, message, 40));
  });
  test('refusals', async () => {
    await expectRefusal('kdf.salt', 'SP800-56C-2STEP-CMAC', { salt: new Uint8Array(20) }, z, 16);
    const name = 'SP800-56C-2STEP-HMAC-SHA-256';
    for (const mode of ['counter', 'double-pipeline']) await expectRefusal('kdf.iv', name, { mode, iv: z }, z, 16);
    await expectRefusal('kdf.mode', name, { mode: 'kmac' }, z, 16);
    for (const counterLocation of ['none', 'before-iterator']) await expectRefusal('kdf.counterLocation', name, { counterLocation }, z, 16);
    const middle = { counterLocation: 'middle-fixed', counterOffset: 8, seed: z };
    expect(await derive(name, middle, z, 16)).toHaveLength(32);
    for (const mode of ['feedback', 'double-pipeline']) await expectRefusal('kdf.counterLocation', name, { ...middle, mode }, z, 16);
    await expectRefusal('kdf.outputKeyLength', name, { counterLength: 8 }, z, 255 * 32 + 1);
  });
});

/** NIST ACVP kdf-components-ansix9.63 test 61, and CAVP ansx963_2001 without shared info. */
describe('X9.63', () => {
  test('with and without shared info', async () => {
    const z = hex('693228a47f89a2c365747287292477ba3fad50a5a90ef64689e11a9a');
    const seed = hex(
      'd7024c5a99cabc6668c17ebd7f9c0222a6daf510715e2d82c8f971b8f0d67a11f164b04d7f4c8b5dbfcbfee4428912e961cd9a1850f4e0884fcca625277b3266a6c146918664f041f2460451e67d4e6e1f9933233c20d238f636b26f8d7ea4c41de46290f7328295f0d638232dd6be023b33a3cc404f4a08513ec308fae0172b',
    );
    const output =
      '059767030d8f42532742ebd5306f847aee8ca6cc641e78333b24ce20f1bf14482f288931a4af9fa757b1714aa066846f5011780b51c527f40afabea0aef9746c';
    expect(await derive('X963-KDF-SHA-224', { seed }, z, 64)).toBe(output);
    const other = hex('1c7d7b5f0597b03d06a018466ed1a93e30ed4b04dc64ccdd');
    expect(await derive('X963-KDF-SHA-1', {}, other, 16)).toBe('bf71dffd8f4d99223936beb46fee8ccc');
  });
});
