/**
 * What the daemon asks of its hosts: the slow host and the hosts of tokens. Both ends are of one build, so numbers may change from
 * one build to the next. The daemon gives out the numbers of keys, streams and owners; a host never names a resource or grants a
 * permission, and all it answers is checked as foreign input.
 *
 * `algorithm` is the position in the table of algorithms plus one; `half` counts from one in secret, private, public; other
 * enumerations are those of the application protocol.
 */
import { maxNameBytes } from '../../core/resources.js';
import { bytes, type Fields, list, type OperationTable, text, u8, u16, u32, u64 } from '../../protocol/schema.js';

const maxData = 1 << 28;
const maxIv = 1024;
const maxTag = 65_536;
const maxKeyData = 65_536;
const maxParameter = 65_536;
const maxPassphrase = 65_536;
/** CKA_LABEL and CKA_ID have no limit of their own; slots need 64 and 20 bytes. */
const maxLabel = 256;
const maxId = 256;

/** How an operation is to be run, as far as it says anything for the algorithm. */
const job: Fields = [
  u16(0, 'algorithm'),
  /** Counts from one in hash, mac, encrypt, decrypt, sign, verify. */
  u8(1, 'use'),
  u64(2, 'key'),
  bytes(3, 'iv', maxIv),
  bytes(4, 'aad', maxData),
  u32(5, 'tagLength'),
  /** Of a MAC that is cut. */
  u32(6, 'outputLength'),
  u32(7, 'saltLength'),
  /** 1: signatures of ECDSA are DER, not p1363. */
  u8(8, 'derSignature'),
  bytes(9, 'data', maxData),
  /** Position in the list of hashes plus one; 0: the algorithm's own. */
  u8(10, 'mgfHash'),
  bytes(11, 'label', maxParameter),
  /** 1: a block cipher without padding. */
  u8(12, 'unpadded'),
  /** 1: the data of a signature is a digest already. */
  u8(13, 'prehashed'),
];
/** How a key is wrapped. */
const wrapping: Fields = [
  u64(0, 'wrappingKey'),
  u16(1, 'wrapping'),
  bytes(2, 'iv', maxIv),
  bytes(3, 'aad', maxData),
  u8(4, 'mgfHash'),
  bytes(5, 'label', maxParameter),
];
/** What a key is, read from its objects. */
const keyFacts: Fields = [
  u8(0, 'half'),
  /** CKK_…; of a token only. */
  u32(1, 'keyType'),
  /** Bits. */
  u32(2, 'keyLength'),
  text(3, 'curve', maxNameBytes),
  /** 1 when a private key's public half is on the token. */
  u8(4, 'hasPublic'),
];
/** Objects by label, by id, or by both. */
const objectName: Fields = [text(0, 'label', maxLabel), u8(1, 'hasLabel'), bytes(2, 'id', maxId), u8(3, 'hasId')];

/** A field list with its ids moved, so that it can follow others. */
function after(count: number, fields: Fields): Fields {
  return fields.map((field) => ({ ...field, id: field.id + count }));
}

const row = { repeatable: false, audit: [] } as const;

