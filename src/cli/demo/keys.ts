/** Fills the demo's slots and makes its test keys. */
import { randomBytes } from 'node:crypto';
import type { CryptoResourceId, KeyManagementContext } from '../../client/index.js';
import type { Through } from './file-operations.js';
import { type DemoKey, type DemoProvider, demoKeys, demoProviders, slotName } from './settings.js';
import type { SignatureKind, Signer, Witness } from './witness.js';

/** Keys whose bytes the demo knows, so that something else can use them too; they protect nothing. */
export interface TestKeys {
  readonly aes: Uint8Array;
  readonly mac: Uint8Array;
}

export interface ProviderKeys {
  /** Owns the ephemeral ones; they live as long as it is held. */
  readonly management: KeyManagementContext;
  readonly slots: Readonly<Record<DemoKey, CryptoResourceId>>;
  /** The AES test key as an ephemeral key of this provider. */
  readonly testAes: CryptoResourceId;
  /** Public keys of the witness as ephemeral keys of this provider. */
  readonly foreign: Readonly<Record<SignatureKind, CryptoResourceId>>;
}

export interface DemoKeys {
  readonly test: TestKeys;
  readonly signers: Readonly<Record<SignatureKind, Signer>>;
  readonly of: Readonly<Record<DemoProvider, ProviderKeys>>;
}

/** Ephemeral keys end with the session. */
export async function makeKeys(through: Through, witness: Witness): Promise<DemoKeys> {
  const test = { aes: randomBytes(32), mac: randomBytes(32) };
  const signers = { ecdsa: await witness.makeSigner('ecdsa'), 'rsa-pss': await witness.makeSigner('rsa-pss') };
  const of: Partial<Record<DemoProvider, ProviderKeys>> = {};
  for (const provider of demoProviders) of[provider] = await keysOf(through, provider, test, signers);
  return { test, signers, of: of as DemoKeys['of'] };
}

async function keysOf(
  { crypto, call }: Through,
  provider: DemoProvider,
  test: TestKeys,
  signers: DemoKeys['signers'],
): Promise<ProviderKeys> {
  const management = await crypto.createKeyManagementContext({ provider }, call);
  const slots: Partial<Record<DemoKey, CryptoResourceId>> = {};
  for (const { name, algorithm } of demoKeys) {
    const slot = await crypto.resolveResource(slotName(provider, name), 'keySlot', call);
    // A MAC can only be checked by somebody who has the key.
    if (name === 'mac') await management.importKey(slot, { algorithm, keyData: test.mac }, call);
    else await management.generateKey(slot, algorithm, call);
    slots[name] = slot;
  }
  const testAes = await management.importKey({ algorithm: 'AES-256', keyData: test.aes }, call);
  const publicKey = (algorithm: string, signer: Signer) => importPublic(management, algorithm, signer, call);
  return {
    management,
    slots: slots as ProviderKeys['slots'],
    testAes,
    foreign: {
      ecdsa: await publicKey('ECDSA-P256', signers.ecdsa),
      'rsa-pss': await publicKey('RSA-2048', signers['rsa-pss']),
    },
  };
}

function importPublic(management: KeyManagementContext, algorithm: string, { publicKey }: Signer, call: Through['call']) {
  return management.importKey({ algorithm, keyData: publicKey, format: 'der' }, call);
}
