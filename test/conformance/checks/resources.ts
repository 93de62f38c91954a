/** Names, providers, views. */
import type { ResourceType } from '../../../src/client/index.js';
import { type Bench, otherProvider } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertSame, refused } from '../expectations.js';
import { keyNames } from '../material.js';
import { foreignSlot, slotRows } from '../slots.js';

async function sameId(bench: Bench): Promise<void> {
  const other = await bench.anotherStack();
  try {
    await using context = await other.createCryptoContext();
    const ids = [await bench.slot('Aes'), await bench.slot('Aes'), await context.resolveResource('Aes', 'keySlot')];
    for (const id of ids) assertSame('the id', id, ids[0]);
    assert(ids[0]?.id !== (await bench.slot('Hmac')).id, 'two slots have one id');
  } finally {
    await other.close();
  }
}

async function names(bench: Bench): Promise<void> {
  const resolve = (name: string, type: ResourceType) => bench.context.resolveResource(name, type);
  await refused(() => resolve('a'.repeat(65), 'keySlot'), 'PARAM_TRUNCATED', 'name');
  await refused(() => resolve('ü'.repeat(33), 'keySlot'), 'PARAM_TRUNCATED', 'name');
  await refused(() => resolve('', 'keySlot'), 'INVALID_ARGUMENT', 'name');
  const unknown = await refused(() => resolve('a'.repeat(64), 'keySlot'), 'RESOURCE_NOT_FOUND', 'name');
  const foreign = await refused(() => resolve(foreignSlot, 'keySlot'), 'RESOURCE_NOT_FOUND', 'name');
  assertSame("the words for somebody else's slot", foreign.message.replace(foreignSlot, ''), unknown.message.replace('a'.repeat(64), ''));
  await refused(() => resolve('aes', 'keySlot'), 'RESOURCE_NOT_FOUND', 'name');
  await refused(() => resolve('Aes', 'provider'), 'RESOURCE_NOT_FOUND', 'name');
  await refused(() => resolve(bench.provider, 'keySlot'), 'RESOURCE_NOT_FOUND', 'name');
  for (const type of ['certSlot', 'key', 'certificate'] as const) await refused(() => resolve('Aes', type), 'RESOURCE_NOT_FOUND', 'name');
  await refused(() => resolve('Aes', 'nothing' as ResourceType), 'INVALID_ARGUMENT', 'type');
}

async function list(bench: Bench): Promise<void> {
  const slots = (await bench.context.listResources('keySlot')).map(({ name }) => name).sort();
  assertSame('the slots', slots, slotRows.map(({ name }) => name).sort());
  const providers = (await bench.context.listResources('provider')).map(({ name }) => name).sort();
  assertSame('the providers', providers, [bench.provider, otherProvider.name].sort());
  const all = await bench.context.listResources();
  assertSame('the number of all', all.length, slots.length + providers.length);
}

async function providers(bench: Bench): Promise<void> {
  const { tested } = bench.daemon;
  const id = await bench.context.resolveResource(tested.name, 'provider');
  for (const asked of [tested.id, id, await bench.slot('Aes')]) {
    const { id: found, name, type, state } = await bench.context.getProviderInfo(asked);
    assertSame(
      'the provider',
      { id: found, name, type, state },
      { ...{ id: tested.id, name: tested.name, type: tested.type }, state: 'ready' },
    );
  }
  await refused(() => bench.context.getProviderInfo(999), 'PROVIDER_NOT_AVAILABLE', 'provider');
  for (const wrong of [0, -1, 65_536, 1.5]) {
    await refused(() => bench.context.createHashContext({ algorithm: 'SHA-256', provider: wrong }), 'INVALID_ARGUMENT', 'provider');
  }
  await refused(() => bench.context.createHashContext({ algorithm: 'SHA-256', provider: 999 }), 'PROVIDER_NOT_AVAILABLE', 'provider');
  await refused(() => bench.context.createHashContext({ algorithm: 'SHA-256', provider: 'nobody' }), 'PROVIDER_NOT_AVAILABLE', 'provider');
}

