/**
 * Run by another Node, without anything but that: post-quantum keys, signatures and encapsulation, and Argon2id, by its node:crypto. A line
 * of JSON in is a call, a line out its answer; bytes are base64.
 */
import * as crypto from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, type SignKeyObjectInput, sign, verify } from 'node:crypto';
import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

type Encoded = string;
interface Values {
  readonly name?: string;
  readonly key?: Encoded;
  readonly message?: Encoded;
  readonly signature?: Encoded;
  readonly context?: Encoded;
  readonly ciphertext?: Encoded;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly salt?: Encoded;
  readonly secret?: Encoded;
  readonly data?: Encoded;
  readonly format?: 'der' | 'pem' | 'jwk';
}
/** What the types of Node 20 do not know. */
interface NewerCrypto {
  readonly encapsulate: (key: KeyObject) => { readonly sharedKey: Uint8Array; readonly ciphertext: Uint8Array };
  readonly decapsulate: (key: KeyObject, ciphertext: Uint8Array) => Uint8Array;
  readonly argon2Sync: (type: 'argon2id', options: object) => Uint8Array;
}
const newer = crypto as unknown as NewerCrypto;

const decode = (text: Encoded | undefined): Buffer => Buffer.from(text ?? '', 'base64');
const encode = (bytes: Uint8Array): Encoded => Buffer.from(bytes).toString('base64');
const privateKey = (key: Encoded | undefined): KeyObject => createPrivateKey({ key: decode(key), format: 'der', type: 'pkcs8' });
const publicKey = (key: Encoded | undefined): KeyObject => createPublicKey({ key: decode(key), format: 'der', type: 'spki' });
const withContext = (key: KeyObject, context: Encoded | undefined) =>
  ({ key, ...(context !== undefined && { context: decode(context) }) }) as SignKeyObjectInput;

function read({ key, format }: Values): KeyObject {
  if (format === 'jwk') return createPrivateKey({ key: JSON.parse(decode(key).toString()) as crypto.JsonWebKey, format: 'jwk' });
  return format === 'pem' ? createPrivateKey(decode(key)) : privateKey(key);
}
function write(object: KeyObject, format: Values['format']): Encoded {
  if (format === 'jwk') return encode(Buffer.from(JSON.stringify(object.export({ format: 'jwk' }))));
  const written: string | Buffer = object.export({ format: format ?? 'der', type: 'pkcs8' } as { format: 'der'; type: 'pkcs8' });
  return encode(Buffer.from(written));
}

const calls: Readonly<Record<string, (values: Values) => unknown>> = {
  generate: ({ name = '', format }) => write(generateKeyPairSync(name.toLowerCase() as 'ed25519').privateKey, format),
  publicOf: (values) => encode(createPublicKey(read(values)).export({ format: 'der', type: 'spki' })),
  rewrite: ({ key, format }) => write(privateKey(key), format),
  sign: ({ key, message, context }) => encode(sign(null, decode(message), withContext(privateKey(key), context))),
  verify: ({ key, message, context, signature }) => verify(null, decode(message), withContext(publicKey(key), context), decode(signature)),
  encapsulate: ({ key }) => {
    const { sharedKey, ciphertext } = newer.encapsulate(publicKey(key));
    return { secret: encode(sharedKey), ciphertext: encode(ciphertext) };
  },
  decapsulate: ({ key, ciphertext }) => encode(newer.decapsulate(privateKey(key), decode(ciphertext))),
  argon2id: ({ message, salt, secret, data, numbers }) => {
    const options = { message: decode(message), nonce: decode(salt), secret: decode(secret), associatedData: decode(data), ...numbers };
    return encode(newer.argon2Sync('argon2id', options));
  },
};

function answer(line: string): void {
  const { id, call, values } = JSON.parse(line) as { id: number; call: string; values: Values };
  try {
    stdout.write(`${JSON.stringify({ id, value: calls[call]?.(values) })}\n`);
  } catch (error) {
    stdout.write(`${JSON.stringify({ id, error: (error as Error).message })}\n`);
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) createInterface({ input: stdin }).on('line', answer);
