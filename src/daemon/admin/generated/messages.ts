// Generated from the table of operations by `npm run generate`. Do not edit.
import { bad } from '../../../protocol/body-errors.js';
import { follow, getBytes, getCount, getText, getU16s, getU64, noBytes, refill, rootOf, vtableOf } from '../../../protocol/body-reader.js';
import {
  alignWide,
  fits,
  putBytes,
  putCount,
  putText,
  putU8,
  putU16,
  putU16s,
  putU32,
  putU64,
  refillOwn,
} from '../../../protocol/body-writer.js';
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

export type VaultStatusRequest = Readonly<Record<never, never>>;

export type VaultStatusRequestInput = Readonly<Record<never, never>>;

function sizeVaultStatusRequest(_m: VaultStatusRequestInput): number {
  return 4;
}

export function measureVaultStatusRequest(m: VaultStatusRequestInput): number {
  return 8 + sizeVaultStatusRequest(m);
}

function writeVaultStatusRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: VaultStatusRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeVaultStatusRequest(b: Uint8Array, d: DataView, at: number, m: VaultStatusRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeVaultStatusRequest(b, d, at + 8, at + 4, m));
}

function readVaultStatusRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultStatusRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeVaultStatusRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultStatusRequest {
  return readVaultStatusRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultStatusResponse {
  readonly state: number;
  readonly protection: string;
  readonly lockedBytes: number;
  readonly dumpable: number;
  readonly cached: number;
  readonly initialized: number;
  readonly idleTimeoutMs: number;
  readonly identity: Uint8Array;
  readonly memoryRefused: number;
}

export interface VaultStatusResponseInput {
  readonly state?: number | undefined;
  readonly protection?: string | undefined;
  readonly lockedBytes?: number | undefined;
  readonly dumpable?: number | undefined;
  readonly cached?: number | undefined;
  readonly initialized?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly identity?: Uint8Array | undefined;
  readonly memoryRefused?: number | undefined;
}

function sizeVaultStatusResponse(m: VaultStatusResponseInput): number {
  return 36 + (m.protection === undefined ? 8 : 3 * m.protection.length + 8) + (m.identity === undefined ? 4 : m.identity.length + 7);
}

export function measureVaultStatusResponse(m: VaultStatusResponseInput): number {
  return 28 + sizeVaultStatusResponse(m);
}

function writeVaultStatusResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultStatusResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU8(d, t + 32, m.state ?? 0, 'state');
  putU64(d, t + 4, m.lockedBytes ?? 0, 'lockedBytes');
  putU8(d, t + 33, m.dumpable ?? 0, 'dumpable');
  putU32(d, t + 24, m.cached ?? 0, 'cached');
  putU8(d, t + 34, m.initialized ?? 0, 'initialized');
  putU64(d, t + 12, m.idleTimeoutMs ?? 0, 'idleTimeoutMs');
  putU8(d, t + 35, m.memoryRefused ?? 0, 'memoryRefused');
  let p = t + 36;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.protection, 32, 'protection');
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.identity, 32, 'identity');
  return p;
}

export function encodeVaultStatusResponse(b: Uint8Array, d: DataView, at: number, m: VaultStatusResponseInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00240016, true);
  d.setUint32(at + 8, 0x00140020, true);
  d.setUint32(at + 12, 0x00210004, true);
  d.setUint32(at + 16, 0x00220018, true);
  d.setUint32(at + 20, 0x001c000c, true);
  d.setUint32(at + 24, 0x00000023, true);
  return fits(b, writeVaultStatusResponse(b, d, at + 28, at + 4, m));
}

function readVaultStatusResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultStatusResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let state = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      state = d.getUint8(t + o);
    }
  }
  let protection = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      protection = getText(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let lockedBytes = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      lockedBytes = getU64(d, t + o);
    }
  }
  let dumpable = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      dumpable = d.getUint8(t + o);
    }
  }
  let cached = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      cached = d.getUint32(t + o, true);
    }
  }
  let initialized = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      initialized = d.getUint8(t + o);
    }
  }
  let idleTimeoutMs = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      idleTimeoutMs = getU64(d, t + o);
    }
  }
  let identity: Uint8Array = noBytes;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      identity = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let memoryRefused = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      memoryRefused = d.getUint8(t + o);
    }
  }
  return {
    state,
    protection,
    lockedBytes,
    dumpable,
    cached,
    initialized,
    idleTimeoutMs,
    identity,
    memoryRefused,
  };
}

export function decodeVaultStatusResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultStatusResponse {
  return readVaultStatusResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultReceiveRequest {
  readonly purpose: number;
  readonly format: number;
  readonly passphrase: number;
  readonly patienceMs: number;
}

export interface VaultReceiveRequestInput {
  readonly purpose?: number | undefined;
  readonly format?: number | undefined;
  readonly passphrase?: number | undefined;
  readonly patienceMs?: number | undefined;
}

function sizeVaultReceiveRequest(_m: VaultReceiveRequestInput): number {
  return 12;
}

export function measureVaultReceiveRequest(m: VaultReceiveRequestInput): number {
  return 16 + sizeVaultReceiveRequest(m);
}

function writeVaultReceiveRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: VaultReceiveRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 8, 0, true);
  putU8(d, t + 8, m.purpose ?? 0, 'purpose');
  putU8(d, t + 9, m.format ?? 0, 'format');
  putU8(d, t + 10, m.passphrase ?? 0, 'passphrase');
  putU32(d, t + 4, m.patienceMs ?? 0, 'patienceMs');
  return t + 12;
}

export function encodeVaultReceiveRequest(b: Uint8Array, d: DataView, at: number, m: VaultReceiveRequestInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000b000c, true);
  d.setUint32(at + 8, 0x00090008, true);
  d.setUint32(at + 12, 0x0004000a, true);
  return fits(b, writeVaultReceiveRequest(b, d, at + 16, at + 4, m));
}

function readVaultReceiveRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultReceiveRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let purpose = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      purpose = d.getUint8(t + o);
    }
  }
  let format = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      format = d.getUint8(t + o);
    }
  }
  let passphrase = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      passphrase = d.getUint8(t + o);
    }
  }
  let patienceMs = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      patienceMs = d.getUint32(t + o, true);
    }
  }
  return {
    purpose,
    format,
    passphrase,
    patienceMs,
  };
}

export function decodeVaultReceiveRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultReceiveRequest {
  return readVaultReceiveRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type VaultReceiveResponse = Readonly<Record<never, never>>;

export type VaultReceiveResponseInput = Readonly<Record<never, never>>;

function sizeVaultReceiveResponse(_m: VaultReceiveResponseInput): number {
  return 4;
}

export function measureVaultReceiveResponse(m: VaultReceiveResponseInput): number {
  return 8 + sizeVaultReceiveResponse(m);
}

function writeVaultReceiveResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: VaultReceiveResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeVaultReceiveResponse(b: Uint8Array, d: DataView, at: number, m: VaultReceiveResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeVaultReceiveResponse(b, d, at + 8, at + 4, m));
}

function readVaultReceiveResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultReceiveResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeVaultReceiveResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultReceiveResponse {
  return readVaultReceiveResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type VaultUnlockRequest = Readonly<Record<never, never>>;

export type VaultUnlockRequestInput = Readonly<Record<never, never>>;

function sizeVaultUnlockRequest(_m: VaultUnlockRequestInput): number {
  return 4;
}

export function measureVaultUnlockRequest(m: VaultUnlockRequestInput): number {
  return 8 + sizeVaultUnlockRequest(m);
}

function writeVaultUnlockRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: VaultUnlockRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeVaultUnlockRequest(b: Uint8Array, d: DataView, at: number, m: VaultUnlockRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeVaultUnlockRequest(b, d, at + 8, at + 4, m));
}

function readVaultUnlockRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultUnlockRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeVaultUnlockRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultUnlockRequest {
  return readVaultUnlockRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultUnlockResponse {
  readonly identity: Uint8Array;
}

export interface VaultUnlockResponseInput {
  readonly identity?: Uint8Array | undefined;
}

function sizeVaultUnlockResponse(m: VaultUnlockResponseInput): number {
  return 8 + (m.identity === undefined ? 4 : m.identity.length + 7);
}

export function measureVaultUnlockResponse(m: VaultUnlockResponseInput): number {
  return 12 + sizeVaultUnlockResponse(m);
}

function writeVaultUnlockResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultUnlockResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.identity, 32, 'identity');
  return p;
}

export function encodeVaultUnlockResponse(b: Uint8Array, d: DataView, at: number, m: VaultUnlockResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeVaultUnlockResponse(b, d, at + 12, at + 4, m));
}

function readVaultUnlockResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultUnlockResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let identity: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      identity = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  return {
    identity,
  };
}

export function decodeVaultUnlockResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultUnlockResponse {
  return readVaultUnlockResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type VaultLockRequest = Readonly<Record<never, never>>;

export type VaultLockRequestInput = Readonly<Record<never, never>>;

function sizeVaultLockRequest(_m: VaultLockRequestInput): number {
  return 4;
}

export function measureVaultLockRequest(m: VaultLockRequestInput): number {
  return 8 + sizeVaultLockRequest(m);
}

function writeVaultLockRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: VaultLockRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeVaultLockRequest(b: Uint8Array, d: DataView, at: number, m: VaultLockRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeVaultLockRequest(b, d, at + 8, at + 4, m));
}

function readVaultLockRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultLockRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeVaultLockRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultLockRequest {
  return readVaultLockRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultLockResponse {
  readonly wasUnlocked: number;
}

export interface VaultLockResponseInput {
  readonly wasUnlocked?: number | undefined;
}

function sizeVaultLockResponse(_m: VaultLockResponseInput): number {
  return 8;
}

export function measureVaultLockResponse(m: VaultLockResponseInput): number {
  return 12 + sizeVaultLockResponse(m);
}

function writeVaultLockResponse(_b: Uint8Array, d: DataView, t: number, vt: number, m: VaultLockResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 4, 0, true);
  putU8(d, t + 4, m.wasUnlocked ?? 0, 'wasUnlocked');
  return t + 8;
}

export function encodeVaultLockResponse(b: Uint8Array, d: DataView, at: number, m: VaultLockResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00050006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeVaultLockResponse(b, d, at + 12, at + 4, m));
}

function readVaultLockResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultLockResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let wasUnlocked = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      wasUnlocked = d.getUint8(t + o);
    }
  }
  return {
    wasUnlocked,
  };
}

export function decodeVaultLockResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultLockResponse {
  return readVaultLockResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultPublicKeyRequest {
  readonly kind: number;
  readonly path: string;
}

export interface VaultPublicKeyRequestInput {
  readonly kind?: number | undefined;
  readonly path?: string | undefined;
}

function sizeVaultPublicKeyRequest(m: VaultPublicKeyRequestInput): number {
  return 12 + (m.path === undefined ? 8 : 3 * m.path.length + 8);
}

export function measureVaultPublicKeyRequest(m: VaultPublicKeyRequestInput): number {
  return 12 + sizeVaultPublicKeyRequest(m);
}

function writeVaultPublicKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultPublicKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 8, 0, true);
  putU8(d, t + 8, m.kind ?? 0, 'kind');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.path, 256, 'path');
  return p;
}

export function encodeVaultPublicKeyRequest(b: Uint8Array, d: DataView, at: number, m: VaultPublicKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00090008, true);
  d.setUint32(at + 8, 0x00040008, true);
  return fits(b, writeVaultPublicKeyRequest(b, d, at + 12, at + 4, m));
}

function readVaultPublicKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultPublicKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let kind = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      kind = d.getUint8(t + o);
    }
  }
  let path = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      path = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  return {
    kind,
    path,
  };
}

export function decodeVaultPublicKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultPublicKeyRequest {
  return readVaultPublicKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultPublicKeyResponse {
  readonly path: string;
  readonly publicKey: Uint8Array;
}

export interface VaultPublicKeyResponseInput {
  readonly path?: string | undefined;
  readonly publicKey?: Uint8Array | undefined;
}

function sizeVaultPublicKeyResponse(m: VaultPublicKeyResponseInput): number {
  return 12 + (m.path === undefined ? 8 : 3 * m.path.length + 8) + (m.publicKey === undefined ? 4 : m.publicKey.length + 7);
}

export function measureVaultPublicKeyResponse(m: VaultPublicKeyResponseInput): number {
  return 12 + sizeVaultPublicKeyResponse(m);
}

function writeVaultPublicKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultPublicKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.path, 256, 'path');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.publicKey, 33, 'publicKey');
  return p;
}

export function encodeVaultPublicKeyResponse(b: Uint8Array, d: DataView, at: number, m: VaultPublicKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeVaultPublicKeyResponse(b, d, at + 12, at + 4, m));
}

function readVaultPublicKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultPublicKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let path = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      path = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let publicKey: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKey = getBytes(b, d, e, follow(d, s, e, t + o), 33);
    }
  }
  return {
    path,
    publicKey,
  };
}

export function decodeVaultPublicKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultPublicKeyResponse {
  return readVaultPublicKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultExtendedPublicKeyRequest {
  readonly path: string;
}

export interface VaultExtendedPublicKeyRequestInput {
  readonly path?: string | undefined;
}

function sizeVaultExtendedPublicKeyRequest(m: VaultExtendedPublicKeyRequestInput): number {
  return 8 + (m.path === undefined ? 8 : 3 * m.path.length + 8);
}

export function measureVaultExtendedPublicKeyRequest(m: VaultExtendedPublicKeyRequestInput): number {
  return 12 + sizeVaultExtendedPublicKeyRequest(m);
}

function writeVaultExtendedPublicKeyRequest(
  b: Uint8Array,
  d: DataView,
  t: number,
  vt: number,
  m: VaultExtendedPublicKeyRequestInput,
): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.path, 256, 'path');
  return p;
}

export function encodeVaultExtendedPublicKeyRequest(b: Uint8Array, d: DataView, at: number, m: VaultExtendedPublicKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeVaultExtendedPublicKeyRequest(b, d, at + 12, at + 4, m));
}

function readVaultExtendedPublicKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultExtendedPublicKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let path = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      path = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  return {
    path,
  };
}

export function decodeVaultExtendedPublicKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultExtendedPublicKeyRequest {
  return readVaultExtendedPublicKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultExtendedPublicKeyResponse {
  readonly path: string;
  readonly extendedPublicKey: string;
}

export interface VaultExtendedPublicKeyResponseInput {
  readonly path?: string | undefined;
  readonly extendedPublicKey?: string | undefined;
}

function sizeVaultExtendedPublicKeyResponse(m: VaultExtendedPublicKeyResponseInput): number {
  return (
    12 + (m.path === undefined ? 8 : 3 * m.path.length + 8) + (m.extendedPublicKey === undefined ? 8 : 3 * m.extendedPublicKey.length + 8)
  );
}

export function measureVaultExtendedPublicKeyResponse(m: VaultExtendedPublicKeyResponseInput): number {
  return 12 + sizeVaultExtendedPublicKeyResponse(m);
}

function writeVaultExtendedPublicKeyResponse(
  b: Uint8Array,
  d: DataView,
  t: number,
  vt: number,
  m: VaultExtendedPublicKeyResponseInput,
): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.path, 256, 'path');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.extendedPublicKey, 128, 'extendedPublicKey');
  return p;
}

