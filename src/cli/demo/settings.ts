/** The demo's configuration: two providers, one slot in each for every kind of key. */
import type { DisposableToken } from '../../../softhsm/index.js';
import { type DaemonSettings, type SlotLine, softwareProvider, tokenProvider } from '../../testing/index.js';

export const demoProviders = ['software', 'token'] as const;
export type DemoProvider = (typeof demoProviders)[number];

/** Part of a slot's name after its provider's, with what the key is and may do. */
export const demoKeys = [
  { name: 'aes', algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] },
  { name: 'mac', algorithm: 'HMAC-SHA-256', permissions: ['mac'] },
  { name: 'ec', algorithm: 'ECDSA-P256', permissions: ['sign', 'verify'] },
  { name: 'rsa', algorithm: 'RSA-2048', permissions: ['sign', 'verify'] },
] as const;

export type DemoKey = (typeof demoKeys)[number]['name'];

/** A slot that the demo's user has no rights for. */
export const foreignSlot = 'somebody-elses';
const nobody = 65_534;

export function slotName(provider: DemoProvider, key: DemoKey): string {
  return `${provider}-${key}`;
}

export function demoSettings(token: DisposableToken, uid: number): DaemonSettings {
  const slots: SlotLine[] = demoProviders.flatMap((provider) =>
    demoKeys.map(({ name, algorithm, permissions }) => ({
      name: slotName(provider, name),
      kind: 'key',
      algorithm,
      providers: [provider],
      permissions,
    })),
  );
  const foreign: SlotLine = { name: foreignSlot, kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt'] };
  const own = Object.fromEntries(slots.map(({ name }) => [name, name]));
  return {
    providers: [softwareProvider('software', 1), tokenProvider(token, 'token', 2)],
    slots: [...slots, foreign],
    access: [
      { user: uid, slots: own, rights: ['use', 'write', 'generate', 'clear'] },
      { user: uid === nobody ? nobody - 1 : nobody, slots: { [foreignSlot]: foreignSlot }, rights: ['use'] },
    ],
  };
}
