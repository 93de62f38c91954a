/**
 * The application protocol, one row per operation. Codec, client types, dispatcher, protocol reference, `keyslot.fbs` and fuzz
 * corpus are derived from it. A new operation is a row and a handler.
 *
 * Numbers of enumerations (kind, type, state …) are positions in the lists of `src/core`, plus one, so that zero is "not given".
 */
import { maxNameBytes, slotRights } from '../core/resources.js';
import { bytes, type Fields, list, numbers, type OperationTable, table, text, u8, u16, u32, u64 } from './schema.js';

/** "KSLT" read as a little-endian number: the first field of a hello. */
export const helloMagic = 0x544c534b;

/** Hard caps of the schema; the daemon's configured limits lie below. */
export const maxData = 1 << 28;
const maxIv = 1024;
const maxTag = 65_536;
const maxKeyData = 65_536;

const resource: Fields = [u64(0, 'id'), u8(1, 'type'), u8(2, 'persistence'), u16(3, 'provider')];

export const maxListed = 4096;

export const protocolTable: OperationTable = {
  namespace: 'keyslot',
  tables: {
    Parameter: [text(0, 'name', 64), u8(1, 'kind'), u32(2, 'number'), bytes(3, 'value', 4096)],
    Resource: resource,
    SlotInfo: [
      u8(0, 'state'),
      text(1, 'algorithm', maxNameBytes),
      u16(2, 'primaryProvider'),
      numbers(3, 'compatibleProviders', 'u16', 64),
      u32(4, 'permittedOperations'),
    ],
    ListedResource: [text(0, 'name', maxNameBytes), u8(1, 'type'), u8(2, 'rights'), table(3, 'info', 'SlotInfo')],
    TokenInfo: [text(0, 'label', 128), text(1, 'serial', 64), text(2, 'model', 64), text(3, 'manufacturer', 128)],
    Provider: [
      u16(0, 'id'),
      text(1, 'name', maxNameBytes),
      u8(2, 'type'),
      u8(3, 'state'),
      text(4, 'library', 256),
      table(5, 'token', 'TokenInfo'),
    ],
    ProviderCapability: [
      u16(0, 'provider'),
      list(1, 'operations', 'Text', 64),
      numbers(2, 'keyLengths', 'u32', 64),
      list(3, 'modes', 'Text', 16),
      text(4, 'note', 1024),
    ],
    AlgorithmCapability: [text(0, 'algorithm', maxNameBytes), u8(1, 'supported'), list(2, 'providers', 'ProviderCapability', 64)],
    Text: [text(0, 'text', 256)],
    /** Body of every answer whose status is not zero. */
    ErrorDetail: [text(0, 'message', 1024), text(1, 'field', 128), u8(2, 'retryable')],
  },
  operations: [
    {
      opcode: 1,
      name: 'hello',
      about: 'First message of a connection: offers a range of versions; the answer tells version, features and limits.',
      request: [u32(0, 'magic'), u16(1, 'versionMin'), u16(2, 'versionMax'), u32(3, 'features'), text(4, 'client', 64)],
      response: [
        u16(0, 'version'),
        u32(1, 'features'),
        text(2, 'daemon', 64),
        u32(3, 'frame'),
        u32(4, 'bulk'),
        u32(5, 'inFlight'),
        u32(6, 'contexts'),
        u32(7, 'keys'),
        u32(8, 'queuedOutput'),
        u32(9, 'aeadDecrypt'),
        u32(10, 'defaultTimeout'),
        u32(11, 'maxTimeout'),
      ],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 2,
      name: 'cancel',
      about: 'Gives up a request of the same connection, which then answers OPERATION_CANCELLED; silent when it is unknown.',
      request: [u32(0, 'request')],
      response: [],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 3,
      name: 'health',
      about: 'Is the daemon serving, and since when.',
      request: [],
      response: [u8(0, 'status'), text(1, 'version', 64), u16(2, 'protocol'), u64(3, 'uptime')],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 16,
      name: 'resolveResource',
      about: "Looks up a name among the caller's own; the same name in one session always has the same id.",
      request: [text(0, 'name', 4096), u8(1, 'type')],
      response: [table(0, 'resource', 'Resource')],
      repeatable: true,
      audit: ['name', 'type'],
    },
    {
      opcode: 17,
      name: 'listResources',
      about: "The caller's own names with its rights.",
      request: [u8(0, 'type')],
      response: [list(0, 'resources', 'ListedResource', maxListed)],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 18,
      name: 'getProviderInfo',
      about: 'One provider by number, by name, or by id of a resource.',
      request: [u16(0, 'provider'), text(1, 'name', maxNameBytes), u64(2, 'resource')],
      response: [table(0, 'provider', 'Provider')],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 19,
      name: 'queryCapabilities',
      about: 'What the providers can do, of one algorithm or of all.',
      request: [text(0, 'algorithm', 4096)],
      response: [list(0, 'providers', 'Provider', 64), list(1, 'algorithms', 'AlgorithmCapability', 1024)],
      repeatable: true,
      audit: [],
    },
    {
      opcode: 32,
      name: 'createContext',
      about:
        'Makes an operation context; with a key, its permission is checked here. `selection` counts from one in default, hardware, software, hardwarePreferred, softwarePreferred.',
      request: [
        u8(0, 'kind'),
        u8(1, 'direction'),
        u8(2, 'mode'),
        text(3, 'algorithm', 4096),
        text(4, 'profile', 4096),
        u64(5, 'key'),
        u16(6, 'provider'),
        text(7, 'providerName', maxNameBytes),
        u8(8, 'selection'),
        u64(9, 'providerResource'),
        u32(10, 'tagLength'),
        list(11, 'parameters', 'Parameter', 32),
      ],
      response: [u64(0, 'context'), u16(1, 'provider'), u32(2, 'outputSize'), u32(3, 'blockSize'), text(4, 'algorithm', maxNameBytes)],
      repeatable: false,
      audit: ['kind', 'direction', 'mode', 'algorithm', 'profile', 'key', 'provider'],
    },
    {
      opcode: 33,
      name: 'closeContext',
      about: 'Frees a context and what it holds; a key-management context releases its guards.',
      request: [u64(0, 'context')],
      response: [],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 34,
      name: 'resetContext',
      about: 'Back to created, aborting what is under way.',
      request: [u64(0, 'context')],
      response: [],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 35,
      name: 'init',
      about: 'Starts a stream, or starts it anew.',
      request: [u64(0, 'context'), bytes(1, 'iv', maxIv), u8(2, 'hasIv')],
      response: [],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 36,
      name: 'updateAad',
      about: 'Additional authenticated data, after init and before the first update.',
      request: [u64(0, 'context'), bytes(1, 'aad', maxData)],
      response: [],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 37,
      name: 'update',
      about: 'The next part of the message; ciphers answer with what they have.',
      request: [u64(0, 'context'), bytes(1, 'data', maxData)],
      response: [bytes(0, 'data', maxData)],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 38,
      name: 'finalize',
      about: 'Ends a stream: digest, MAC, signature, or the last output and the tag.',
      request: [u64(0, 'context')],
      response: [bytes(0, 'data', maxData), bytes(1, 'tag', maxTag)],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 39,
      name: 'verifyFinalize',
      about:
        'Ends a stream by comparing with a MAC, a signature or a tag. Of AEAD the plaintext is answered; a wrong tag is OPERATION_FAILED.',
      request: [u64(0, 'context'), bytes(1, 'expected', maxTag)],
      response: [u8(0, 'valid'), bytes(1, 'data', maxData)],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 40,
      name: 'singleShot',
      about: 'A whole message in one call.',
      request: [u64(0, 'context'), bytes(1, 'data', maxData), bytes(2, 'iv', maxIv), bytes(3, 'aad', maxData), u8(4, 'hasIv')],
      response: [bytes(0, 'data', maxData), bytes(1, 'tag', maxTag)],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 41,
      name: 'verifySingleShot',
      about: 'A whole message compared with a MAC, a signature or a tag in one call.',
      request: [
        u64(0, 'context'),
        bytes(1, 'data', maxData),
        bytes(2, 'expected', maxTag),
        bytes(3, 'iv', maxIv),
        bytes(4, 'aad', maxData),
        u8(5, 'hasIv'),
      ],
      response: [u8(0, 'valid'), bytes(1, 'data', maxData)],
      repeatable: false,
      audit: ['context'],
    },
    {
      opcode: 42,
      name: 'randomGenerate',
      about: 'Random bytes.',
      request: [u64(0, 'context'), u32(1, 'size')],
      response: [bytes(0, 'data', maxData)],
      repeatable: true,
      audit: ['context', 'size'],
    },
    {
      opcode: 43,
      name: 'randomSeed',
      about: 'Stirs bytes into the generator; hardware may ignore them.',
      request: [u64(0, 'context'), bytes(1, 'seed', 65_536)],
      response: [],
      repeatable: true,
      audit: ['context'],
    },
    {
      opcode: 64,
      name: 'generateKey',
      about: 'A new key as a guard, or into a slot. `has…` tells that permissions were given.',
      request: [
        u64(0, 'context'),
        u64(1, 'slot'),
        text(2, 'algorithm', 4096),
        u8(3, 'hasPermissions'),
        u32(4, 'permissions'),
        u8(5, 'hasPublicPermissions'),
        u32(6, 'publicPermissions'),
        u8(7, 'overwrite'),
      ],
      response: [table(0, 'key', 'Resource')],
      repeatable: false,
      audit: ['context', 'slot', 'algorithm', 'permissions', 'overwrite'],
    },
    {
      opcode: 65,
      name: 'importKey',
      about: 'A key from its bytes as a guard, or into a slot. `format` counts from one in raw, der, pem, jwk.',
      request: [
        u64(0, 'context'),
        u64(1, 'slot'),
        text(2, 'algorithm', 4096),
        u8(3, 'format'),
        bytes(4, 'keyData', maxKeyData),
        u8(5, 'hasPermissions'),
        u32(6, 'permissions'),
        bytes(7, 'passphrase', 1024),
        u8(8, 'overwrite'),
      ],
      response: [table(0, 'key', 'Resource')],
      repeatable: false,
      audit: ['context', 'slot', 'algorithm', 'format', 'permissions', 'overwrite'],
    },
    {
      opcode: 66,
      name: 'loadKey',
      about: 'The key of a slot as a guard.',
      request: [u64(0, 'context'), u64(1, 'slot')],
      response: [table(0, 'key', 'Resource')],
      repeatable: false,
      audit: ['context', 'slot'],
    },
    {
      opcode: 67,
      name: 'persistKey',
      about: 'Copies an ephemeral key into a slot; the guard stays active.',
      request: [u64(0, 'context'), u64(1, 'slot'), u64(2, 'key'), u8(3, 'hasPermissions'), u32(4, 'permissions'), u8(5, 'overwrite')],
      response: [],
      repeatable: false,
      audit: ['context', 'slot', 'key', 'permissions', 'overwrite'],
    },
    {
      opcode: 68,
      name: 'clearKey',
      about: 'Empties a slot, or destroys an ephemeral key.',
      request: [u64(0, 'context'), u64(1, 'target')],
      response: [],
      repeatable: false,
      audit: ['context', 'target'],
    },
    {
      opcode: 69,
      name: 'releaseKey',
      about: "Gives back a guard's reference.",
      request: [u64(0, 'key')],
      response: [],
      repeatable: false,
      audit: ['key'],
    },
    {
      opcode: 70,
      name: 'getKeySlotInfo',
      about: 'State and abilities of a slot.',
      request: [u64(0, 'slot')],
      response: [table(0, 'info', 'SlotInfo'), text(1, 'name', maxNameBytes)],
      repeatable: true,
      audit: ['slot'],
    },
    {
      opcode: 71,
      name: 'getKeyInfo',
      about: 'A key as a typed view; `kind` counts from one in symmetric, public, private.',
      request: [u64(0, 'key')],
      response: [
        u8(0, 'kind'),
        text(1, 'algorithm', maxNameBytes),
        u32(2, 'keyLength'),
        u8(3, 'exportable'),
        u32(4, 'permittedOperations'),
        list(5, 'allowedModes', 'Text', 64),
      ],
      repeatable: true,
      audit: ['key'],
    },
    {
      opcode: 72,
      name: 'getPublicKey',
      about: 'The public half of a private key as a guard.',
      request: [u64(0, 'context'), u64(1, 'key')],
      response: [table(0, 'key', 'Resource')],
      repeatable: false,
      audit: ['context', 'key'],
    },
    {
      opcode: 73,
      name: 'exportKey',
      about:
        'The bytes of a key: of a public half always, of secrets only with the permission. `publicHalf` asks for the public half of a private key.',
      request: [u64(0, 'key'), u8(1, 'format'), u8(2, 'publicHalf')],
      response: [bytes(0, 'data', maxKeyData)],
      repeatable: true,
      audit: ['key', 'format', 'publicHalf'],
    },
  ],
};

/** Rights travel as a bitmask in the order of their names. */
export function rightsMask(rights: Iterable<string>): number {
  let mask = 0;
  for (const right of rights) mask |= 1 << slotRights.indexOf(right as (typeof slotRights)[number]);
  return mask;
}
export function rightsOf(mask: number): string[] {
  return slotRights.filter((_, i) => (mask & (1 << i)) !== 0);
}
