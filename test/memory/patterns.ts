/** The forms in which a secret can lie in memory: raw, turned, as text of several encodings, as JavaScript arrays, as HMAC pads. */

export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The bytes are text: a PIN, a phrase. */
  readonly isText?: boolean;
}

export interface Pattern {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
  /** Shortest run of the pattern that counts. */
  readonly least: number;
}

type Forms = readonly (readonly [form: string, bytes: Buffer, least: number])[];

const shortest = 8;
/** Characters. Pieces of two words of a phrase, such as " return pattern ", are in the code of every program: one phrase of 600 has one of 16 there. */
const shortestText = 24;

function spread(bytes: Buffer, stride: number, at: number): Buffer {
  const out = Buffer.alloc(bytes.length * stride);
  bytes.forEach((value, i) => {
    out[i * stride + at] = value;
  });
  return out;
}
function doubles(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 8);
  bytes.forEach((value, i) => {
    out.writeDoubleLE(value, i * 8);
  });
  return out;
}
function swapped(bytes: Buffer, word: number): Buffer {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % word)));
  return word === 4 ? whole.swap32() : whole.swap64();
}
function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** Base64 at the three alignments that a secret can have in a longer text; only the characters that it decides alone. */
function base64Forms(bytes: Buffer): Forms {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    return (['base64', 'base64url'] as const).flatMap((encoding) => {
      const inner = padded
        .toString(encoding)
        .replace(/=+$/, '')
        .slice(offset === 0 ? 0 : offset + 1, -1);
      return [[`${encoding}+${offset}`, Buffer.from(inner), 12] as const, [`${encoding}+${offset} wide`, wide(inner), 24] as const];
    });
  });
}

function formsOf({ bytes: given, isText = false }: Secret): Forms {
  const bytes = Buffer.from(given);
  const least = Math.min(bytes.length, isText ? shortestText : shortest);
  const hex = bytes.toString('hex');
  const text = isText ? ([['text wide', wide(bytes.toString('latin1')), 2 * least]] as const) : [];
  return [
    ['raw', bytes, least],
    ['reversed', Buffer.from(bytes).reverse(), least],
    ['swapped 32', swapped(bytes, 4), least],
    ['swapped 64', swapped(bytes, 8), least],
    ['small integers', spread(bytes, 8, 4), 8 * least],
    ['integers', spread(bytes, 4, 0), 4 * least],
    ['doubles', doubles(bytes), 8 * least],
    ['hex', Buffer.from(hex), 2 * least],
    ['HEX', Buffer.from(hex.toUpperCase()), 2 * least],
    ['hex wide', wide(hex), 4 * least],
    ['list of numbers', Buffer.from([...bytes].join(',')), 24],
    ['inner HMAC pad', Buffer.from(bytes.map((byte) => byte ^ 0x36)), least],
    ['outer HMAC pad', Buffer.from(bytes.map((byte) => byte ^ 0x5c)), least],
    ...text,
    ...base64Forms(bytes),
  ];
}

/** All patterns of all secrets, none twice. */
export function patternsOf(secrets: readonly Secret[]): Pattern[] {
  const seen = new Set<string>();
  return secrets.flatMap((secret) =>
    formsOf(secret).flatMap(([form, bytes, least]) => {
      const key = bytes.toString('latin1');
      if (bytes.length < shortest || seen.has(key)) return [];
      seen.add(key);
      return [{ secret: secret.name, form, bytes, least: Math.min(least, bytes.length) }];
    }),
  );
}
