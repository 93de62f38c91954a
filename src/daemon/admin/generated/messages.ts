// Generated from the table of operations by `npm run generate`. Do not edit.
import { bad } from '../../../protocol/body-errors.js';
import { follow, getCount, getText, getU16s, getU64, refill, rootOf, vtableOf } from '../../../protocol/body-reader.js';
import { alignWide, fits, putCount, putText, putU8, putU16, putU16s, putU32, putU64, refillOwn } from '../../../protocol/body-writer.js';
import type { OperationCodec } from '../../../protocol/operation-codec.js';

export interface Limit {
  readonly name: string;
  readonly value: number;
}

export interface LimitInput {
  readonly name?: string | undefined;
  readonly value?: number | undefined;
}

function sizeLimit(m: LimitInput): number {
  return 16 + (m.name === undefined ? 8 : 3 * m.name.length + 8);
}

function sizeLimitList(items: readonly LimitInput[]): number {
  let size = 12;
  for (const item of items) size += 8 + sizeLimit(item);
  return size;
}

function writeLimit(b: Uint8Array, d: DataView, t: number, vt: number, m: LimitInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.value ?? 0, 'value');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.name, 64, 'name');
  return p;
}

function writeLimitList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly LimitInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x00100008, true);
  d.setUint32(vt + 4, 0x0004000c, true);
  let end = vt + 8;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = alignWide(d, end);
    d.setUint32(from, t - from, true);
    end = writeLimit(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readLimit(b: Uint8Array, d: DataView, s: number, e: number, t: number): Limit {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let name = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      name = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let value = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      value = getU64(d, t + o);
    }
  }
  return {
    name,
    value,
  };
}

function readLimitList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): Limit[] {
  const n = getCount(d, e, p, 4, max);
  const items: Limit[] = [];
  for (let i = 0; i < n; i++) items.push(readLimit(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface ProviderStatus {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly state: number;
  readonly reason: string;
  readonly library: string;
  readonly token: string;
  readonly serial: string;
  readonly hostPid: number;
  readonly restarts: number;
  readonly hangs: number;
  readonly sessionsOpen: number;
  readonly sessionsBusy: number;
  readonly sessionsOwner: number;
  readonly sessionsQuarantined: number;
  readonly keys: number;
  readonly note: string;
  readonly keySource: string;
  readonly keyPath: string;
}

export interface ProviderStatusInput {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  readonly type?: number | undefined;
  readonly state?: number | undefined;
  readonly reason?: string | undefined;
  readonly library?: string | undefined;
  readonly token?: string | undefined;
  readonly serial?: string | undefined;
  readonly hostPid?: number | undefined;
  readonly restarts?: number | undefined;
  readonly hangs?: number | undefined;
  readonly sessionsOpen?: number | undefined;
  readonly sessionsBusy?: number | undefined;
  readonly sessionsOwner?: number | undefined;
  readonly sessionsQuarantined?: number | undefined;
  readonly keys?: number | undefined;
  readonly note?: string | undefined;
  readonly keySource?: string | undefined;
  readonly keyPath?: string | undefined;
}

function sizeProviderStatus(m: ProviderStatusInput): number {
  return (
    72 +
    (m.name === undefined ? 8 : 3 * m.name.length + 8) +
    (m.reason === undefined ? 8 : 3 * m.reason.length + 8) +
    (m.library === undefined ? 8 : 3 * m.library.length + 8) +
    (m.token === undefined ? 8 : 3 * m.token.length + 8) +
    (m.serial === undefined ? 8 : 3 * m.serial.length + 8) +
    (m.note === undefined ? 8 : 3 * m.note.length + 8) +
    (m.keySource === undefined ? 8 : 3 * m.keySource.length + 8) +
    (m.keyPath === undefined ? 8 : 3 * m.keyPath.length + 8)
  );
}

function sizeProviderStatusList(items: readonly ProviderStatusInput[]): number {
  let size = 48;
  for (const item of items) size += 4 + sizeProviderStatus(item);
  return size;
}

function writeProviderStatus(b: Uint8Array, d: DataView, t: number, vt: number, m: ProviderStatusInput): number {
  d.setInt32(t, t - vt, true);
  putU16(d, t + 68, m.id ?? 0, 'id');
  putU8(d, t + 70, m.type ?? 0, 'type');
  putU8(d, t + 71, m.state ?? 0, 'state');
  putU32(d, t + 24, m.hostPid ?? 0, 'hostPid');
  putU32(d, t + 28, m.restarts ?? 0, 'restarts');
  putU32(d, t + 32, m.hangs ?? 0, 'hangs');
  putU32(d, t + 36, m.sessionsOpen ?? 0, 'sessionsOpen');
  putU32(d, t + 40, m.sessionsBusy ?? 0, 'sessionsBusy');
  putU32(d, t + 44, m.sessionsOwner ?? 0, 'sessionsOwner');
  putU32(d, t + 48, m.sessionsQuarantined ?? 0, 'sessionsQuarantined');
  putU32(d, t + 52, m.keys ?? 0, 'keys');
  let p = t + 72;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.reason, 1024, 'reason');
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.library, 256, 'library');
  d.setUint32(t + 16, p - t - 16, true);
  p = putText(b, d, p, m.token, 128, 'token');
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.serial, 64, 'serial');
  d.setUint32(t + 56, p - t - 56, true);
  p = putText(b, d, p, m.note, 1024, 'note');
  d.setUint32(t + 60, p - t - 60, true);
  p = putText(b, d, p, m.keySource, 16, 'keySource');
  d.setUint32(t + 64, p - t - 64, true);
  p = putText(b, d, p, m.keyPath, 4096, 'keyPath');
  return p;
}

