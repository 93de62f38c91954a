/** The configuration file, version 1: its shape, defaults, and the rules between its parts. Unknown keys are errors. */
import { z } from 'zod';
import { keyAlgorithm, wrapAlgorithm } from '../../core/algorithms.js';
import { defaultLimits, GiB, KiB, MiB } from '../../core/limits.js';
import { permissionNames } from '../../core/permissions.js';
import { maxNameBytes, slotRights } from '../../core/resources.js';
import { maxData } from '../../protocol/operations.js';
import { isCredentialName } from '../../providers/software/store-credential.js';
import type { StoreKeySource } from '../../providers/software/store-key-source.js';
import { firstKeyVersion, lastKeyVersion, usualPaths } from '../../vault/named-paths.js';
import { parseSize, parseTime } from './units.js';

const name = z
  .string()
  .min(1)
  .refine((s) => Buffer.byteLength(s) <= maxNameBytes, `must be at most ${maxNameBytes} bytes long`)
  .refine((s) => !/\p{Cc}/u.test(s), 'must not contain control characters');

/** Names a folder of the state folder, too, beside the daemon's own files. */
const providerName = name
  .refine((s) => !s.includes('/') && s !== '.' && s !== '..', 'names a folder, too: no slash, not "." and not ".."')
  .refine((s) => !/^vault\.json(\.new)?$/.test(s), 'is the name of a file of the daemon');

const absolutePath = z.string().refine((s) => s.startsWith('/'), 'must be an absolute path');
const mode = z.string().regex(/^0?[0-7]{3}$/, 'must be three octal digits in quotes, such as "0660"');

function size(min: number, max: number) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const bytes = parseSize(value);
    if (bytes === undefined) context.addIssue({ code: 'custom', message: 'must be a size such as 4096, 64KiB or 1MiB' });
    else if (bytes < min || bytes > max) context.addIssue({ code: 'custom', message: `must be between ${min} and ${max} bytes` });
    else return bytes;
    return z.NEVER;
  });
}
function time(min: number, max: number) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const ms = parseTime(value);
    if (ms === undefined) context.addIssue({ code: 'custom', message: 'must be a time with its unit, such as 500ms, 5s or 2min' });
    else if (ms < min || ms > max) context.addIssue({ code: 'custom', message: `must be between ${min} ms and ${max} ms` });
    else return ms;
    return z.NEVER;
  });
}
/** 0 is never. */
function timeOrNever(min: number, max: number) {
  return z.union([z.literal(0), z.string(), z.number()]).transform((value, context) => {
    const ms = value === 0 ? 0 : parseTime(value);
    if (ms === undefined) context.addIssue({ code: 'custom', message: 'must be 0 for never, or a time with its unit, such as 5min' });
    else if (ms !== 0 && (ms < min || ms > max)) context.addIssue({ code: 'custom', message: `must be between ${min} ms and ${max} ms` });
    else return ms;
    return z.NEVER;
  });
}
const count = (max: number) => z.number().int().min(1).max(max);
const endpoint = z.strictObject({ path: absolutePath, mode: mode.optional(), group: z.string().min(1).optional() });

const limits = z.strictObject({
  connections: count(65_536).default(defaultLimits.connections),
  contexts: count(1_000_000).default(defaultLimits.contexts),
  keys: count(1_000_000).default(defaultLimits.keys),
  inFlight: count(65_536).default(defaultLimits.inFlight),
  frame: size(4 * KiB, 16 * MiB).default(defaultLimits.frame),
  bulk: size(4 * KiB, maxData).default(defaultLimits.bulk),
  aeadDecrypt: size(4 * KiB, maxData).default(defaultLimits.aeadDecrypt),
  bytes: size(MiB, 64 * GiB).default(defaultLimits.bytes),
  queuedOutput: size(MiB, 4 * GiB).default(defaultLimits.queuedOutput),
  total: size(MiB, 256 * GiB).default(defaultLimits.total),
});

const hour = 3_600_000;
const timeouts = z.strictObject({
  default: time(1, hour).default(5000),
  max: time(1, 24 * hour).default(60_000),
  allowNone: z.boolean().default(false),
  hang: z
    .strictObject({ call: time(100, hour).default(10_000), generate: time(1000, 24 * hour).default(300_000) })
    .default({ call: 10_000, generate: 300_000 }),
  stream: time(100, hour).default(30_000),
});

