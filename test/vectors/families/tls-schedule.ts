/** The key schedule of TLS 1.3 (RFC 8446 7.1): keys derived from keys, each of them compared. */
import { createHash } from 'node:crypto';
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import { concat } from '../bytes.js';
import type { TlsScheduleCase } from '../case.js';
import { genericSecret } from '../key-encodings.js';
import { knownKdf } from '../known.js';
import { digestSizes, nodeHash } from '../names.js';
import { skip } from '../skip.js';
import { visible } from './derived.js';
import { assertEqual } from './hash.js';

/** Label of a secret, and how many of the messages its transcript has. */
interface Secret {
  readonly label: string;
  readonly messages: number;
}
const stages: readonly Readonly<Record<string, Secret>>[] = [
  { clientEarlyTrafficSecret: { label: 'c e traffic', messages: 1 }, earlyExporterMasterSecret: { label: 'e exp master', messages: 1 } },
  {
    clientHandshakeTrafficSecret: { label: 'c hs traffic', messages: 2 },
    serverHandshakeTrafficSecret: { label: 's hs traffic', messages: 2 },
  },
  {
    clientApplicationTrafficSecret: { label: 'c ap traffic', messages: 3 },
    serverApplicationTrafficSecret: { label: 's ap traffic', messages: 3 },
    exporterMasterSecret: { label: 'exp master', messages: 3 },
    resumptionMasterSecret: { label: 'res master', messages: 4 },
  },
];

export async function runTlsSchedule(bench: Bench, { hash, psk, dhe, messages, secrets }: TlsScheduleCase): Promise<void> {
  const [extract, label] = [knownKdf(`HKDF-Extract-${hash}`), knownKdf(`TLS13-HKDF-${hash}`)];
  for (const row of [extract, label]) bench.assertOffered(row, 'derive');
  const digest = nodeHash(hash) ?? skip('algorithm', hash);
  const size = digestSizes[hash] ?? 0;
  const zeros = new Uint8Array(size);
  const transcript = (count: number): Uint8Array =>
    new Uint8Array(
      createHash(digest)
        .update(concat(...messages.slice(0, count)))
        .digest(),
    );
  const derive = async (sourceKey: CryptoResourceGuard, name: string, context: Uint8Array): Promise<Uint8Array> => {
    const kdf = { kdfAlgorithm: label.name, label: new TextEncoder().encode(name), seed: context, outputKeyLength: size * 8 };
    await using key = await bench.keys.deriveKey({ sourceKey, kdf, ...visible });
    return await bench.keys.exportKey(key, 'raw');
  };
  let salt: Uint8Array = new Uint8Array(0);
  for (const [i, stage] of stages.entries()) {
    const input = genericSecret([psk, dhe, undefined][i] ?? zeros);
    const kdf = { kdfAlgorithm: extract.name, salt, outputKeyLength: size * 8 };
    await using key = await bench.withKey(input, p.derive, (sourceKey) => bench.keys.deriveKey({ sourceKey, kdf, ...visible }));
    for (const [name, secret] of Object.entries(stage)) {
      const expected = secrets[name];
      if (expected !== undefined) assertEqual(name, await derive(key, secret.label, transcript(secret.messages)), expected);
    }
    salt = await derive(key, 'derived', transcript(0));
  }
}
