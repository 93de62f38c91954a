/** Disposable tokens: each in a folder of its own with a SOFTHSM2_CONF of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { KeyslotError } from '../src/core/errors.js';
import type { Report } from './fetch.js';
import { obtainSoftHsm } from './obtain.js';

const run = promisify(execFile);

export interface TokenOptions {
  /** 1 to 32 bytes; `keyslot` when not given. */
  readonly label?: string;
  /** The user's PIN, 4 to 255 bytes of printable ASCII; random when not given. The caller wipes it. */
  readonly pin?: Uint8Array;
  /** Where the token's folder is made; the system's folder for temporary files when not given. */
  readonly parent?: string;
  /** A module to use instead of the one that `obtainSoftHsm` finds or fetches. */
  readonly modulePath?: string;
  /** Hears, line by line, what takes time. */
  readonly report?: Report;
}

export interface DisposableToken extends AsyncDisposable {
  readonly modulePath: string;
  readonly folder: string;
  readonly configPath: string;
  /** To be merged into the environment of whoever loads the module. */
  readonly env: { readonly SOFTHSM2_CONF: string };
  readonly label: string;
  readonly serial: string;
  /** RFC 7512 URI that selects this token and no other. */
  readonly uri: string;
  /** The user's PIN and a newline; mode 0600. */
  readonly pinFile: string;
  /** The security officer's PIN and a newline; mode 0600. */
  readonly soPinFile: string;
  /** Destroys the token and its folder; twice is fine. */
  remove(): Promise<void>;
}

function configuration(tokens: string): string {
  return [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'objectstore.umask = 0077',
    'log.level = ERROR',
    'slots.removable = false',
    'slots.mechanisms = ALL',
    'library.reset_on_fork = false',
    '',
  ].join('\n');
}

function checkLabel(label: string): void {
  const size = Buffer.byteLength(label);
  if (size < 1 || size > 32 || label.trim() !== label) {
    throw new KeyslotError('INVALID_ARGUMENT', 'a label has 1 to 32 bytes and no blanks around it', { field: 'label' });
  }
}

function checkPin(pin: Uint8Array | undefined): void {
  if (pin === undefined) return;
  if (pin.length < 4 || pin.length > 255 || pin.some((byte) => byte < 0x21 || byte > 0x7e)) {
    throw new KeyslotError('INVALID_ARGUMENT', 'a PIN has 4 to 255 bytes of printable ASCII', { field: 'pin' });
  }
}

/** 128 bits as hexadecimal ASCII, made without a string. */
function randomPin(): Uint8Array {
  const digits = Buffer.from('0123456789abcdef');
  return randomBytes(32).map((byte) => digits[byte & 0x0f] ?? 0);
}

function writePin(file: string, pin: Uint8Array): void {
  const line = Buffer.alloc(pin.length + 1, '\n');
  line.set(pin);
  writeFileSync(file, line, { mode: 0o600, flag: 'wx' });
  line.fill(0);
}

async function initialise(modulePath: string, label: string, soPinFile: string, pinFile: string, configPath: string): Promise<string> {
  const program = fileURLToPath(new URL('token-initialiser.js', import.meta.url));
  try {
    const { stdout } = await run(process.execPath, [program, modulePath, label, soPinFile, pinFile], {
      env: { SOFTHSM2_CONF: configPath },
      timeout: 60_000,
    });
    return stdout.trim();
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? '');
    const reason = /^(?:\w*Error): .*$/m.exec(stderr)?.[0] ?? String((error as Error).message);
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `the token can not be initialised with ${modulePath}: ${reason}`, { cause: error });
  }
}

/**
 * Makes an initialised token of SoftHSM2 that nothing else uses. PINs are random, in files of mode 0600 below a folder of mode
 * 0700. The caller ends it with `remove` or `await using`.
 * @throws INVALID_ARGUMENT (`label`, `pin`), PROVIDER_NOT_AVAILABLE when SoftHSM2 can't be had or used
 */
export async function createToken(options: TokenOptions = {}): Promise<DisposableToken> {
  const label = options.label ?? 'keyslot';
  checkLabel(label);
  checkPin(options.pin);
  const modulePath = options.modulePath ?? (await obtainSoftHsm(options.report === undefined ? {} : { report: options.report })).modulePath;
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), 'keyslot-token-'));
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  try {
    const tokens = join(folder, 'tokens');
    const [configPath, pinFile, soPinFile] = ['softhsm2.conf', 'user.pin', 'officer.pin'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(tokens, { mode: 0o700 });
    writeFileSync(configPath, configuration(tokens), { mode: 0o600 });
    writePin(pinFile, options.pin ?? randomPin());
    writePin(soPinFile, randomPin());
    const serial = await initialise(modulePath, label, soPinFile, pinFile, configPath);
    const uri = `pkcs11:token=${encodeURIComponent(label)};serial=${encodeURIComponent(serial)}`;
    const env = { SOFTHSM2_CONF: configPath };
    return { modulePath, folder, configPath, env, label, serial, uri, pinFile, soPinFile, remove, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