export function encodeVaultExtendedPublicKeyResponse(
  b: Uint8Array,
  d: DataView,
  at: number,
  m: VaultExtendedPublicKeyResponseInput,
): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeVaultExtendedPublicKeyResponse(b, d, at + 12, at + 4, m));
}

function readVaultExtendedPublicKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultExtendedPublicKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let path = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      path = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let extendedPublicKey = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      extendedPublicKey = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  return {
    path,
    extendedPublicKey,
  };
}

export function decodeVaultExtendedPublicKeyResponse(
  b: Uint8Array,
  d: DataView,
  start: number,
  end: number,
): VaultExtendedPublicKeyResponse {
  return readVaultExtendedPublicKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultSealRequest {
  readonly keyVersion: number;
  readonly plaintext: Uint8Array;
}

export interface VaultSealRequestInput {
  readonly keyVersion?: number | undefined;
  readonly plaintext?: Uint8Array | undefined;
}

function sizeVaultSealRequest(m: VaultSealRequestInput): number {
  return 12 + (m.plaintext === undefined ? 4 : m.plaintext.length + 7);
}

export function measureVaultSealRequest(m: VaultSealRequestInput): number {
  return 12 + sizeVaultSealRequest(m);
}

function writeVaultSealRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultSealRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.keyVersion ?? 0, 'keyVersion');
  let p = t + 12;
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.plaintext, 8388608, 'plaintext');
  return p;
}

export function encodeVaultSealRequest(b: Uint8Array, d: DataView, at: number, m: VaultSealRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeVaultSealRequest(b, d, at + 12, at + 4, m));
}

function readVaultSealRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultSealRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let keyVersion = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyVersion = d.getUint32(t + o, true);
    }
  }
  let plaintext: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      plaintext = getBytes(b, d, e, follow(d, s, e, t + o), 8388608);
    }
  }
  return {
    keyVersion,
    plaintext,
  };
}

export function decodeVaultSealRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultSealRequest {
  return readVaultSealRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultSealResponse {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

export interface VaultSealResponseInput {
  readonly keyVersion?: number | undefined;
  readonly salt?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeVaultSealResponse(m: VaultSealResponseInput): number {
  return (
    20 +
    (m.salt === undefined ? 4 : m.salt.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7)
  );
}

export function measureVaultSealResponse(m: VaultSealResponseInput): number {
  return 16 + sizeVaultSealResponse(m);
}

function writeVaultSealResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultSealResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.keyVersion ?? 0, 'keyVersion');
  let p = t + 20;
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.salt, 32, 'salt');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 12, 'iv');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.data, 8388624, 'data');
  return p;
}

export function encodeVaultSealResponse(b: Uint8Array, d: DataView, at: number, m: VaultSealResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0014000c, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  return fits(b, writeVaultSealResponse(b, d, at + 16, at + 4, m));
}

function readVaultSealResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultSealResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let keyVersion = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyVersion = d.getUint32(t + o, true);
    }
  }
  let salt: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      salt = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 12);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 8388624);
    }
  }
  return {
    keyVersion,
    salt,
    iv,
    data,
  };
}

export function decodeVaultSealResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultSealResponse {
  return readVaultSealResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultOpenRequest {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

export interface VaultOpenRequestInput {
  readonly keyVersion?: number | undefined;
  readonly salt?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeVaultOpenRequest(m: VaultOpenRequestInput): number {
  return (
    20 +
    (m.salt === undefined ? 4 : m.salt.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7)
  );
}

export function measureVaultOpenRequest(m: VaultOpenRequestInput): number {
  return 16 + sizeVaultOpenRequest(m);
}

function writeVaultOpenRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultOpenRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.keyVersion ?? 0, 'keyVersion');
  let p = t + 20;
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.salt, 32, 'salt');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 12, 'iv');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.data, 8388624, 'data');
  return p;
}