const providerBase = { name: providerName, id: z.number().int().min(1).max(65_535) };
const objectUri = z.string().regex(/^pkcs11:/, 'must be a pkcs11: URI such as "pkcs11:object=old-key"');
/** Names of wrapping algorithms that need nothing beside the wrapped bytes. */
const wrapping = z.string().transform((value, context) => {
  const row = wrapAlgorithm(value);
  if (row !== undefined && row.method !== 'aes-gcm') return row.name;
  context.addIssue({ code: 'custom', message: `"${value}" does not wrap a store key; AES-KWP, AES-KW, RSA-OAEP-… and RSA-AES-KWP-… do` });
  return z.NEVER;
});
function isTrueOrText(value: unknown): boolean {
  return value === true || typeof value === 'string';
}
const storeKeyParts = z.strictObject({
  file: absolutePath.optional(),
  credential: z.string().refine(isCredentialName, 'must be the name of a credential, without a slash or a colon').optional(),
  token: z.strictObject({ provider: name, object: objectUri, wrapped: absolutePath, algorithm: wrapping.optional() }).optional(),
  vault: z.custom<true | string>(isTrueOrText, "must be true, or a path such as \"m/74'/3'/0'/1'\"").optional(),
});
const storeKey = storeKeyParts.transform(({ file, credential, token, vault: path }, context): StoreKeySource => {
  const given: StoreKeySource[] = [
    ...(file === undefined ? [] : [{ from: 'file', path: file } as const]),
    ...(credential === undefined ? [] : [{ from: 'credential', name: credential } as const]),
    ...(token === undefined ? [] : [{ from: 'token', ...token, algorithm: token.algorithm } as const]),
    ...(path === undefined ? [] : [{ from: 'vault', path: path === true ? undefined : path } as const]),
  ];
  const [source, second] = given;
  if (source !== undefined && second === undefined) return source;
  context.addIssue({ code: 'custom', message: `must name one of ${Object.keys(storeKeyParts.shape).join(', ')}` });
  return z.NEVER;
});
const softwareProvider = z.strictObject({
  ...providerBase,
  type: z.literal('software'),
  keyStore: z.strictObject({ key: storeKey }).optional(),
});
const pkcs11Provider = z.strictObject({
  ...providerBase,
  type: z.literal('pkcs11'),
  module: absolutePath,
  token: z.string().regex(/^pkcs11:/, 'must be a pkcs11: URI such as "pkcs11:token=ecu;serial=0123"'),
  pin: z.strictObject({ file: absolutePath }),
  sessions: z.number().int().min(2).max(1024).default(16),
  maxKeyLength: z.number().int().min(1024).max(16_384).default(4096),
  user: z.string().min(1).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name of an environment variable'), z.string()).default({}),
});

const permission = z.enum(permissionNames);
const keySlot = z.strictObject({
  name,
  kind: z.literal('key'),
  algorithm: z.string().transform((value, context) => {
    const row = keyAlgorithm(value);
    if (row !== undefined) return row;
    context.addIssue({ code: 'custom', message: `"${value}" is not a kind of key; see keyslot protocol --json` });
    return z.NEVER;
  }),
  providers: z.array(name).min(1),
  permissions: z.array(permission),
  export: z.enum(['any', 'wrapped']).default('any'),
  publicInSoftware: z.boolean().default(false),
  object: objectUri.optional(),
  path: z.string().optional(),
});

const day = 24 * hour;
const path = z.string().min(1);
const vault = z.strictObject({
  idleTimeout: timeOrNever(1000, 7 * day).default(900_000),
  cacheTimeToLive: time(1000, 7 * day).default(hour),
  cacheSize: count(64).default(64),
  allowUnlockedMemory: z.boolean().default(false),
  keyVersion: z.number().int().min(firstKeyVersion).max(lastKeyVersion).default(firstKeyVersion),
  paths: z
    .strictObject({
      identity: path.default(usualPaths.identity),
      device: path.default(usualPaths.device),
      sshHost: path.default(usualPaths.sshHost),
      encryption: path.default(usualPaths.encryption),
      ethereum: path.default(usualPaths.ethereum),
      keyStore: path.default("m/74'/3'/0'/0'"),
    })
    .prefault({}),
});

const accessRow = z
  .strictObject({
    user: z.union([z.string().min(1), z.number().int().min(0)]).optional(),
    group: z.union([z.string().min(1), z.number().int().min(0)]).optional(),
    slots: z.record(name, name),
    rights: z.array(z.enum(slotRights)).min(1),
  })
  .refine((row) => row.user !== undefined || row.group !== undefined, 'must name a user or a group');

const log = z.strictObject({
  format: z.enum(['json', 'text']).default('json'),
  level: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
});

export const configSchema = z.strictObject({
  version: z.literal(1, 'must be 1, the version of the format'),
  listen: endpoint,
  admin: endpoint,
  state: absolutePath,
  limits: limits.prefault({}),
  timeouts: timeouts.prefault({}),
  log: log.prefault({}),
  spin: z.boolean().default(true),
  vault: vault.optional(),
  providers: z.array(z.discriminatedUnion('type', [softwareProvider, pkcs11Provider])).min(1),
  slots: z.array(keySlot).default([]),
  access: z.array(accessRow).default([]),
});

export type Config = z.output<typeof configSchema>;
export type ProviderConfig = Config['providers'][number];
export type VaultConfig = NonNullable<Config['vault']>;
export type SlotConfig = Config['slots'][number];
export type AccessConfig = Config['access'][number];