export const hostTable: OperationTable = {
  namespace: 'keyslot.host',
  tables: {
    Parameter: [text(0, 'name', 64), u8(1, 'kind'), u32(2, 'number'), bytes(3, 'value', 65_536)],
    Mechanism: [u32(0, 'type'), u32(1, 'minKeySize'), u32(2, 'maxKeySize'), u32(3, 'flags')],
    StoredObject: [...keyFacts, bytes(5, 'id', maxId), u32(6, 'permissions')],
    /** Body of every answer whose status is not zero. */
    ErrorDetail: [text(0, 'message', 1024), text(1, 'field', 128), u8(2, 'retryable')],
  },
  operations: [
    {
      ...row,
      opcode: 1,
      name: 'hello',
      about: 'First message: both sides must be of one build. A token host loads its module and finds its token.',
      request: [
        text(0, 'build', 64),
        text(1, 'module', 4096),
        /** RFC 7512 URI that selects the token. */
        text(2, 'token', 1024),
        u16(3, 'sessions'),
        /** Milliseconds after which an idle stream loses its session. */
        u32(4, 'streamTimeout'),
      ],
      response: [
        text(0, 'build', 64),
        text(1, 'label', 128),
        text(2, 'serial', 64),
        text(3, 'model', 64),
        text(4, 'manufacturer', 128),
        text(5, 'library', 256),
        list(6, 'mechanisms', 'Mechanism', 1024),
      ],
    },
    {
      ...row,
      opcode: 2,
      name: 'login',
      about: 'Logs in with the PIN on descriptor 4. `refused` is the CK_RV of a refusal, after which the host does nothing more.',
      request: [],
      response: [u32(0, 'refused')],
    },
    {
      ...row,
      opcode: 16,
      name: 'generateRsa',
      about: 'Of the slow host: an RSA key pair with the exponent 65537.',
      request: [u32(0, 'bits')],
      response: [bytes(0, 'pkcs8', maxKeyData), bytes(1, 'spki', maxKeyData)],
    },
    {
      ...row,
      opcode: 17,
      name: 'generatePostQuantum',
      about: 'Of the slow host: a key pair of ML-KEM, ML-DSA or SLH-DSA by the name of its row.',
      request: [text(0, 'name', maxNameBytes)],
      response: [bytes(0, 'seed', maxKeyData), bytes(1, 'privateKey', maxKeyData), bytes(2, 'publicKey', maxKeyData)],
    },
    {
      ...row,
      opcode: 18,
      name: 'signPostQuantum',
      about: 'Of the slow host: a signature of ML-DSA or SLH-DSA.',
      request: [
        text(0, 'name', maxNameBytes),
        bytes(1, 'privateKey', maxKeyData),
        bytes(2, 'message', maxData),
        bytes(3, 'context', 255),
        u8(4, 'deterministic'),
      ],
      response: [bytes(0, 'signature', maxTag)],
    },
    {
      ...row,
      opcode: 19,
      name: 'verifyPostQuantum',
      about: 'Of the slow host: whether a signature of ML-DSA or SLH-DSA is right.',
      request: [
        text(0, 'name', maxNameBytes),
        bytes(1, 'publicKey', maxKeyData),
        bytes(2, 'message', maxData),
        bytes(3, 'context', 255),
        bytes(4, 'signature', maxTag),
      ],
      response: [u8(0, 'valid')],
    },
    {
      ...row,
      opcode: 20,
      name: 'derive',
      about: 'Of the slow host: bytes derived from a password.',
      request: [u16(0, 'algorithm'), list(1, 'parameters', 'Parameter', 32), bytes(2, 'secret', maxKeyData), u32(3, 'size')],
      response: [bytes(0, 'data', maxKeyData)],
    },
    {
      ...row,
      opcode: 21,
      name: 'decodeKey',
      about: 'Of the slow host: a key of an import, checked, in forms that are read without checks. Its parts where it is post-quantum.',
      request: [u16(0, 'algorithm'), u8(1, 'format'), bytes(2, 'keyData', maxKeyData), bytes(3, 'passphrase', maxPassphrase)],
      response: [
        u8(0, 'half'),
        bytes(1, 'encoded', maxKeyData),
        bytes(2, 'seed', maxKeyData),
        bytes(3, 'privateKey', maxKeyData),
        bytes(4, 'publicKey', maxKeyData),
      ],
    },
    {
      ...row,
      opcode: 32,
      name: 'operate',
      about: 'A whole message in one call.',
      request: [...job, bytes(14, 'expected', maxTag)],
      response: [bytes(0, 'data', maxData), bytes(1, 'tag', maxTag), u8(2, 'valid')],
    },
    {
      ...row,
      opcode: 33,
      name: 'beginStream',
      about: 'The first part of a message; a stream that needs a session of the token takes it here.',
      request: [...job, u64(14, 'stream'), u32(15, 'caller')],
      response: [bytes(0, 'data', maxData)],
    },
    {
      ...row,
      opcode: 34,
      name: 'updateStream',
      about: 'The next part of a message.',
      request: [u64(0, 'stream'), bytes(1, 'data', maxData)],
      response: [bytes(0, 'data', maxData)],
    },
    {
      ...row,
      opcode: 35,
      name: 'finishStream',
      about: 'The end of a message; the stream is gone afterwards, whatever the answer.',
      request: [u64(0, 'stream'), bytes(1, 'expected', maxTag)],
      response: [bytes(0, 'data', maxData), bytes(1, 'tag', maxTag), u8(2, 'valid')],
    },
    {
      ...row,
      opcode: 36,
      name: 'abortStream',
      about: 'Gives up a stream; an unknown one is fine.',
      request: [u64(0, 'stream')],
      response: [],
    },
    {
      ...row,
      opcode: 37,
      name: 'generateRandom',
      about: 'Random bytes from the token.',
      request: [u32(0, 'size')],
      response: [bytes(0, 'data', maxData)],
    },
    {
      ...row,
      opcode: 38,
      name: 'seedRandom',
      about: "Stirs bytes into the token's generator.",
      request: [bytes(0, 'seed', 65_536)],
      response: [],
    },
    {
      ...row,
      opcode: 48,
      name: 'generateKey',
      about: "An ephemeral key or key pair on the owner's session.",
      request: [u64(0, 'owner'), u64(1, 'key'), u16(2, 'algorithm'), u32(3, 'permissions'), u32(4, 'publicPermissions')],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 49,
      name: 'importKey',
      about: "An ephemeral key from its bytes on the owner's session.",
      request: [
        u64(0, 'owner'),
        u64(1, 'key'),
        u16(2, 'algorithm'),
        u8(3, 'format'),
        bytes(4, 'keyData', maxKeyData),
        u32(5, 'permissions'),
        u32(6, 'publicPermissions'),
        /** 1: PKCS#8 or SPKI that a slow host has checked. */
        u8(7, 'checked'),
      ],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 50,
      name: 'loadKey',
      about: 'The stored key of a name.',
      request: [u64(0, 'key'), ...after(1, objectName)],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 51,
      name: 'publicHalf',
      about: "A private key's public half as a key of its own.",
      request: [u64(0, 'key'), u64(1, 'publicKey')],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 52,
      name: 'releaseKey',
      about: 'Forgets a key, and destroys it when it is ephemeral; an unknown one is fine.',
      request: [u64(0, 'key')],
      response: [],
    },
    {
      ...row,
      opcode: 53,
      name: 'closeOwner',
      about: "Ends an owner's session, which destroys all its keys; an unknown one is fine.",
      request: [u64(0, 'owner')],
      response: [],
    },
    {
      ...row,
      opcode: 54,
      name: 'exportPublic',
      about: 'SPKI of a public half.',
      request: [u64(0, 'key')],
      response: [bytes(0, 'data', maxKeyData)],
    },
    {
      ...row,
      opcode: 55,
      name: 'exportSecret',
      about: 'Raw bytes of a secret key or PKCS#8 of a private one, where the token gives them.',
      request: [u64(0, 'key')],
      response: [bytes(0, 'data', maxKeyData)],
    },
    {
      ...row,
      opcode: 56,
      name: 'agreeKey',
      about: "An ephemeral secret key on the owner's session, derived from a shared secret that does not leave the host.",
      request: [
        u64(0, 'owner'),
        u64(1, 'key'),
        u64(2, 'privateKey'),
        bytes(3, 'peer', maxKeyData),
        u8(4, 'peerFormat'),
        u16(5, 'kdf'),
        list(6, 'kdfParameters', 'Parameter', 32),
        u16(7, 'algorithm'),
        u32(8, 'keyLength'),
        u32(9, 'permissions'),
      ],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 57,
      name: 'wrapKey',
      about: 'A key as the content of a message.',
      request: [...wrapping, u64(6, 'key')],
      response: [bytes(0, 'data', maxData)],
    },
    {
      ...row,
      opcode: 58,
      name: 'unwrapKey',
      about: "An ephemeral key from a wrapped one on the owner's session.",
      request: [
        ...wrapping,
        u64(6, 'owner'),
        u64(7, 'key'),
        bytes(8, 'wrapped', maxData),
        u16(9, 'algorithm'),
        u32(10, 'permissions'),
        u32(11, 'publicPermissions'),
      ],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 64,
      name: 'findObjects',
      about: 'The stored keys of a name, object by object.',
      request: objectName,
      response: [list(0, 'objects', 'StoredObject', 1024)],
    },
    {
      ...row,
      opcode: 65,
      name: 'storeKey',
      about: 'A stored key: generated, imported, or copied from an ephemeral one. `source` counts from one in generate, import, key.',
      request: [
        u8(0, 'source'),
        u16(1, 'algorithm'),
        u8(2, 'format'),
        bytes(3, 'keyData', maxKeyData),
        u64(4, 'key'),
        text(5, 'label', maxLabel),
        bytes(6, 'id', maxId),
        u32(7, 'permissions'),
        u32(8, 'publicPermissions'),
        /** As in importKey. */
        u8(9, 'checked'),
      ],
      response: keyFacts,
    },
    {
      ...row,
      opcode: 66,
      name: 'destroyObjects',
      about: 'Destroys the stored keys with this label and this id, public halves first.',
      request: [text(0, 'label', maxLabel), bytes(1, 'id', maxId)],
      response: [u32(0, 'destroyed')],
    },
    {
      ...row,
      opcode: 67,
      name: 'counters',
      about: 'What the host holds now.',
      request: [],
      response: [u32(0, 'open'), u32(1, 'busy'), u32(2, 'owner'), u32(3, 'streams'), u32(4, 'keys')],
    },
  ],
};