export function encodeVaultOpenRequest(b: Uint8Array, d: DataView, at: number, m: VaultOpenRequestInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0014000c, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  return fits(b, writeVaultOpenRequest(b, d, at + 16, at + 4, m));
}

function readVaultOpenRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultOpenRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let keyVersion = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyVersion = d.getUint32(t + o, true);
    }
  }
  let salt: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      salt = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 12);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 8388624);
    }
  }
  return {
    keyVersion,
    salt,
    iv,
    data,
  };
}

export function decodeVaultOpenRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultOpenRequest {
  return readVaultOpenRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultOpenResponse {
  readonly plaintext: Uint8Array;
}

export interface VaultOpenResponseInput {
  readonly plaintext?: Uint8Array | undefined;
}

function sizeVaultOpenResponse(m: VaultOpenResponseInput): number {
  return 8 + (m.plaintext === undefined ? 4 : m.plaintext.length + 7);
}

export function measureVaultOpenResponse(m: VaultOpenResponseInput): number {
  return 12 + sizeVaultOpenResponse(m);
}

function writeVaultOpenResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultOpenResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.plaintext, 8388608, 'plaintext');
  return p;
}

export function encodeVaultOpenResponse(b: Uint8Array, d: DataView, at: number, m: VaultOpenResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeVaultOpenResponse(b, d, at + 12, at + 4, m));
}

function readVaultOpenResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultOpenResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let plaintext: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      plaintext = getBytes(b, d, e, follow(d, s, e, t + o), 8388608);
    }
  }
  return {
    plaintext,
  };
}

export function decodeVaultOpenResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultOpenResponse {
  return readVaultOpenResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultRotateRequest {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
  readonly toVersion: number;
}

export interface VaultRotateRequestInput {
  readonly keyVersion?: number | undefined;
  readonly salt?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly data?: Uint8Array | undefined;
  readonly toVersion?: number | undefined;
}

function sizeVaultRotateRequest(m: VaultRotateRequestInput): number {
  return (
    24 +
    (m.salt === undefined ? 4 : m.salt.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7)
  );
}

export function measureVaultRotateRequest(m: VaultRotateRequestInput): number {
  return 20 + sizeVaultRotateRequest(m);
}

function writeVaultRotateRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultRotateRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.keyVersion ?? 0, 'keyVersion');
  putU32(d, t + 20, m.toVersion ?? 0, 'toVersion');
  let p = t + 24;
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.salt, 32, 'salt');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 12, 'iv');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.data, 8388624, 'data');
  return p;
}

export function encodeVaultRotateRequest(b: Uint8Array, d: DataView, at: number, m: VaultRotateRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0018000e, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x00000014, true);
  return fits(b, writeVaultRotateRequest(b, d, at + 20, at + 4, m));
}

function readVaultRotateRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultRotateRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let keyVersion = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyVersion = d.getUint32(t + o, true);
    }
  }
  let salt: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      salt = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 12);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 8388624);
    }
  }
  let toVersion = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      toVersion = d.getUint32(t + o, true);
    }
  }
  return {
    keyVersion,
    salt,
    iv,
    data,
    toVersion,
  };
}

export function decodeVaultRotateRequest(b: Uint8Array, d: DataView, start: number, end: number): VaultRotateRequest {
  return readVaultRotateRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VaultRotateResponse {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

export interface VaultRotateResponseInput {
  readonly keyVersion?: number | undefined;
  readonly salt?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeVaultRotateResponse(m: VaultRotateResponseInput): number {
  return (
    20 +
    (m.salt === undefined ? 4 : m.salt.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7)
  );
}

export function measureVaultRotateResponse(m: VaultRotateResponseInput): number {
  return 16 + sizeVaultRotateResponse(m);
}

function writeVaultRotateResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VaultRotateResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.keyVersion ?? 0, 'keyVersion');
  let p = t + 20;
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.salt, 32, 'salt');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 12, 'iv');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.data, 8388624, 'data');
  return p;
}

