/**
 * What the daemon asks of a provider. The daemon owns ids, access, permissions, the state machine and deadlines; a provider
 * executes. Everything that reaches a provider has been validated: sizes, parameters, states and permissions.
 *
 * An `Answer` is a value when the work was done in line, a promise when a host does it. Errors are KeyslotErrors in both forms.
 */
import type { AgreementRow, KdfRow, KemRow, KeyOperationRow, KeyRow, OperationRow, WrapRow } from '../core/algorithms.js';
import type { ContextKind, Direction, KeyHalf } from '../core/permissions.js';

export type Answer<T> = T | Promise<T>;

/** One request as a provider sees it: who waits, until when. */
export interface Call {
  /** Whose turn it is when callers share a host: the uid. */
  readonly caller: number;
  /** True once nobody waits any more: the deadline passed, it was cancelled, or the connection is gone. */
  readonly abandoned: boolean;
  /** Runs the listener once when the call is abandoned, at once when it already is. */
  onAbandoned(listener: () => void): void;
}

/** Values of an algorithm's parameters, complete with defaults and checked against its row. */
export type ParameterValues = Readonly<Record<string, number | string | boolean | Uint8Array | undefined>>;

/** What an operation context is made of. `key` is set for keyed kinds. */
export interface OperationSpec {
  readonly kind: ContextKind;
  readonly algorithm: OperationRow;
  readonly direction: Direction | undefined;
  readonly mode: 'generate' | 'verify' | undefined;
  /** Bytes; of AEAD only. */
  readonly tagLength: number;
  readonly parameters: ParameterValues;
  readonly key: ProviderKey | undefined;
  /** The daemon's session that asks, as in `Provider.closeOwner`. */
  readonly owner: number;
}

export interface Finalized {
  /** Digest, MAC, signature, or the last output of a cipher. */
  readonly data: Uint8Array;
  /** Of AEAD encryption. */
  readonly tag?: Uint8Array;
}
export interface Verified {
  readonly valid: boolean;
  /** The plaintext of AEAD decryption, complete (nothing was given out before). */
  readonly data?: Uint8Array;
}
export interface WholeMessage {
  readonly iv: Uint8Array | undefined;
  readonly aad: Uint8Array | undefined;
  readonly data: Uint8Array;
}

/**
 * One streaming operation. The daemon calls in legal order only, one call at a time. `init` may come at any time and starts anew.
 * Input buffers belong to the caller and stay unchanged until the answer; output buffers are fresh and the caller's.
 * After an error the stream is over: the daemon calls `abort`.
 * Wrong key, wrong nonce and tampered data are one error: OPERATION_FAILED with the message of `decryptionRefused`.
 */
export interface ProviderOperation {
  init(iv: Uint8Array | undefined, call: Call): Answer<void>;
  /** The daemon's memory keeps additional data until the stream ends, so it is charged. */
  readonly gathersAad?: boolean;
  /** It keeps the message too, since the algorithm has no form in parts; up to the same limit as what AEAD decryption holds back. */
  readonly gathersData?: boolean;
  /** AEAD only. */
  updateAad?(aad: Uint8Array, call: Call): Answer<void>;
  /** Output that is ready; empty for hashes, MACs, signatures and AEAD decryption. */
  update(data: Uint8Array, call: Call): Answer<Uint8Array>;
  finalize(call: Call): Answer<Finalized>;
  /** Of mode verify, of verification, and of AEAD decryption, where a wrong tag throws. */
  verify?(expected: Uint8Array, call: Call): Answer<Verified>;
  /** A whole message at once; without it the daemon uses init, update and finalize. Never called while a stream is under way. */
  singleShot?(message: WholeMessage, call: Call): Answer<Finalized>;
  verifySingleShot?(message: WholeMessage, expected: Uint8Array, call: Call): Answer<Verified>;
  /** Drops what is under way and wipes what is held back; nothing to drop is fine. */
  abort(): Answer<void>;
  /** Frees everything; the last call. Never throws. */
  close(): void;
}

/** A key inside a provider. Reference counts are the daemon's: it calls `release` once, when the last reference is gone. */
export interface ProviderKey {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  /** Bits. */
  readonly keyLength: number;
  readonly half: KeyHalf;
  /** False once the key is lost with its host. */
  readonly alive: boolean;
  /** Whether the operation of that row is among those that the key is for; without it all are that fit its algorithm. */
  isFor?(algorithm: OperationRow): boolean;
  /** Frees what the provider holds. Of a slot's key this never destroys the stored key. Never throws. */
  release(): void;
}

