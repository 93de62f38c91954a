/** What providers claim is what they do: every claimed operation of every algorithm is tried, and every unclaimed one is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CryptoResourceId, type CryptoStack, createCryptoStack, type SystemCapabilities } from '../../src/client/index.js';
import { type DisposableDaemon, startDisposableDaemon } from '../../src/testing/index.js';
import { type ProviderSetup, testedProviders } from '../conformance/providers.js';
import { type Place, trials } from './claimed-operations.js';
import { largeRsaKey } from './large-rsa-keys.js';

/** Trials at once. */
const lanes = 8;

for (const tested of testedProviders) {
  describe(`the capabilities of ${tested.names[0]}`, () => {
    let setup: ProviderSetup;
    let daemon: DisposableDaemon;
    let stack: CryptoStack;
    let place: Place;
    let told: SystemCapabilities;
    const claimed = new Set<string>();

    beforeAll(async () => {
      setup = await tested.setUp();
      daemon = await startDisposableDaemon({ settings: { providers: [setup.line], timeouts: { default: '60s', max: '300s' } } });
      stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint, defaultOperationTimeout: 300_000 });
      const context = await stack.createCryptoContext();
      const provider = setup.line.name;
      const keys = await context.createKeyManagementContext({ provider });
      const made = new Map<string, Promise<CryptoResourceId>>();
      place = {
        context,
        keys,
        provider,
        key: (row) => {
          const permissions = 0x7ff;
          const large = largeRsaKey(row);
          const make = () =>
            large === undefined
              ? keys.generateKey({ algorithm: row.name, permissions, publicKeyPermissions: permissions })
              : keys.importKey({ algorithm: row.name, keyData: large, format: 'pem', permissions });
          const before = made.get(row.name) ?? make();
          made.set(row.name, before);
          return before;
        },
      };
      told = await context.queryCapabilities();
      for (const { algorithm, providers } of told.algorithms) {
        for (const { operations } of providers) for (const operation of operations) claimed.add(`${operation} ${algorithm}`);
      }
    });
    afterAll(async () => {
      await stack?.close();
      await daemon?.[Symbol.asyncDispose]();
      await setup?.[Symbol.asyncDispose]();
    });

    test('hold, and what is not claimed is refused', async () => {
      const wrong: string[] = [];
      const left = [...trials];
      const lane = async (): Promise<void> => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const name = `${next.operation} ${next.algorithm}`;
          const code = await next.run(place).then(
            () => 'works',
            (error: { code?: string; message: string }) => error.code ?? error.message,
          );
          if (claimed.has(name) ? code !== 'works' : code !== 'UNSUPPORTED_ALGORITHM') {
            wrong.push(`${name} is ${claimed.has(name) ? '' : 'not '}claimed: ${code}`);
          }
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      expect(wrong).toEqual([]);
    }, 600_000);

    test('name nothing that can not be tried, and answer for one algorithm alone', async () => {
      const known = new Set(trials.map(({ operation, algorithm }) => `${operation} ${algorithm}`));
      expect([...claimed].filter((name) => !known.has(name))).toEqual([]);
      const one = await place.context.queryCapabilities('sha256');
      expect(one.algorithm).toBe('SHA-256');
      expect(one.supported).toBe(true);
      expect(await place.context.queryCapabilities('ROT-13')).toEqual({ algorithm: 'ROT-13', supported: false, providers: [] });
    });
  });
}
