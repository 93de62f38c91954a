/** What checks the demo's results: the openssl command where there is one, else node:crypto. Neither is Keyslot. */
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, constants as rsa, sign, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type SignatureKind = 'ecdsa' | 'rsa-pss';

/** A key of the witness's own. */
export interface Signer {
  /** SPKI. */
  readonly publicKey: Uint8Array;
  /** ECDSA signatures in DER. */
  sign(): Promise<Uint8Array>;
}

export interface Witness {
  readonly name: 'openssl' | 'node:crypto';
  digest(hash: string): Promise<Uint8Array>;
  /** `publicKey`: SPKI in PEM. */
  verify(kind: SignatureKind, publicKey: Uint8Array, signature: Uint8Array): Promise<boolean>;
  makeSigner(kind: SignatureKind): Promise<Signer>;
}

const saltLength = 32;

/** Everything is about one file; what openssl needs beside it goes into `folder`. */
export async function findWitness(file: string, folder: string, path: string | undefined): Promise<Witness> {
  const env = { PATH: path ?? '/usr/bin:/bin', LC_ALL: 'C' };
  try {
    await run('openssl', ['version'], { env });
    return new OpenSsl(file, folder, env);
  } catch {
    return new NodeCrypto(file);
  }
}

class OpenSsl implements Witness {
  readonly name = 'openssl';
  readonly #file: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(file: string, folder: string, env: Readonly<Record<string, string>>) {
    this.#file = file;
    this.#folder = folder;
    this.#env = env;
  }

  async digest(hash: string): Promise<Uint8Array> {
    const { stdout } = await this.#run('dgst', `-${opensslHash(hash)}`, '-binary', this.#file);
    return stdout;
  }

  async verify(kind: SignatureKind, publicKey: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const [keyFile, signatureFile] = [this.#write('public.pem', publicKey), this.#write('signature', signature)];
    const args = ['dgst', '-sha256', ...padding(kind), '-verify', keyFile, '-signature', signatureFile, this.#file];
    return await this.#run(...args).then(
      () => true,
      (error: { code?: unknown }) => {
        if (error.code === 1) return false;
        throw error;
      },
    );
  }

  async makeSigner(kind: SignatureKind): Promise<Signer> {
    const keyFile = join(this.#folder, `openssl-${kind}.pem`);
    const form = kind === 'ecdsa' ? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    await this.#run('genpkey', '-out', keyFile, '-algorithm', ...form);
    const { stdout: publicKey } = await this.#run('pkey', '-in', keyFile, '-pubout', '-outform', 'DER');
    const sign = async () => (await this.#run('dgst', '-sha256', ...padding(kind), '-sign', keyFile, this.#file)).stdout;
    return { publicKey, sign };
  }

  #write(name: string, bytes: Uint8Array): string {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes, { mode: 0o600 });
    return path;
  }
  #run(...args: string[]): Promise<{ stdout: Buffer }> {
    return run('openssl', args, { env: this.#env, encoding: 'buffer', cwd: this.#folder });
  }
}

function opensslHash(hash: string): string {
  return hash.replace('-', '').toLowerCase();
}

function padding(kind: SignatureKind): string[] {
  return kind === 'ecdsa' ? [] : ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_pss_saltlen:${saltLength}`];
}

class NodeCrypto implements Witness {
  readonly name = 'node:crypto';
  readonly #data: Uint8Array;

  constructor(file: string) {
    this.#data = readFileSync(file);
  }

  async digest(hash: string): Promise<Uint8Array> {
    return createHash(opensslHash(hash)).update(this.#data).digest();
  }

  async verify(kind: SignatureKind, publicKey: Uint8Array, signature: Uint8Array): Promise<boolean> {
    return verify('sha256', this.#data, { key: Buffer.from(publicKey), ...nodePadding(kind) }, signature);
  }

  async makeSigner(kind: SignatureKind): Promise<Signer> {
    const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } =
      kind === 'ecdsa' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
      sign: async () => sign('sha256', this.#data, { key: privateKey, ...nodePadding(kind) }),
    };
  }
}

function nodePadding(kind: SignatureKind) {
  return kind === 'ecdsa' ? { dsaEncoding: 'der' as const } : { padding: rsa.RSA_PKCS1_PSS_PADDING, saltLength };
}