export interface GenerateSpec {
  readonly algorithm: KeyRow;
  readonly permissions: number;
  readonly publicPermissions: number;
}
export type KeyFormat = 'raw' | 'der' | 'pem' | 'jwk';
export interface ImportSpec {
  readonly algorithm: KeyRow;
  readonly format: KeyFormat;
  /** Belongs to the caller, who wipes it. */
  readonly keyData: Uint8Array;
  /** Of an encrypted PKCS#8; empty without one. Belongs to the caller, who wipes it. */
  readonly passphrase?: Uint8Array;
  readonly permissions: number;
}

/** A key derivation with its parameters, complete and checked against its row. */
export interface KdfSpec {
  readonly algorithm: KdfRow;
  readonly parameters: ParameterValues;
}
export interface WrapSpec {
  readonly algorithm: WrapRow;
  readonly parameters: ParameterValues;
  readonly iv: Uint8Array | undefined;
  readonly aad: Uint8Array;
}
/** How a key is made from others. The daemon has checked that the key fits the algorithm and may be used for it. */
export type KeyMaking =
  | { readonly from: 'derive'; readonly key: ProviderKey; readonly kdf: KdfSpec }
  | {
      readonly from: 'agree';
      readonly key: ProviderKey;
      readonly agreement: AgreementRow;
      readonly peer: Uint8Array;
      readonly peerFormat: KeyFormat;
      readonly kdf: KdfSpec;
    }
  /** Without a derivation the shared secret is the key. */
  | {
      readonly from: 'decapsulate';
      readonly key: ProviderKey;
      readonly kem: KemRow;
      readonly ciphertext: Uint8Array;
      readonly kdf: KdfSpec | undefined;
    }
  | { readonly from: 'unwrap'; readonly key: ProviderKey; readonly wrap: WrapSpec; readonly wrapped: Uint8Array };

export interface MakeSpec {
  readonly algorithm: KeyRow;
  /** Bits of a key to derive; of a key to unwrap, what its row says. */
  readonly keyLength: number;
  readonly permissions: number;
  readonly publicPermissions: number;
  readonly making: KeyMaking;
}
export interface EncapsulateSpec {
  readonly key: ProviderKey;
  readonly kem: KemRow;
  readonly algorithm: KeyRow;
  /** Bits. */
  readonly keyLength: number;
  readonly kdf: KdfSpec | undefined;
  readonly permissions: number;
}
export interface Encapsulated {
  readonly key: ProviderKey;
  readonly ciphertext: Uint8Array;
}

export interface ProviderKeys {
  /** An ephemeral key of the owner. An abandoned call leaves no key behind. */
  generate(spec: GenerateSpec, owner: number, call: Call): Answer<ProviderKey>;
  /** A wrong encoding is INVALID_FORMAT, a wrong size or curve ALGORITHM_MISMATCH, both with field `keyData`. */
  import(spec: ImportSpec, owner: number, call: Call): Answer<ProviderKey>;
  /**
   * An ephemeral key made from others; no secret in between leaves the provider.
   * @throws KEY_DERIVATION_FAILED, KEY_AGREEMENT_FAILED, WRAP_UNWRAP_FAILED (one error for a wrong key and changed data)
   */
  make(spec: MakeSpec, owner: number, call: Call): Answer<ProviderKey>;
  encapsulate(spec: EncapsulateSpec, owner: number, call: Call): Answer<Encapsulated>;
  /** The key as the content of a message: raw bytes of a secret key, PKCS#8 of a private one, encrypted. The daemon has checked both keys' permissions. */
  wrap(key: ProviderKey, wrappingKey: ProviderKey, wrap: WrapSpec, call: Call): Answer<Uint8Array>;
  /** The public half of a private key, a key of its own with its own release. */
  publicKey(key: ProviderKey, owner: number, call: Call): Answer<ProviderKey>;
  /** SPKI of a public key, or of the public half of a private one. */
  exportPublic(key: ProviderKey, call: Call): Answer<Uint8Array>;
  /** Raw bytes of a secret key, PKCS#8 of a private one. The daemon has checked the permission. KEY_NOT_EXPORTABLE where the provider refuses. */
  exportSecret(key: ProviderKey, call: Call): Answer<Uint8Array>;
}

/** A configured slot, as its provider needs it. */
export interface SlotSpec {
  readonly name: string;
  readonly algorithm: KeyRow;
  /** The most that a key in this slot may do. */
  readonly permissions: number;
  /** `pkcs11:` URI of an object to adopt; of tokens only. */
  readonly object: string | undefined;
  /** Derivation path of the slot's key, which is made of the vault's seed and stored nowhere; of software only. */
  readonly path?: string | undefined;
}

/** What a slot holds. */
export interface StoredKey {
  /** Counts up with every key that the slot has held; from 1. */
  readonly generation: number;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
  readonly permissions: number;
  readonly publicPermissions: number;
}

