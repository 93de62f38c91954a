/** The tree of commands. */
import { type Application, buildApplication, buildRouteMap, type RouteMap, text_en } from '@stricli/core';
import { packageVersion } from '../daemon/package-version.js';
import { capabilities } from './commands/capabilities.js';
import { configCheck } from './commands/config-check.js';
import { daemon } from './commands/daemon.js';
import { decrypt } from './commands/decrypt.js';
import { demo } from './commands/demo.js';
import { encrypt } from './commands/encrypt.js';
import { errors } from './commands/errors.js';
import { hash } from './commands/hash.js';
import { kemDecapsulate } from './commands/kem-decapsulate.js';
import { kemEncapsulate } from './commands/kem-encapsulate.js';
import { keyAgree } from './commands/key-agree.js';
import { keyClear } from './commands/key-clear.js';
import { keyDerive } from './commands/key-derive.js';
import { keyExport } from './commands/key-export.js';
import { keyGenerate } from './commands/key-generate.js';
import { keyImport } from './commands/key-import.js';
import { keyList } from './commands/key-list.js';
import { keyUnwrap } from './commands/key-unwrap.js';
import { keyWrap } from './commands/key-wrap.js';
import { keystoreBackup } from './commands/keystore-backup.js';
import { keystoreRekey } from './commands/keystore-rekey.js';
import { keystoreRestore } from './commands/keystore-restore.js';
import { keystoreVerify } from './commands/keystore-verify.js';
import { mac } from './commands/mac.js';
import { open } from './commands/open.js';
import { protocol } from './commands/protocol.js';
import { random } from './commands/random.js';
import { rotate } from './commands/rotate.js';
import { seal } from './commands/seal.js';
import { sign } from './commands/sign.js';
import { slotList } from './commands/slot-list.js';
import { status } from './commands/status.js';
import { vaultDerive } from './commands/vault-derive.js';
import { vaultInit } from './commands/vault-init.js';
import { vaultLock } from './commands/vault-lock.js';
import { vaultStatus } from './commands/vault-status.js';
import { vaultUnlock } from './commands/vault-unlock.js';
import { vaultXpub } from './commands/vault-xpub.js';
import { verify } from './commands/verify.js';
import type { CommandThis } from './context.js';
import { help } from './help.js';

const slot = buildRouteMap({ routes: { list: slotList }, docs: { brief: 'Slots, the named places of keys' } });
const key = buildRouteMap({
  routes: {
    list: keyList,
    generate: keyGenerate,
    import: keyImport,
    export: keyExport,
    wrap: keyWrap,
    unwrap: keyUnwrap,
    derive: keyDerive,
    agree: keyAgree,
    clear: keyClear,
  },
  docs: { brief: 'Keys in slots: made, brought, taken out, destroyed' },
});
const kem = buildRouteMap({
  routes: { encapsulate: kemEncapsulate, decapsulate: kemDecapsulate },
  docs: { brief: 'Shared keys by key encapsulation (ML-KEM)' },
});
const keystore = buildRouteMap({
  routes: { verify: keystoreVerify, backup: keystoreBackup, restore: keystoreRestore, rekey: keystoreRekey },
  docs: { brief: 'The key store of a software provider, while no daemon has it' },
});
const vault = buildRouteMap({
  routes: { init: vaultInit, unlock: vaultUnlock, lock: vaultLock, status: vaultStatus, derive: vaultDerive, xpub: vaultXpub },
  docs: { brief: 'The vault: one phrase, and the keys derived from it' },
});
const config = buildRouteMap({ routes: { check: configCheck }, docs: { brief: "The daemon's configuration" } });

const routes = buildRouteMap({
  routes: {
    demo,
    daemon,
    status,
    capabilities,
    slot,
    key,
    kem,
    hash,
    mac,
    encrypt,
    decrypt,
    sign,
    verify,
    random,
    vault,
    seal,
    open,
    rotate,
    keystore,
    config,
    errors,
    protocol,
  },
  docs: { brief: 'Cryptographic keys by name, held by a daemon' },
});

/** The framework's own help of the whole would list every command twice. */
const root: RouteMap<CommandThis> = { ...routes, formatHelp: ({ ansiColor }) => help(routes.getAllEntries(), ansiColor) };

export const application: Application<CommandThis> = buildApplication<CommandThis>(root, {
  name: 'keyslot',
  versionInfo: { getCurrentVersion: async () => packageVersion() },
  scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
  documentation: { caseStyle: 'convert-camel-to-kebab', useAliasInUsageLine: false, onlyRequiredInUsageLine: true },
  localization: {
    text: {
      ...text_en,
      briefs: {
        ...text_en.briefs,
        help: 'Print this and exit',
        version: 'Print the version and exit',
        argumentEscapeSequence: 'All that follows are arguments, not flags',
      },
      noCommandRegisteredForInput: ({ input, corrections }) =>
        `there is no command "${input}"${corrections.length === 0 ? '' : ` (did you mean ${corrections.join(' or ').replaceAll('`', '"')}?)`}`,
    },
  },
});