function writeProviderStatusList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly ProviderStatusInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x0048002a, true);
  d.setUint32(vt + 4, 0x00040044, true);
  d.setUint32(vt + 8, 0x00470046, true);
  d.setUint32(vt + 12, 0x000c0008, true);
  d.setUint32(vt + 16, 0x00140010, true);
  d.setUint32(vt + 20, 0x001c0018, true);
  d.setUint32(vt + 24, 0x00240020, true);
  d.setUint32(vt + 28, 0x002c0028, true);
  d.setUint32(vt + 32, 0x00340030, true);
  d.setUint32(vt + 36, 0x003c0038, true);
  d.setUint32(vt + 40, 0x00000040, true);
  let end = vt + 44;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeProviderStatus(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readProviderStatus(b: Uint8Array, d: DataView, s: number, e: number, t: number): ProviderStatus {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let id = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      id = d.getUint16(t + o, true);
    }
  }
  let name = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      name = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let type = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      type = d.getUint8(t + o);
    }
  }
  let state = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      state = d.getUint8(t + o);
    }
  }
  let reason = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      reason = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let library = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      library = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let token = '';
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      token = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  let serial = '';
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      serial = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hostPid = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      hostPid = d.getUint32(t + o, true);
    }
  }
  let restarts = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      restarts = d.getUint32(t + o, true);
    }
  }
  let hangs = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      hangs = d.getUint32(t + o, true);
    }
  }
  let sessionsOpen = 0;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      sessionsOpen = d.getUint32(t + o, true);
    }
  }
  let sessionsBusy = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      sessionsBusy = d.getUint32(t + o, true);
    }
  }
  let sessionsOwner = 0;
  if (vn > 30) {
    o = d.getUint16(vt + 30, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      sessionsOwner = d.getUint32(t + o, true);
    }
  }
  let sessionsQuarantined = 0;
  if (vn > 32) {
    o = d.getUint16(vt + 32, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      sessionsQuarantined = d.getUint32(t + o, true);
    }
  }
  let keys = 0;
  if (vn > 34) {
    o = d.getUint16(vt + 34, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keys = d.getUint32(t + o, true);
    }
  }
  let note = '';
  if (vn > 36) {
    o = d.getUint16(vt + 36, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      note = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let keySource = '';
  if (vn > 38) {
    o = d.getUint16(vt + 38, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keySource = getText(b, d, e, follow(d, s, e, t + o), 16);
    }
  }
  let keyPath = '';
  if (vn > 40) {
    o = d.getUint16(vt + 40, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyPath = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  return {
    id,
    name,
    type,
    state,
    reason,
    library,
    token,
    serial,
    hostPid,
    restarts,
    hangs,
    sessionsOpen,
    sessionsBusy,
    sessionsOwner,
    sessionsQuarantined,
    keys,
    note,
    keySource,
    keyPath,
  };
}

function readProviderStatusList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): ProviderStatus[] {
  const n = getCount(d, e, p, 4, max);
  const items: ProviderStatus[] = [];
  for (let i = 0; i < n; i++) items.push(readProviderStatus(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface SlotStatus {
  readonly name: string;
  readonly state: number;
  readonly algorithm: string;
  readonly provider: string;
  readonly compatibleProviders: readonly number[];
  readonly permissions: number;
  readonly generation: number;
  readonly problem: string;
}

export interface SlotStatusInput {
  readonly name?: string | undefined;
  readonly state?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly provider?: string | undefined;
  readonly compatibleProviders?: readonly number[] | undefined;
  readonly permissions?: number | undefined;
  readonly generation?: number | undefined;
  readonly problem?: string | undefined;
}

function sizeSlotStatus(m: SlotStatusInput): number {
  return (
    36 +
    (m.name === undefined ? 8 : 3 * m.name.length + 8) +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.provider === undefined ? 8 : 3 * m.provider.length + 8) +
    (m.compatibleProviders === undefined ? 4 : 2 * m.compatibleProviders.length + 7) +
    (m.problem === undefined ? 8 : 3 * m.problem.length + 8)
  );
}

function sizeSlotStatusList(items: readonly SlotStatusInput[]): number {
  let size = 24;
  for (const item of items) size += 4 + sizeSlotStatus(item);
  return size;
}

function writeSlotStatus(b: Uint8Array, d: DataView, t: number, vt: number, m: SlotStatusInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 32, 0, true);
  putU8(d, t + 32, m.state ?? 0, 'state');
  putU32(d, t + 20, m.permissions ?? 0, 'permissions');
  putU32(d, t + 24, m.generation ?? 0, 'generation');
  let p = t + 36;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.algorithm, 64, 'algorithm');
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.provider, 64, 'provider');
  d.setUint32(t + 16, p - t - 16, true);
  p = putU16s(d, p, m.compatibleProviders, 64, 'compatibleProviders');
  d.setUint32(t + 28, p - t - 28, true);
  p = putText(b, d, p, m.problem, 1024, 'problem');
  return p;
}

function writeSlotStatusList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly SlotStatusInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x00210014, true);
  d.setUint32(vt + 4, 0x00200004, true);
  d.setUint32(vt + 8, 0x000c0008, true);
  d.setUint32(vt + 12, 0x00140010, true);
  d.setUint32(vt + 16, 0x001c0018, true);
  let end = vt + 20;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeSlotStatus(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readSlotStatus(b: Uint8Array, d: DataView, s: number, e: number, t: number): SlotStatus {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let name = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      name = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let state = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      state = d.getUint8(t + o);
    }
  }
  let algorithm = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let provider = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      provider = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let compatibleProviders: readonly number[] = [];
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      compatibleProviders = getU16s(d, e, follow(d, s, e, t + o), 64);
    }
  }
  let permissions = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let generation = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      generation = d.getUint32(t + o, true);
    }
  }
  let problem = '';
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      problem = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  return {
    name,
    state,
    algorithm,
    provider,
    compatibleProviders,
    permissions,
    generation,
    problem,
  };
}