export function encodeVaultRotateResponse(b: Uint8Array, d: DataView, at: number, m: VaultRotateResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0014000c, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  return fits(b, writeVaultRotateResponse(b, d, at + 16, at + 4, m));
}

function readVaultRotateResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VaultRotateResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let keyVersion = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyVersion = d.getUint32(t + o, true);
    }
  }
  let salt: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      salt = getBytes(b, d, e, follow(d, s, e, t + o), 32);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 12);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 8388624);
    }
  }
  return {
    keyVersion,
    salt,
    iv,
    data,
  };
}

export function decodeVaultRotateResponse(b: Uint8Array, d: DataView, start: number, end: number): VaultRotateResponse {
  return readVaultRotateResponse(b, d, start, end, rootOf(b, d, start, end));
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
  readonly vaultStatus: {
    readonly request: VaultStatusRequest;
    readonly requestInput: VaultStatusRequestInput;
    readonly response: VaultStatusResponse;
    readonly responseInput: VaultStatusResponseInput;
  };
  readonly vaultReceive: {
    readonly request: VaultReceiveRequest;
    readonly requestInput: VaultReceiveRequestInput;
    readonly response: VaultReceiveResponse;
    readonly responseInput: VaultReceiveResponseInput;
  };
  readonly vaultUnlock: {
    readonly request: VaultUnlockRequest;
    readonly requestInput: VaultUnlockRequestInput;
    readonly response: VaultUnlockResponse;
    readonly responseInput: VaultUnlockResponseInput;
  };
  readonly vaultLock: {
    readonly request: VaultLockRequest;
    readonly requestInput: VaultLockRequestInput;
    readonly response: VaultLockResponse;
    readonly responseInput: VaultLockResponseInput;
  };
  readonly vaultPublicKey: {
    readonly request: VaultPublicKeyRequest;
    readonly requestInput: VaultPublicKeyRequestInput;
    readonly response: VaultPublicKeyResponse;
    readonly responseInput: VaultPublicKeyResponseInput;
  };
  readonly vaultExtendedPublicKey: {
    readonly request: VaultExtendedPublicKeyRequest;
    readonly requestInput: VaultExtendedPublicKeyRequestInput;
    readonly response: VaultExtendedPublicKeyResponse;
    readonly responseInput: VaultExtendedPublicKeyResponseInput;
  };
  readonly vaultSeal: {
    readonly request: VaultSealRequest;
    readonly requestInput: VaultSealRequestInput;
    readonly response: VaultSealResponse;
    readonly responseInput: VaultSealResponseInput;
  };
  readonly vaultOpen: {
    readonly request: VaultOpenRequest;
    readonly requestInput: VaultOpenRequestInput;
    readonly response: VaultOpenResponse;
    readonly responseInput: VaultOpenResponseInput;
  };
  readonly vaultRotate: {
    readonly request: VaultRotateRequest;
    readonly requestInput: VaultRotateRequestInput;
    readonly response: VaultRotateResponse;
    readonly responseInput: VaultRotateResponseInput;
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
  vaultStatus: {
    name: 'vaultStatus',
    opcode: 6,
    repeatable: true,
    measureRequest: measureVaultStatusRequest,
    encodeRequest: encodeVaultStatusRequest,
    decodeRequest: decodeVaultStatusRequest,
    measureResponse: measureVaultStatusResponse,
    encodeResponse: encodeVaultStatusResponse,
    decodeResponse: decodeVaultStatusResponse,
  },
  vaultReceive: {
    name: 'vaultReceive',
    opcode: 7,
    repeatable: false,
    measureRequest: measureVaultReceiveRequest,
    encodeRequest: encodeVaultReceiveRequest,
    decodeRequest: decodeVaultReceiveRequest,
    measureResponse: measureVaultReceiveResponse,
    encodeResponse: encodeVaultReceiveResponse,
    decodeResponse: decodeVaultReceiveResponse,
  },
  vaultUnlock: {
    name: 'vaultUnlock',
    opcode: 8,
    repeatable: false,
    measureRequest: measureVaultUnlockRequest,
    encodeRequest: encodeVaultUnlockRequest,
    decodeRequest: decodeVaultUnlockRequest,
    measureResponse: measureVaultUnlockResponse,
    encodeResponse: encodeVaultUnlockResponse,
    decodeResponse: decodeVaultUnlockResponse,
  },
  vaultLock: {
    name: 'vaultLock',
    opcode: 9,
    repeatable: true,
    measureRequest: measureVaultLockRequest,
    encodeRequest: encodeVaultLockRequest,
    decodeRequest: decodeVaultLockRequest,
    measureResponse: measureVaultLockResponse,
    encodeResponse: encodeVaultLockResponse,
    decodeResponse: decodeVaultLockResponse,
  },
  vaultPublicKey: {
    name: 'vaultPublicKey',
    opcode: 10,
    repeatable: true,
    measureRequest: measureVaultPublicKeyRequest,
    encodeRequest: encodeVaultPublicKeyRequest,
    decodeRequest: decodeVaultPublicKeyRequest,
    measureResponse: measureVaultPublicKeyResponse,
    encodeResponse: encodeVaultPublicKeyResponse,
    decodeResponse: decodeVaultPublicKeyResponse,
  },
  vaultExtendedPublicKey: {
    name: 'vaultExtendedPublicKey',
    opcode: 11,
    repeatable: true,
    measureRequest: measureVaultExtendedPublicKeyRequest,
    encodeRequest: encodeVaultExtendedPublicKeyRequest,
    decodeRequest: decodeVaultExtendedPublicKeyRequest,
    measureResponse: measureVaultExtendedPublicKeyResponse,
    encodeResponse: encodeVaultExtendedPublicKeyResponse,
    decodeResponse: decodeVaultExtendedPublicKeyResponse,
  },
  vaultSeal: {
    name: 'vaultSeal',
    opcode: 12,
    repeatable: true,
    measureRequest: measureVaultSealRequest,
    encodeRequest: encodeVaultSealRequest,
    decodeRequest: decodeVaultSealRequest,
    measureResponse: measureVaultSealResponse,
    encodeResponse: encodeVaultSealResponse,
    decodeResponse: decodeVaultSealResponse,
  },
  vaultOpen: {
    name: 'vaultOpen',
    opcode: 13,
    repeatable: true,
    measureRequest: measureVaultOpenRequest,
    encodeRequest: encodeVaultOpenRequest,
    decodeRequest: decodeVaultOpenRequest,
    measureResponse: measureVaultOpenResponse,
    encodeResponse: encodeVaultOpenResponse,
    decodeResponse: decodeVaultOpenResponse,
  },
  vaultRotate: {
    name: 'vaultRotate',
    opcode: 14,
    repeatable: true,
    measureRequest: measureVaultRotateRequest,
    encodeRequest: encodeVaultRotateRequest,
    decodeRequest: decodeVaultRotateRequest,
    measureResponse: measureVaultRotateResponse,
    encodeResponse: encodeVaultRotateResponse,
    decodeResponse: decodeVaultRotateResponse,
  },
};

/** Codecs by number on the wire. */
export const messages: { readonly [opcode: number]: OperationCodec<keyof Messages> | undefined } = {
  1: operations.hello,
  2: operations.status,
  3: operations.health,
  4: operations.slotList,
  5: operations.stop,
  6: operations.vaultStatus,
  7: operations.vaultReceive,
  8: operations.vaultUnlock,
  9: operations.vaultLock,
  10: operations.vaultPublicKey,
  11: operations.vaultExtendedPublicKey,
  12: operations.vaultSeal,
  13: operations.vaultOpen,
  14: operations.vaultRotate,
};