/** Where the new key of a slot comes from. */
export type SlotSource =
  | { readonly from: 'generate'; readonly algorithm: KeyRow }
  | {
      readonly from: 'import';
      readonly algorithm: KeyRow;
      readonly format: KeyFormat;
      readonly keyData: Uint8Array;
      readonly passphrase?: Uint8Array;
    }
  | { readonly from: 'key'; readonly key: ProviderKey };

export interface ProviderSlots {
  /** Whether the slot can't be used until the vault is unlocked; without it no slot ever is. */
  isLocked?(slot: SlotSpec): boolean;
  /** Reads what the slot holds now; undefined when it is empty. Reports and removes leftovers of unfinished work. */
  inspect(slot: SlotSpec, call: Call): Answer<StoredKey | undefined>;
  /** The generation of a key that `inspect` can't read, so that the slot can be cleared; undefined when it is empty. Without it there is none such. */
  unreadableGeneration?(slot: SlotSpec, call: Call): Answer<number | undefined>;
  /** The key of the generation that `inspect` or `store` told. Its permissions are the daemon's to enforce. */
  load(slot: SlotSpec, stored: StoredKey, call: Call): Answer<ProviderKey>;
  /**
   * Puts a key into the slot as `generation`, durable before it answers; on error the slot holds what it held before. The older
   * generation may stay until `retire`. PERSIST_FAILED where the medium refuses.
   */
  store(
    slot: SlotSpec,
    source: SlotSource,
    permissions: number,
    publicPermissions: number,
    generation: number,
    call: Call,
  ): Answer<StoredKey>;
  /** The slot is empty from here on, durable before it answers, even though keys loaded from `generation` are still used until `retire`. */
  clear(slot: SlotSpec, generation: number, call: Call): Answer<void>;
  /** Nothing uses this generation any more and it is not the current one: its remains can go. Never throws. */
  retire(slot: SlotSpec, generation: number): void;
}

export interface Capability {
  /** Canonical name of an operation or a key algorithm. */
  readonly algorithm: string;
  /** encrypt, decrypt, sign, verify, mac, hash, generate, import, export … */
  readonly operations: readonly string[];
  readonly keyLengths?: readonly number[];
  readonly modes?: readonly string[];
  readonly note?: string;
}

export type ProviderState = 'ready' | 'starting' | 'unavailable';

export interface TokenIdentity {
  readonly label: string;
  readonly serial: string;
  readonly model: string;
  readonly manufacturer: string;
}

/** For `keyslot status`; zeros where a provider has no such thing. */
export interface ProviderStatus {
  readonly state: ProviderState;
  /** Why it is not ready, for the operator. */
  readonly reason?: string;
  readonly library?: string;
  readonly token?: TokenIdentity;
  readonly hostPid: number | null;
  readonly restarts: number;
  readonly hangs: number;
  readonly sessions: { readonly open: number; readonly busy: number; readonly owner: number; readonly quarantined: number };
  /** Ephemeral keys held. */
  readonly keys: number;
  /** Where the key of a software provider's key store comes from. */
  readonly keyStore?: { readonly source: string; readonly path?: string };
}

export interface Provider {
  /** 1…65535, from the configuration. */
  readonly id: number;
  readonly name: string;
  readonly type: 'hardware' | 'software';
  readonly slots: ProviderSlots;
  readonly keys: ProviderKeys;
  /** Resolves when the provider is ready, or known to be unavailable for now; rejects only when the configuration can't work. */
  start(): Promise<void>;
  /** Lets go of everything; no process stays behind. */
  stop(): Promise<void>;
  status(): ProviderStatus;
  capabilities(): readonly Capability[];
  /** Whether an operation can run here; the reason otherwise, for people. */
  supports(algorithm: OperationRow, kind: ContextKind, parameters: ParameterValues, tagLength: number): true | string;
  supportsKey(algorithm: KeyRow): true | string;
  /** Whether keys can be made or carried this way here. */
  supportsKeyOperation(algorithm: KeyOperationRow, parameters: ParameterValues): true | string;
  createOperation(spec: OperationSpec): ProviderOperation;
  random(size: number, call: Call): Answer<Uint8Array>;
  seedRandom(seed: Uint8Array, call: Call): Answer<void>;
  /** Frees every ephemeral key of a session at once. Never throws. */
  closeOwner(owner: number): void;
}

/** The one message for a wrong wrapping key, changed data, and content that is no key of the wanted kind. */
export const unwrappingRefused = 'the key can not be unwrapped: wrong wrapping key, changed data or another kind of key';
/** The one message for wrong key, wrong nonce and tampered data. */
export const decryptionRefused = 'the data can not be decrypted: wrong key, wrong nonce or changed data';