function readSlotStatusList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): SlotStatus[] {
  const n = getCount(d, e, p, 4, max);
  const items: SlotStatus[] = [];
  for (let i = 0; i < n; i++) items.push(readSlotStatus(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface HelloRequest {
  readonly magic: number;
  readonly versionMin: number;
  readonly versionMax: number;
  readonly features: number;
  readonly client: string;
}

export interface HelloRequestInput {
  readonly magic?: number | undefined;
  readonly versionMin?: number | undefined;
  readonly versionMax?: number | undefined;
  readonly features?: number | undefined;
  readonly client?: string | undefined;
}

function sizeHelloRequest(m: HelloRequestInput): number {
  return 20 + (m.client === undefined ? 8 : 3 * m.client.length + 8);
}

export function measureHelloRequest(m: HelloRequestInput): number {
  return 20 + sizeHelloRequest(m);
}

function writeHelloRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: HelloRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.magic ?? 0, 'magic');
  putU16(d, t + 16, m.versionMin ?? 0, 'versionMin');
  putU16(d, t + 18, m.versionMax ?? 0, 'versionMax');
  putU32(d, t + 8, m.features ?? 0, 'features');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.client, 64, 'client');
  return p;
}

export function encodeHelloRequest(b: Uint8Array, d: DataView, at: number, m: HelloRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0014000e, true);
  d.setUint32(at + 8, 0x00100004, true);
  d.setUint32(at + 12, 0x00080012, true);
  d.setUint32(at + 16, 0x0000000c, true);
  return fits(b, writeHelloRequest(b, d, at + 20, at + 4, m));
}

function readHelloRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): HelloRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let magic = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      magic = d.getUint32(t + o, true);
    }
  }
  let versionMin = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      versionMin = d.getUint16(t + o, true);
    }
  }
  let versionMax = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      versionMax = d.getUint16(t + o, true);
    }
  }
  let features = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      features = d.getUint32(t + o, true);
    }
  }
  let client = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      client = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  return {
    magic,
    versionMin,
    versionMax,
    features,
    client,
  };
}

export function decodeHelloRequest(b: Uint8Array, d: DataView, start: number, end: number): HelloRequest {
  return readHelloRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface HelloResponse {
  readonly version: number;
  readonly features: number;
  readonly daemon: string;
  readonly frame: number;
}

export interface HelloResponseInput {
  readonly version?: number | undefined;
  readonly features?: number | undefined;
  readonly daemon?: string | undefined;
  readonly frame?: number | undefined;
}

function sizeHelloResponse(m: HelloResponseInput): number {
  return 20 + (m.daemon === undefined ? 8 : 3 * m.daemon.length + 8);
}

export function measureHelloResponse(m: HelloResponseInput): number {
  return 16 + sizeHelloResponse(m);
}

function writeHelloResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: HelloResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU16(d, t + 16, m.version ?? 0, 'version');
  putU32(d, t + 4, m.features ?? 0, 'features');
  putU32(d, t + 12, m.frame ?? 0, 'frame');
  let p = t + 20;
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.daemon, 64, 'daemon');
  return p;
}

export function encodeHelloResponse(b: Uint8Array, d: DataView, at: number, m: HelloResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0012000c, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  return fits(b, writeHelloResponse(b, d, at + 16, at + 4, m));
}

function readHelloResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): HelloResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let version = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      version = d.getUint16(t + o, true);
    }
  }
  let features = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      features = d.getUint32(t + o, true);
    }
  }
  let daemon = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      daemon = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let frame = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      frame = d.getUint32(t + o, true);
    }
  }
  return {
    version,
    features,
    daemon,
    frame,
  };
}

export function decodeHelloResponse(b: Uint8Array, d: DataView, start: number, end: number): HelloResponse {
  return readHelloResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type StatusRequest = Readonly<Record<never, never>>;

export type StatusRequestInput = Readonly<Record<never, never>>;

function sizeStatusRequest(_m: StatusRequestInput): number {
  return 4;
}

export function measureStatusRequest(m: StatusRequestInput): number {
  return 8 + sizeStatusRequest(m);
}

function writeStatusRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: StatusRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeStatusRequest(b: Uint8Array, d: DataView, at: number, m: StatusRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeStatusRequest(b, d, at + 8, at + 4, m));
}

function readStatusRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): StatusRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeStatusRequest(b: Uint8Array, d: DataView, start: number, end: number): StatusRequest {
  return readStatusRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface StatusResponse {
  readonly version: string;
  readonly protocol: number;
  readonly uptimeMs: number;
  readonly connections: number;
  readonly sessions: number;
  readonly contexts: number;
  readonly ephemeralKeys: number;
  readonly regions: number;
  readonly inFlight: number;
  readonly bytesHeld: number;
  readonly limits: readonly Limit[];
  readonly providers: readonly ProviderStatus[];
  readonly pid: number;
  readonly listen: string;
}

export interface StatusResponseInput {
  readonly version?: string | undefined;
  readonly protocol?: number | undefined;
  readonly uptimeMs?: number | undefined;
  readonly connections?: number | undefined;
  readonly sessions?: number | undefined;
  readonly contexts?: number | undefined;
  readonly ephemeralKeys?: number | undefined;
  readonly regions?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly bytesHeld?: number | undefined;
  readonly limits?: readonly LimitInput[] | undefined;
  readonly providers?: readonly ProviderStatusInput[] | undefined;
  readonly pid?: number | undefined;
  readonly listen?: string | undefined;
}

function sizeStatusResponse(m: StatusResponseInput): number {
  return (
    68 +
    (m.version === undefined ? 8 : 3 * m.version.length + 8) +
    (m.limits === undefined ? 12 : sizeLimitList(m.limits)) +
    (m.providers === undefined ? 48 : sizeProviderStatusList(m.providers)) +
    (m.listen === undefined ? 8 : 3 * m.listen.length + 8)
  );
}

export function measureStatusResponse(m: StatusResponseInput): number {
  return 36 + sizeStatusResponse(m);
}

function writeStatusResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: StatusResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 64, 0, true);
  putU16(d, t + 64, m.protocol ?? 0, 'protocol');
  putU64(d, t + 4, m.uptimeMs ?? 0, 'uptimeMs');
  putU32(d, t + 24, m.connections ?? 0, 'connections');
  putU32(d, t + 28, m.sessions ?? 0, 'sessions');
  putU32(d, t + 32, m.contexts ?? 0, 'contexts');
  putU32(d, t + 36, m.ephemeralKeys ?? 0, 'ephemeralKeys');
  putU32(d, t + 40, m.regions ?? 0, 'regions');
  putU32(d, t + 44, m.inFlight ?? 0, 'inFlight');
  putU64(d, t + 12, m.bytesHeld ?? 0, 'bytesHeld');
  putU32(d, t + 56, m.pid ?? 0, 'pid');
  let p = t + 68;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.version, 64, 'version');
  d.setUint32(t + 48, p - t - 48, true);
  p = writeLimitList(b, d, p, m.limits, 64, 'limits');
  d.setUint32(t + 52, p - t - 52, true);
  p = writeProviderStatusList(b, d, p, m.providers, 64, 'providers');
  d.setUint32(t + 60, p - t - 60, true);
  p = putText(b, d, p, m.listen, 256, 'listen');
  return p;
}

export function encodeStatusResponse(b: Uint8Array, d: DataView, at: number, m: StatusResponseInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x00420020, true);
  d.setUint32(at + 8, 0x00400014, true);
  d.setUint32(at + 12, 0x00180004, true);
  d.setUint32(at + 16, 0x0020001c, true);
  d.setUint32(at + 20, 0x00280024, true);
  d.setUint32(at + 24, 0x000c002c, true);
  d.setUint32(at + 28, 0x00340030, true);
  d.setUint32(at + 32, 0x003c0038, true);
  refillOwn();
  return fits(b, writeStatusResponse(b, d, at + 36, at + 4, m));
}

function readStatusResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): StatusResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let version = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      version = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let protocol = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      protocol = d.getUint16(t + o, true);
    }
  }
  let uptimeMs = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      uptimeMs = getU64(d, t + o);
    }
  }
  let connections = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      connections = d.getUint32(t + o, true);
    }
  }
  let sessions = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      sessions = d.getUint32(t + o, true);
    }
  }
  let contexts = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      contexts = d.getUint32(t + o, true);
    }
  }
  let ephemeralKeys = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      ephemeralKeys = d.getUint32(t + o, true);
    }
  }
  let regions = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      regions = d.getUint32(t + o, true);
    }
  }
  let inFlight = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      inFlight = d.getUint32(t + o, true);
    }
  }
  let bytesHeld = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      bytesHeld = getU64(d, t + o);
    }
  }
  let limits: readonly Limit[] = [];
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      limits = readLimitList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  let providers: readonly ProviderStatus[] = [];
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      providers = readProviderStatusList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  let pid = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      pid = d.getUint32(t + o, true);
    }
  }
  let listen = '';
  if (vn > 30) {
    o = d.getUint16(vt + 30, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      listen = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  return {
    version,
    protocol,
    uptimeMs,
    connections,
    sessions,
    contexts,
    ephemeralKeys,
    regions,
    inFlight,
    bytesHeld,
    limits,
    providers,
    pid,
    listen,
  };
}

export function decodeStatusResponse(b: Uint8Array, d: DataView, start: number, end: number): StatusResponse {
  refill();
  return readStatusResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type HealthRequest = Readonly<Record<never, never>>;

export type HealthRequestInput = Readonly<Record<never, never>>;

function sizeHealthRequest(_m: HealthRequestInput): number {
  return 4;
}

export function measureHealthRequest(m: HealthRequestInput): number {
  return 8 + sizeHealthRequest(m);
}

function writeHealthRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: HealthRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeHealthRequest(b: Uint8Array, d: DataView, at: number, m: HealthRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeHealthRequest(b, d, at + 8, at + 4, m));
}

function readHealthRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): HealthRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeHealthRequest(b: Uint8Array, d: DataView, start: number, end: number): HealthRequest {
  return readHealthRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface HealthResponse {
  readonly status: number;
  readonly version: string;
  readonly protocol: number;
  readonly uptimeMs: number;
}

export interface HealthResponseInput {
  readonly status?: number | undefined;
  readonly version?: string | undefined;
  readonly protocol?: number | undefined;
  readonly uptimeMs?: number | undefined;
}

function sizeHealthResponse(m: HealthResponseInput): number {
  return 20 + (m.version === undefined ? 8 : 3 * m.version.length + 8);
}

export function measureHealthResponse(m: HealthResponseInput): number {
  return 20 + sizeHealthResponse(m);
}

function writeHealthResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: HealthResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 18, m.status ?? 0, 'status');
  putU16(d, t + 16, m.protocol ?? 0, 'protocol');
  putU64(d, t + 4, m.uptimeMs ?? 0, 'uptimeMs');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.version, 64, 'version');
  return p;
}

