import { exitStatus } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import { type ByteValue, hexBytes, resolveBytes } from '../byte-value.js';
import { checksumFiles } from '../checksum.js';
import type { CliContext } from '../context.js';
import { type Crypto, keyAndAlgorithm, withCrypto } from '../crypto.js';
import { badData, usageError } from '../failure.js';
import { feed } from '../feed.js';
import { namingFlags } from '../flag-names.js';
import { type DaemonFlags, providerChoice } from '../flags.js';
import { openInput, readSmall } from '../input-file.js';
import { type OutputParameterFlags, outputParameterNames, outputParameters } from '../output-parameters.js';
import { Progress } from '../progress.js';

export interface MacFlags extends DaemonFlags, OutputParameterFlags {
  readonly key: string;
  readonly algorithm?: string;
  readonly verify?: string;
  readonly macFile?: string;
  readonly iv?: ByteValue;
}

/** `keyslot mac` */
export const mac = action(async (context, flags: MacFlags, ...files: string[]) => {
  const expected = await expectedMac(context, flags);
  if (expected !== undefined && files.length > 1) throw usageError('one MAC is of one file', 'file');
  if (flags.iv !== undefined && files.length > 1) throw usageError('one --iv is for one file: under one key it must never repeat', 'iv');
  const [parameters, iv] = [await outputParameters(context, flags), flags.iv && (await resolveBytes(context, flags.iv))];
  return await namingFlags({ ...outputParameterNames, iv: 'iv' }, () =>
    withCrypto(context, flags, async (daemon) => {
      const { key, algorithm } = await keyAndAlgorithm(daemon, flags.key, 'mac', flags.algorithm);
      const config = { key, algorithm, ...parameters, ...providerChoice(flags.provider) };
      return expected === undefined
        ? generate(context, flags, daemon, { config, iv }, files)
        : verify(context, flags, daemon, { config, iv }, files[0], expected);
    }),
  );
});

interface Using {
  readonly config: Parameters<Crypto['crypto']['createMacContext']>[0];
  readonly iv: Uint8Array | undefined;
}

async function generate(
  context: CliContext,
  flags: MacFlags,
  { crypto, call }: Crypto,
  { config, iv }: Using,
  files: string[],
): Promise<number> {
  const { json = false, key } = flags;
  await using stream = await crypto.createMacContext(config, call);
  return await checksumFiles(context, files, {
    json,
    field: 'mac',
    about: { algorithm: config.algorithm, key },
    async compute(input) {
      await stream.init(iv, call);
      const bytes = await feed((piece) => stream.update(piece, call), input, new Progress(context, 'reading', input, json));
      return { file: input.name, bytes, value: await stream.finalize(undefined, call) };
    },
  });
}

async function verify(
  context: CliContext,
  { json = false, key }: MacFlags,
  { crypto, call }: Crypto,
  { config, iv }: Using,
  file: string | undefined,
  expected: Uint8Array,
): Promise<number> {
  await using stream = await crypto.createMacContext({ ...config, mode: 'verify' }, call);
  await using input = await openInput(context, file);
  await stream.init(iv, call);
  const bytes = await feed((piece) => stream.update(piece, call), input, new Progress(context, 'reading', input, json));
  const ok = await stream.verify(expected, call);
  if (json) printJson(context, { ok, file: input.name, bytes, algorithm: config.algorithm, key });
  else context.process.stdout.write(`${input.name}: ${ok ? 'ok' : 'does not match'}\n`);
  return ok ? exitStatus.ok : exitStatus.failed;
}

const longestMacFile = 65_536;

async function expectedMac(context: CliContext, { verify: given, macFile }: MacFlags): Promise<Uint8Array | undefined> {
  if (given !== undefined && macFile !== undefined) throw usageError('give --verify or --mac-file, not both', 'macFile');
  if (given !== undefined) {
    const bytes = fromHex(given);
    if (bytes === undefined) throw usageError('--verify takes a MAC in hexadecimal', 'verify');
    return bytes;
  }
  return macFile === undefined ? undefined : macIn(await readSmall(context, macFile, longestMacFile), macFile);
}

/** A line as `keyslot mac` prints it, or the bytes themselves. */
function macIn(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes.length === 0) throw badData(`${name} is empty`, 'macFile');
  const line = /^\\?([0-9a-fA-F]+)(?:\s[^\n]*)?\n?$/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  return (line === undefined ? undefined : fromHex(line)) ?? bytes;
}

function fromHex(text: string): Uint8Array | undefined {
  return text === '' ? undefined : hexBytes(text);
}