/** Guards tell which provider made them; selections must choose so. */
async function selection(bench: Bench): Promise<void> {
  const { tested } = bench.daemon;
  const hardware = tested.type === 'hardware' ? tested.id : undefined;
  const software = tested.type === 'software' ? tested.id : otherProvider.id;
  const expected = {
    default: tested.id,
    hardware,
    software,
    hardwarePreferred: hardware ?? software,
    softwarePreferred: software,
  } as const;
  for (const [wish, id] of Object.entries(expected)) {
    const make = () => bench.context.createKeyManagementContext({ provider: wish });
    if (id === undefined) {
      await refused(make, 'PROVIDER_NOT_AVAILABLE', 'provider');
      continue;
    }
    await using management = await make();
    await using key = await management.generateKey('AES-256');
    assertSame(`the provider of ${wish}`, key.primaryProvider, id);
  }
  for (const wish of [tested.id, tested.name, await bench.context.resolveResource(tested.name, 'provider')]) {
    await using management = await bench.context.createKeyManagementContext({ provider: wish });
    await using key = await management.generateKey('AES-256');
    assertSame('the provider asked for', key.primaryProvider, tested.id);
  }
}

async function keyedSelection(bench: Bench): Promise<void> {
  const { tested } = bench.daemon;
  await using key = await bench.key('hmac');
  const make = (provider: string | number) => bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key, provider });
  for (const wish of [tested.id, tested.name, tested.type, 'hardwarePreferred', 'softwarePreferred', 'default'])
    await (await make(wish)).close();
  const otherType = tested.type === 'hardware' ? 'software' : 'hardware';
  for (const wish of [otherProvider.id, otherProvider.name, otherType])
    await refused(() => make(wish), 'CROSS_PROVIDER_INCOMPATIBLE', 'provider');
  await refused(() => make('nobody'), 'PROVIDER_NOT_AVAILABLE', 'provider');
}

async function capabilities(bench: Bench): Promise<void> {
  const { id } = bench.daemon.tested;
  const system = await bench.context.queryCapabilities();
  assert(
    system.providers.some((provider) => provider.id === id),
    'the provider is not listed',
  );
  for (const name of ['SHA-256', 'HMAC-SHA-256', 'AES-256-CBC', 'AES-256-GCM', 'ECDSA-P256-SHA-256', 'RSA-PSS-SHA-256', ...keyNames]) {
    const one = await bench.context.queryCapabilities(name);
    assert(one.supported, `${name} is not supported`);
    assert(
      one.providers.some((provider) => provider.id === id && provider.operations.length > 0),
      `${name} is not the provider's`,
    );
    assert(
      system.algorithms.some(({ algorithm }) => algorithm === one.algorithm),
      `${name} is missing in the list of all`,
    );
  }
  const nothing = await bench.context.queryCapabilities('NoSuchAlgorithm');
  assertSame('an unknown algorithm', nothing, { algorithm: 'NoSuchAlgorithm', supported: false, providers: [] });
}

async function closed(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const contexts = [
    await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider }),
    await bench.context.createRandomContext({ provider: bench.provider }),
    await bench.context.createKeyManagementContext({ provider: bench.provider }),
    await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' }),
  ] as const;
  const [hash, random, management, cipher] = contexts;
  for (const context of contexts) {
    await context.close();
    await context.close();
  }
  const calls = [
    () => hash.init(),
    () => hash.reset(),
    () => random.generate(1),
    () => management.generateKey('AES-256'),
    () => cipher.finalize(),
  ];
  for (const call of calls) await refused(call, 'CONTEXT_ALREADY_DESTROYED', 'context');
}

async function closedStack(bench: Bench): Promise<void> {
  const stack = await bench.anotherStack();
  const health = await stack.health();
  assertSame('the health', [health.status, health.protocol], ['serving', 1]);
  await stack.close();
  await stack.close();
  await refused(() => stack.createCryptoContext(), 'UNINITIALIZED_STACK');
}

async function errors(bench: Bench): Promise<void> {
  const error = await refused(() => bench.slot('nothing'), 'RESOURCE_NOT_FOUND', 'name');
  assertSame('the number', error.numericCode, 0x01030002);
  assertSame('the category', error.category, 'parameter');
  assertSame('whether it may be retried', error.retryable, false);
  const { code, numericCode, category, field, message, retryable } = error;
  assertSame('the error as JSON', JSON.parse(JSON.stringify(error)), { code, numericCode, category, field, message, retryable });
}

export const resourceChecks: readonly Check[] = [
  { name: 'names: one name is one id for every stack of the process', run: sameId },
  { name: 'names: too long, empty, unknown, of another type, of somebody else', run: names },
  { name: 'names: the list holds what is granted and nothing else', run: list },
  { name: 'providers: views, ids and names', run: providers },
  { name: 'providers: selections', run: selection },
  { name: 'providers: keyed contexts run where their key lives', run: keyedSelection },
  { name: 'providers: capabilities', run: capabilities },
  { name: 'contexts: closed ones refuse everything but closing', run: closed },
  { name: 'contexts: a closed stack refuses new ones', run: closedStack },
  { name: 'errors: carry number, category, field and retryable', run: errors },
];