export function encodeHealthResponse(b: Uint8Array, d: DataView, at: number, m: HealthResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0013000c, true);
  d.setUint32(at + 8, 0x000c0012, true);
  d.setUint32(at + 12, 0x00040010, true);
  d.setUint32(at + 16, 0, true);
  return fits(b, writeHealthResponse(b, d, at + 20, at + 4, m));
}

function readHealthResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): HealthResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let status = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      status = d.getUint8(t + o);
    }
  }
  let version = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      version = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let protocol = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      protocol = d.getUint16(t + o, true);
    }
  }
  let uptimeMs = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      uptimeMs = getU64(d, t + o);
    }
  }
  return {
    status,
    version,
    protocol,
    uptimeMs,
  };
}

export function decodeHealthResponse(b: Uint8Array, d: DataView, start: number, end: number): HealthResponse {
  return readHealthResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type SlotListRequest = Readonly<Record<never, never>>;

export type SlotListRequestInput = Readonly<Record<never, never>>;

function sizeSlotListRequest(_m: SlotListRequestInput): number {
  return 4;
}

export function measureSlotListRequest(m: SlotListRequestInput): number {
  return 8 + sizeSlotListRequest(m);
}

function writeSlotListRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: SlotListRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeSlotListRequest(b: Uint8Array, d: DataView, at: number, m: SlotListRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeSlotListRequest(b, d, at + 8, at + 4, m));
}

function readSlotListRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): SlotListRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeSlotListRequest(b: Uint8Array, d: DataView, start: number, end: number): SlotListRequest {
  return readSlotListRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface SlotListResponse {
  readonly slots: readonly SlotStatus[];
}

export interface SlotListResponseInput {
  readonly slots?: readonly SlotStatusInput[] | undefined;
}

function sizeSlotListResponse(m: SlotListResponseInput): number {
  return 8 + (m.slots === undefined ? 24 : sizeSlotStatusList(m.slots));
}

export function measureSlotListResponse(m: SlotListResponseInput): number {
  return 12 + sizeSlotListResponse(m);
}

function writeSlotListResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: SlotListResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeSlotStatusList(b, d, p, m.slots, 16384, 'slots');
  return p;
}

export function encodeSlotListResponse(b: Uint8Array, d: DataView, at: number, m: SlotListResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  refillOwn();
  return fits(b, writeSlotListResponse(b, d, at + 12, at + 4, m));
}

function readSlotListResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): SlotListResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let slots: readonly SlotStatus[] = [];
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      slots = readSlotStatusList(b, d, s, e, follow(d, s, e, t + o), 16384);
    }
  }
  return {
    slots,
  };
}

export function decodeSlotListResponse(b: Uint8Array, d: DataView, start: number, end: number): SlotListResponse {
  refill();
  return readSlotListResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type StopRequest = Readonly<Record<never, never>>;

export type StopRequestInput = Readonly<Record<never, never>>;

function sizeStopRequest(_m: StopRequestInput): number {
  return 4;
}

export function measureStopRequest(m: StopRequestInput): number {
  return 8 + sizeStopRequest(m);
}

function writeStopRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: StopRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeStopRequest(b: Uint8Array, d: DataView, at: number, m: StopRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeStopRequest(b, d, at + 8, at + 4, m));
}

function readStopRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): StopRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeStopRequest(b: Uint8Array, d: DataView, start: number, end: number): StopRequest {
  return readStopRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type StopResponse = Readonly<Record<never, never>>;

export type StopResponseInput = Readonly<Record<never, never>>;

function sizeStopResponse(_m: StopResponseInput): number {
  return 4;
}

export function measureStopResponse(m: StopResponseInput): number {
  return 8 + sizeStopResponse(m);
}

function writeStopResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: StopResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeStopResponse(b: Uint8Array, d: DataView, at: number, m: StopResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeStopResponse(b, d, at + 8, at + 4, m));
}

function readStopResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): StopResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeStopResponse(b: Uint8Array, d: DataView, start: number, end: number): StopResponse {
  return readStopResponse(b, d, start, end, rootOf(b, d, start, end));
}

/** The messages of each operation. */
export interface Messages {
  readonly hello: {
    readonly request: HelloRequest;
    readonly requestInput: HelloRequestInput;
    readonly response: HelloResponse;
    readonly responseInput: HelloResponseInput;
  };
  readonly status: {
    readonly request: StatusRequest;
    readonly requestInput: StatusRequestInput;
    readonly response: StatusResponse;
    readonly responseInput: StatusResponseInput;
  };
  readonly health: {
    readonly request: HealthRequest;
    readonly requestInput: HealthRequestInput;
    readonly response: HealthResponse;
    readonly responseInput: HealthResponseInput;
  };
  readonly slotList: {
    readonly request: SlotListRequest;
    readonly requestInput: SlotListRequestInput;
    readonly response: SlotListResponse;
    readonly responseInput: SlotListResponseInput;
  };
  readonly stop: {
    readonly request: StopRequest;
    readonly requestInput: StopRequestInput;
    readonly response: StopResponse;
    readonly responseInput: StopResponseInput;
  };
}

/** Codecs by name. */
export const operations: { readonly [N in keyof Messages]: OperationCodec<N, Messages[N]> } = {
  hello: {
    name: 'hello',
    opcode: 1,
    repeatable: true,
    measureRequest: measureHelloRequest,
    encodeRequest: encodeHelloRequest,
    decodeRequest: decodeHelloRequest,
    measureResponse: measureHelloResponse,
    encodeResponse: encodeHelloResponse,
    decodeResponse: decodeHelloResponse,
  },
  status: {
    name: 'status',
    opcode: 2,
    repeatable: true,
    measureRequest: measureStatusRequest,
    encodeRequest: encodeStatusRequest,
    decodeRequest: decodeStatusRequest,
    measureResponse: measureStatusResponse,
    encodeResponse: encodeStatusResponse,
    decodeResponse: decodeStatusResponse,
  },
  health: {
    name: 'health',
    opcode: 3,
    repeatable: true,
    measureRequest: measureHealthRequest,
    encodeRequest: encodeHealthRequest,
    decodeRequest: decodeHealthRequest,
    measureResponse: measureHealthResponse,
    encodeResponse: encodeHealthResponse,
    decodeResponse: decodeHealthResponse,
  },
  slotList: {
    name: 'slotList',
    opcode: 4,
    repeatable: true,
    measureRequest: measureSlotListRequest,
    encodeRequest: encodeSlotListRequest,
    decodeRequest: decodeSlotListRequest,
    measureResponse: measureSlotListResponse,
    encodeResponse: encodeSlotListResponse,
    decodeResponse: decodeSlotListResponse,
  },
  stop: {
    name: 'stop',
    opcode: 5,
    repeatable: false,
    measureRequest: measureStopRequest,
    encodeRequest: encodeStopRequest,
    decodeRequest: decodeStopRequest,
    measureResponse: measureStopResponse,
    encodeResponse: encodeStopResponse,
    decodeResponse: decodeStopResponse,
  },
};

/** Codecs by number on the wire. */
export const messages: { readonly [opcode: number]: OperationCodec<keyof Messages> | undefined } = {
  1: operations.hello,
  2: operations.status,
  3: operations.health,
  4: operations.slotList,
  5: operations.stop,
};
