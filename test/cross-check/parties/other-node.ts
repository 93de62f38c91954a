/** Another Node, 24.8 or newer, whose node:crypto has post-quantum algorithms. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CarriedKey, Party, SignatureJob } from '../party.js';
import { unable } from '../party.js';

const helper = fileURLToPath(new URL('node-helper.js', import.meta.url));

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class OtherNode implements Disposable {
  readonly version: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(program: string, version: string) {
    this.version = version;
    this.#child = spawn(program, [helper], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
    this.#child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the other Node ended'));
    });
    const { stdout } = this.#child;
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#answer(line));
  }

  /** The first of the programs that is new enough; undefined when there is none. */
  static find(...programs: readonly (string | undefined)[]): OtherNode | undefined {
    for (const program of programs) {
      if (program === undefined || program === '') continue;
      const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
      const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)\./.exec(version)?.map(Number) ?? [];
      if (major > 24 || (major === 24 && minor >= 8)) return new OtherNode(program, version);
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.#child.stdin?.end();
  }

  #answer(line: string): void {
    const { id, value, error } = JSON.parse(line) as { id: number; value?: unknown; error?: string };
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`the other Node: ${error}`));
  }

  /** Bytes go as base64. */
  call(call: string, values: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.#calls += 1;
    const id = this.#calls;
    const encoded = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value]),
    );
    this.#child.stdin?.write(`${JSON.stringify({ id, call, values: encoded })}\n`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async bytes(call: string, values: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
    return new Uint8Array(Buffer.from(String(await this.call(call, values)), 'base64'));
  }
}

const formats = ['der', 'pem', 'jwk'] as const;
const postQuantum = (name: string): void => {
  if (!/^(?:ML|SLH)-/.test(name)) unable(name);
};

export function otherNodeParty(node: OtherNode): Party {
  const contextOf = ({ parameters }: SignatureJob) => {
    if (parameters.deterministic === true) unable('Node signs with fresh randomness');
    return parameters.context instanceof Uint8Array ? { context: parameters.context } : {};
  };
  const readable = ({ algorithm, format, passphrase }: CarriedKey): void => {
    postQuantum(algorithm);
    if (format === 'raw' || passphrase !== undefined) unable(`a key in ${format} form`);
  };
  return {
    name: `Node ${node.version}`,
    has: ({ name }) => /^(?:(?:ML|SLH)-|Ed448$|Argon2id$)/.test(name),
    sign: async (job, message) => {
      return await node.bytes('sign', { key: job.key.pkcs8, message, ...contextOf(job) });
    },
    verify: async (job, message, signature) => {
      const { deterministic: _signing, ...parameters } = job.parameters;
      return (await node.call('verify', { key: job.key.spki, message, signature, ...contextOf({ ...job, parameters }) })) === true;
    },
    encapsulate: async ({ key }) => {
      const { ciphertext, secret } = (await node.call('encapsulate', { key: key.spki })) as { ciphertext: string; secret: string };
      return { ciphertext: new Uint8Array(Buffer.from(ciphertext, 'base64')), secret: new Uint8Array(Buffer.from(secret, 'base64')) };
    },
    decapsulate: ({ key }, ciphertext) => node.bytes('decapsulate', { key: key.pkcs8, ciphertext }),
    derive: async ({ row, fields, secret, size }) => {
      if (row.function !== 'argon2id') unable(row.name);
      const { salt, label: data, seed, iterationCount: passes, memory, parallelism } = fields;
      return await node.bytes('argon2id', {
        message: secret.bytes,
        salt,
        secret: seed,
        data,
        numbers: { passes, memory, parallelism, tagLength: size },
      });
    },
    generateKey: async ({ name }, form) => {
      postQuantum(name);
      const format = formats[form % 3] ?? 'der';
      return { algorithm: name, format, data: await node.bytes('generate', { name, format }) };
    },
    publicOf: async (key) => {
      readable(key);
      return await node.bytes('publicOf', { key: key.data, format: key.format });
    },
    rewrite: async (key, format) => {
      readable(key);
      if (key.format !== 'der') unable(`a key in ${key.format} form`);
      return { algorithm: key.algorithm, format, data: await node.bytes('rewrite', { key: key.data, format }) };
    },
  };
}
