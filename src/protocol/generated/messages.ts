// Generated from the table of operations by `npm run generate`. Do not edit.
import { bad } from '../body-errors.js';
import { follow, getBytes, getCount, getText, getU16s, getU32s, getU64, noBytes, refill, rootOf, vtableOf } from '../body-reader.js';
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
  putU32s,
  putU64,
  refillOwn,
} from '../body-writer.js';
import type { OperationCodec } from '../operation-codec.js';

export interface Parameter {
  readonly name: string;
  readonly kind: number;
  readonly number: number;
  readonly value: Uint8Array;
}

export interface ParameterInput {
  readonly name?: string | undefined;
  readonly kind?: number | undefined;
  readonly number?: number | undefined;
  readonly value?: Uint8Array | undefined;
}

function sizeParameter(m: ParameterInput): number {
  return 20 + (m.name === undefined ? 8 : 3 * m.name.length + 8) + (m.value === undefined ? 4 : m.value.length + 7);
}

function sizeParameterList(items: readonly ParameterInput[]): number {
  let size = 16;
  for (const item of items) size += 4 + sizeParameter(item);
  return size;
}

function writeParameter(b: Uint8Array, d: DataView, t: number, vt: number, m: ParameterInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.kind ?? 0, 'kind');
  putU32(d, t + 8, m.number ?? 0, 'number');
  let p = t + 20;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.value, 65536, 'value');
  return p;
}

function writeParameterList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly ParameterInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x0011000c, true);
  d.setUint32(vt + 4, 0x00100004, true);
  d.setUint32(vt + 8, 0x000c0008, true);
  let end = vt + 12;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeParameter(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readParameter(b: Uint8Array, d: DataView, s: number, e: number, t: number): Parameter {
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
  let kind = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      kind = d.getUint8(t + o);
    }
  }
  let number = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      number = d.getUint32(t + o, true);
    }
  }
  let value: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      value = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    name,
    kind,
    number,
    value,
  };
}

function readParameterList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): Parameter[] {
  const n = getCount(d, e, p, 4, max);
  const items: Parameter[] = [];
  for (let i = 0; i < n; i++) items.push(readParameter(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface Resource {
  readonly id: number;
  readonly type: number;
  readonly persistence: number;
  readonly provider: number;
}

export interface ResourceInput {
  readonly id?: number | undefined;
  readonly type?: number | undefined;
  readonly persistence?: number | undefined;
  readonly provider?: number | undefined;
}

function sizeResource(_m: ResourceInput): number {
  return 16;
}

function writeResource(_b: Uint8Array, d: DataView, t: number, vt: number, m: ResourceInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.id ?? 0, 'id');
  putU8(d, t + 14, m.type ?? 0, 'type');
  putU8(d, t + 15, m.persistence ?? 0, 'persistence');
  putU16(d, t + 12, m.provider ?? 0, 'provider');
  return t + 16;
}

function startResource(b: Uint8Array, d: DataView, from: number, p: number, m: ResourceInput): number {
  d.setUint32(p, 0x0010000c, true);
  d.setUint32(p + 4, 0x000e0004, true);
  d.setUint32(p + 8, 0x000c000f, true);
  const t = alignWide(d, p + 12);
  d.setUint32(from, t - from, true);
  return writeResource(b, d, t, p, m);
}

function readResource(_b: Uint8Array, d: DataView, s: number, e: number, t: number): Resource {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let id = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      id = getU64(d, t + o);
    }
  }
  let type = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      type = d.getUint8(t + o);
    }
  }
  let persistence = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      persistence = d.getUint8(t + o);
    }
  }
  let provider = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      provider = d.getUint16(t + o, true);
    }
  }
  return {
    id,
    type,
    persistence,
    provider,
  };
}

export interface SlotInfo {
  readonly state: number;
  readonly algorithm: string;
  readonly primaryProvider: number;
  readonly compatibleProviders: readonly number[];
  readonly permittedOperations: number;
}

export interface SlotInfoInput {
  readonly state?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly primaryProvider?: number | undefined;
  readonly compatibleProviders?: readonly number[] | undefined;
  readonly permittedOperations?: number | undefined;
}

function sizeSlotInfo(m: SlotInfoInput): number {
  return (
    20 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.compatibleProviders === undefined ? 4 : 2 * m.compatibleProviders.length + 7)
  );
}

function writeSlotInfo(b: Uint8Array, d: DataView, t: number, vt: number, m: SlotInfoInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 18, m.state ?? 0, 'state');
  putU16(d, t + 16, m.primaryProvider ?? 0, 'primaryProvider');
  putU32(d, t + 12, m.permittedOperations ?? 0, 'permittedOperations');
  let p = t + 20;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.algorithm, 64, 'algorithm');
  d.setUint32(t + 8, p - t - 8, true);
  p = putU16s(d, p, m.compatibleProviders, 64, 'compatibleProviders');
  return p;
}

function startSlotInfo(b: Uint8Array, d: DataView, from: number, p: number, m: SlotInfoInput): number {
  d.setUint32(p, 0x0013000e, true);
  d.setUint32(p + 4, 0x00040012, true);
  d.setUint32(p + 8, 0x00080010, true);
  d.setUint32(p + 12, 0x0000000c, true);
  const t = p + 16;
  d.setUint32(from, t - from, true);
  return writeSlotInfo(b, d, t, p, m);
}

function readSlotInfo(b: Uint8Array, d: DataView, s: number, e: number, t: number): SlotInfo {
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
  let algorithm = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let primaryProvider = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      primaryProvider = d.getUint16(t + o, true);
    }
  }
  let compatibleProviders: readonly number[] = [];
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      compatibleProviders = getU16s(d, e, follow(d, s, e, t + o), 64);
    }
  }
  let permittedOperations = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permittedOperations = d.getUint32(t + o, true);
    }
  }
  return {
    state,
    algorithm,
    primaryProvider,
    compatibleProviders,
    permittedOperations,
  };
}

export interface ListedResource {
  readonly name: string;
  readonly type: number;
  readonly rights: number;
  readonly info: SlotInfo | undefined;
}

export interface ListedResourceInput {
  readonly name?: string | undefined;
  readonly type?: number | undefined;
  readonly rights?: number | undefined;
  readonly info?: SlotInfoInput | undefined;
}

function sizeListedResource(m: ListedResourceInput): number {
  return 16 + (m.name === undefined ? 8 : 3 * m.name.length + 8) + (m.info === undefined ? 0 : 16 + sizeSlotInfo(m.info));
}

function sizeListedResourceList(items: readonly ListedResourceInput[]): number {
  let size = 16;
  for (const item of items) size += 16 + sizeListedResource(item);
  return size;
}

function writeListedResource(b: Uint8Array, d: DataView, t: number, vt: number, m: ListedResourceInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.type ?? 0, 'type');
  putU8(d, t + 13, m.rights ?? 0, 'rights');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  if (m.info === undefined) d.setUint32(t + 8, 0, true);
  else p = startSlotInfo(b, d, t + 8, p, m.info);
  return p;
}

function startListedResource(b: Uint8Array, d: DataView, from: number, p: number, m: ListedResourceInput): number {
  d.setUint32(p, 0x000e000c, true);
  d.setUint32(p + 4, 0x000c0004, true);
  d.setUint32(p + 8, 13 | ((m.info === undefined ? 0 : 8) << 16), true);
  const t = p + 12;
  d.setUint32(from, t - from, true);
  return writeListedResource(b, d, t, p, m);
}

function writeListedResourceList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly ListedResourceInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  let end = p + 4 + 4 * n;
  let from = p + 4;
  for (const item of items ?? []) {
    end = startListedResource(b, d, from, end, item);
    from += 4;
  }
  return end;
}

function readListedResource(b: Uint8Array, d: DataView, s: number, e: number, t: number): ListedResource {
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
  let type = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      type = d.getUint8(t + o);
    }
  }
  let rights = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      rights = d.getUint8(t + o);
    }
  }
  let info: SlotInfo | undefined;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      info = readSlotInfo(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    name,
    type,
    rights,
    info,
  };
}

function readListedResourceList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): ListedResource[] {
  const n = getCount(d, e, p, 4, max);
  const items: ListedResource[] = [];
  for (let i = 0; i < n; i++) items.push(readListedResource(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface TokenInfo {
  readonly label: string;
  readonly serial: string;
  readonly model: string;
  readonly manufacturer: string;
}

export interface TokenInfoInput {
  readonly label?: string | undefined;
  readonly serial?: string | undefined;
  readonly model?: string | undefined;
  readonly manufacturer?: string | undefined;
}

function sizeTokenInfo(m: TokenInfoInput): number {
  return (
    20 +
    (m.label === undefined ? 8 : 3 * m.label.length + 8) +
    (m.serial === undefined ? 8 : 3 * m.serial.length + 8) +
    (m.model === undefined ? 8 : 3 * m.model.length + 8) +
    (m.manufacturer === undefined ? 8 : 3 * m.manufacturer.length + 8)
  );
}

function writeTokenInfo(b: Uint8Array, d: DataView, t: number, vt: number, m: TokenInfoInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 20;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.label, 128, 'label');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.serial, 64, 'serial');
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.model, 64, 'model');
  d.setUint32(t + 16, p - t - 16, true);
  p = putText(b, d, p, m.manufacturer, 128, 'manufacturer');
  return p;
}

function startTokenInfo(b: Uint8Array, d: DataView, from: number, p: number, m: TokenInfoInput): number {
  d.setUint32(p, 0x0014000c, true);
  d.setUint32(p + 4, 0x00080004, true);
  d.setUint32(p + 8, 0x0010000c, true);
  const t = p + 12;
  d.setUint32(from, t - from, true);
  return writeTokenInfo(b, d, t, p, m);
}

function readTokenInfo(b: Uint8Array, d: DataView, s: number, e: number, t: number): TokenInfo {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let label = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  let serial = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      serial = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let model = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      model = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let manufacturer = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      manufacturer = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  return {
    label,
    serial,
    model,
    manufacturer,
  };
}

export interface Provider {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly state: number;
  readonly library: string;
  readonly token: TokenInfo | undefined;
}

export interface ProviderInput {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  readonly type?: number | undefined;
  readonly state?: number | undefined;
  readonly library?: string | undefined;
  readonly token?: TokenInfoInput | undefined;
}

function sizeProvider(m: ProviderInput): number {
  return (
    20 +
    (m.name === undefined ? 8 : 3 * m.name.length + 8) +
    (m.library === undefined ? 8 : 3 * m.library.length + 8) +
    (m.token === undefined ? 0 : 12 + sizeTokenInfo(m.token))
  );
}

function sizeProviderList(items: readonly ProviderInput[]): number {
  let size = 20;
  for (const item of items) size += 20 + sizeProvider(item);
  return size;
}

function writeProvider(b: Uint8Array, d: DataView, t: number, vt: number, m: ProviderInput): number {
  d.setInt32(t, t - vt, true);
  putU16(d, t + 16, m.id ?? 0, 'id');
  putU8(d, t + 18, m.type ?? 0, 'type');
  putU8(d, t + 19, m.state ?? 0, 'state');
  let p = t + 20;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.library, 256, 'library');
  if (m.token === undefined) d.setUint32(t + 12, 0, true);
  else p = startTokenInfo(b, d, t + 12, p, m.token);
  return p;
}

function startProvider(b: Uint8Array, d: DataView, from: number, p: number, m: ProviderInput): number {
  d.setUint32(p, 0x00140010, true);
  d.setUint32(p + 4, 0x00040010, true);
  d.setUint32(p + 8, 0x00130012, true);
  d.setUint32(p + 12, 8 | ((m.token === undefined ? 0 : 12) << 16), true);
  const t = p + 16;
  d.setUint32(from, t - from, true);
  return writeProvider(b, d, t, p, m);
}

function writeProviderList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly ProviderInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  let end = p + 4 + 4 * n;
  let from = p + 4;
  for (const item of items ?? []) {
    end = startProvider(b, d, from, end, item);
    from += 4;
  }
  return end;
}

function readProvider(b: Uint8Array, d: DataView, s: number, e: number, t: number): Provider {
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
  let library = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      library = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let token: TokenInfo | undefined;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      token = readTokenInfo(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    id,
    name,
    type,
    state,
    library,
    token,
  };
}

function readProviderList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): Provider[] {
  const n = getCount(d, e, p, 4, max);
  const items: Provider[] = [];
  for (let i = 0; i < n; i++) items.push(readProvider(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface Text {
  readonly text: string;
}

export interface TextInput {
  readonly text?: string | undefined;
}

function sizeText(m: TextInput): number {
  return 8 + (m.text === undefined ? 8 : 3 * m.text.length + 8);
}

function sizeTextList(items: readonly TextInput[]): number {
  let size = 12;
  for (const item of items) size += 4 + sizeText(item);
  return size;
}

function writeText(b: Uint8Array, d: DataView, t: number, vt: number, m: TextInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.text, 256, 'text');
  return p;
}

function writeTextList(b: Uint8Array, d: DataView, p: number, items: readonly TextInput[] | undefined, max: number, field: string): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x00080006, true);
  d.setUint32(vt + 4, 0x00000004, true);
  let end = vt + 8;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeText(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readText(b: Uint8Array, d: DataView, s: number, e: number, t: number): Text {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let text = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      text = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  return {
    text,
  };
}

function readTextList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): Text[] {
  const n = getCount(d, e, p, 4, max);
  const items: Text[] = [];
  for (let i = 0; i < n; i++) items.push(readText(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface ProviderCapability {
  readonly provider: number;
  readonly operations: readonly Text[];
  readonly keyLengths: readonly number[];
  readonly modes: readonly Text[];
  readonly note: string;
}

export interface ProviderCapabilityInput {
  readonly provider?: number | undefined;
  readonly operations?: readonly TextInput[] | undefined;
  readonly keyLengths?: readonly number[] | undefined;
  readonly modes?: readonly TextInput[] | undefined;
  readonly note?: string | undefined;
}

function sizeProviderCapability(m: ProviderCapabilityInput): number {
  return (
    24 +
    (m.operations === undefined ? 12 : sizeTextList(m.operations)) +
    (m.keyLengths === undefined ? 4 : 4 * m.keyLengths.length + 7) +
    (m.modes === undefined ? 12 : sizeTextList(m.modes)) +
    (m.note === undefined ? 8 : 3 * m.note.length + 8)
  );
}

function sizeProviderCapabilityList(items: readonly ProviderCapabilityInput[]): number {
  let size = 20;
  for (const item of items) size += 4 + sizeProviderCapability(item);
  return size;
}

function writeProviderCapability(b: Uint8Array, d: DataView, t: number, vt: number, m: ProviderCapabilityInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU16(d, t + 20, m.provider ?? 0, 'provider');
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeTextList(b, d, p, m.operations, 64, 'operations');
  d.setUint32(t + 8, p - t - 8, true);
  p = putU32s(d, p, m.keyLengths, 64, 'keyLengths');
  d.setUint32(t + 12, p - t - 12, true);
  p = writeTextList(b, d, p, m.modes, 16, 'modes');
  d.setUint32(t + 16, p - t - 16, true);
  p = putText(b, d, p, m.note, 1024, 'note');
  return p;
}

function writeProviderCapabilityList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly ProviderCapabilityInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x0016000e, true);
  d.setUint32(vt + 4, 0x00040014, true);
  d.setUint32(vt + 8, 0x000c0008, true);
  d.setUint32(vt + 12, 0x00000010, true);
  let end = vt + 16;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeProviderCapability(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readProviderCapability(b: Uint8Array, d: DataView, s: number, e: number, t: number): ProviderCapability {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let provider = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      provider = d.getUint16(t + o, true);
    }
  }
  let operations: readonly Text[] = [];
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      operations = readTextList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  let keyLengths: readonly number[] = [];
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLengths = getU32s(d, e, follow(d, s, e, t + o), 64);
    }
  }
  let modes: readonly Text[] = [];
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      modes = readTextList(b, d, s, e, follow(d, s, e, t + o), 16);
    }
  }
  let note = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      note = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  return {
    provider,
    operations,
    keyLengths,
    modes,
    note,
  };
}

function readProviderCapabilityList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): ProviderCapability[] {
  const n = getCount(d, e, p, 4, max);
  const items: ProviderCapability[] = [];
  for (let i = 0; i < n; i++) items.push(readProviderCapability(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface AlgorithmCapability {
  readonly algorithm: string;
  readonly supported: number;
  readonly providers: readonly ProviderCapability[];
}

export interface AlgorithmCapabilityInput {
  readonly algorithm?: string | undefined;
  readonly supported?: number | undefined;
  readonly providers?: readonly ProviderCapabilityInput[] | undefined;
}

function sizeAlgorithmCapability(m: AlgorithmCapabilityInput): number {
  return (
    16 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.providers === undefined ? 20 : sizeProviderCapabilityList(m.providers))
  );
}

function sizeAlgorithmCapabilityList(items: readonly AlgorithmCapabilityInput[]): number {
  let size = 16;
  for (const item of items) size += 4 + sizeAlgorithmCapability(item);
  return size;
}

function writeAlgorithmCapability(b: Uint8Array, d: DataView, t: number, vt: number, m: AlgorithmCapabilityInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.supported ?? 0, 'supported');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.algorithm, 64, 'algorithm');
  d.setUint32(t + 8, p - t - 8, true);
  p = writeProviderCapabilityList(b, d, p, m.providers, 64, 'providers');
  return p;
}

function writeAlgorithmCapabilityList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly AlgorithmCapabilityInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x000d000a, true);
  d.setUint32(vt + 4, 0x000c0004, true);
  d.setUint32(vt + 8, 0x00000008, true);
  let end = vt + 12;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeAlgorithmCapability(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readAlgorithmCapability(b: Uint8Array, d: DataView, s: number, e: number, t: number): AlgorithmCapability {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let supported = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      supported = d.getUint8(t + o);
    }
  }
  let providers: readonly ProviderCapability[] = [];
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      providers = readProviderCapabilityList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  return {
    algorithm,
    supported,
    providers,
  };
}

function readAlgorithmCapabilityList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): AlgorithmCapability[] {
  const n = getCount(d, e, p, 4, max);
  const items: AlgorithmCapability[] = [];
  for (let i = 0; i < n; i++) items.push(readAlgorithmCapability(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface ErrorDetail {
  readonly message: string;
  readonly field: string;
  readonly retryable: number;
}

export interface ErrorDetailInput {
  readonly message?: string | undefined;
  readonly field?: string | undefined;
  readonly retryable?: number | undefined;
}

function sizeErrorDetail(m: ErrorDetailInput): number {
  return 16 + (m.message === undefined ? 8 : 3 * m.message.length + 8) + (m.field === undefined ? 8 : 3 * m.field.length + 8);
}

export function measureErrorDetail(m: ErrorDetailInput): number {
  return 16 + sizeErrorDetail(m);
}

function writeErrorDetail(b: Uint8Array, d: DataView, t: number, vt: number, m: ErrorDetailInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.retryable ?? 0, 'retryable');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.message, 1024, 'message');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.field, 128, 'field');
  return p;
}

export function encodeErrorDetail(b: Uint8Array, d: DataView, at: number, m: ErrorDetailInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000d000a, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0000000c, true);
  return fits(b, writeErrorDetail(b, d, at + 16, at + 4, m));
}

function readErrorDetail(b: Uint8Array, d: DataView, s: number, e: number, t: number): ErrorDetail {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let message = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      message = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let field = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      field = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  let retryable = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      retryable = d.getUint8(t + o);
    }
  }
  return {
    message,
    field,
    retryable,
  };
}

export function decodeErrorDetail(b: Uint8Array, d: DataView, start: number, end: number): ErrorDetail {
  return readErrorDetail(b, d, start, end, rootOf(b, d, start, end));
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
  readonly bulk: number;
  readonly inFlight: number;
  readonly contexts: number;
  readonly keys: number;
  readonly queuedOutput: number;
  readonly aeadDecrypt: number;
  readonly defaultTimeout: number;
  readonly maxTimeout: number;
}

export interface HelloResponseInput {
  readonly version?: number | undefined;
  readonly features?: number | undefined;
  readonly daemon?: string | undefined;
  readonly frame?: number | undefined;
  readonly bulk?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly contexts?: number | undefined;
  readonly keys?: number | undefined;
  readonly queuedOutput?: number | undefined;
  readonly aeadDecrypt?: number | undefined;
  readonly defaultTimeout?: number | undefined;
  readonly maxTimeout?: number | undefined;
}

function sizeHelloResponse(m: HelloResponseInput): number {
  return 52 + (m.daemon === undefined ? 8 : 3 * m.daemon.length + 8);
}

export function measureHelloResponse(m: HelloResponseInput): number {
  return 32 + sizeHelloResponse(m);
}

function writeHelloResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: HelloResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 48, 0, true);
  putU16(d, t + 48, m.version ?? 0, 'version');
  putU32(d, t + 4, m.features ?? 0, 'features');
  putU32(d, t + 12, m.frame ?? 0, 'frame');
  putU32(d, t + 16, m.bulk ?? 0, 'bulk');
  putU32(d, t + 20, m.inFlight ?? 0, 'inFlight');
  putU32(d, t + 24, m.contexts ?? 0, 'contexts');
  putU32(d, t + 28, m.keys ?? 0, 'keys');
  putU32(d, t + 32, m.queuedOutput ?? 0, 'queuedOutput');
  putU32(d, t + 36, m.aeadDecrypt ?? 0, 'aeadDecrypt');
  putU32(d, t + 40, m.defaultTimeout ?? 0, 'defaultTimeout');
  putU32(d, t + 44, m.maxTimeout ?? 0, 'maxTimeout');
  let p = t + 52;
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.daemon, 64, 'daemon');
  return p;
}

export function encodeHelloResponse(b: Uint8Array, d: DataView, at: number, m: HelloResponseInput): number {
  d.setUint32(at, 32, true);
  d.setUint32(at + 4, 0x0032001c, true);
  d.setUint32(at + 8, 0x00040030, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00140010, true);
  d.setUint32(at + 20, 0x001c0018, true);
  d.setUint32(at + 24, 0x00240020, true);
  d.setUint32(at + 28, 0x002c0028, true);
  return fits(b, writeHelloResponse(b, d, at + 32, at + 4, m));
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
  let bulk = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      bulk = d.getUint32(t + o, true);
    }
  }
  let inFlight = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      inFlight = d.getUint32(t + o, true);
    }
  }
  let contexts = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      contexts = d.getUint32(t + o, true);
    }
  }
  let keys = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keys = d.getUint32(t + o, true);
    }
  }
  let queuedOutput = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      queuedOutput = d.getUint32(t + o, true);
    }
  }
  let aeadDecrypt = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aeadDecrypt = d.getUint32(t + o, true);
    }
  }
  let defaultTimeout = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      defaultTimeout = d.getUint32(t + o, true);
    }
  }
  let maxTimeout = 0;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      maxTimeout = d.getUint32(t + o, true);
    }
  }
  return {
    version,
    features,
    daemon,
    frame,
    bulk,
    inFlight,
    contexts,
    keys,
    queuedOutput,
    aeadDecrypt,
    defaultTimeout,
    maxTimeout,
  };
}

export function decodeHelloResponse(b: Uint8Array, d: DataView, start: number, end: number): HelloResponse {
  return readHelloResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface CancelRequest {
  readonly request: number;
}

export interface CancelRequestInput {
  readonly request?: number | undefined;
}

function sizeCancelRequest(_m: CancelRequestInput): number {
  return 8;
}

export function measureCancelRequest(m: CancelRequestInput): number {
  return 12 + sizeCancelRequest(m);
}

function writeCancelRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: CancelRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.request ?? 0, 'request');
  return t + 8;
}

export function encodeCancelRequest(b: Uint8Array, d: DataView, at: number, m: CancelRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeCancelRequest(b, d, at + 12, at + 4, m));
}

function readCancelRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CancelRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let request = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      request = d.getUint32(t + o, true);
    }
  }
  return {
    request,
  };
}

export function decodeCancelRequest(b: Uint8Array, d: DataView, start: number, end: number): CancelRequest {
  return readCancelRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type CancelResponse = Readonly<Record<never, never>>;

export type CancelResponseInput = Readonly<Record<never, never>>;

function sizeCancelResponse(_m: CancelResponseInput): number {
  return 4;
}

export function measureCancelResponse(m: CancelResponseInput): number {
  return 8 + sizeCancelResponse(m);
}

function writeCancelResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: CancelResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeCancelResponse(b: Uint8Array, d: DataView, at: number, m: CancelResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeCancelResponse(b, d, at + 8, at + 4, m));
}

function readCancelResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CancelResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeCancelResponse(b: Uint8Array, d: DataView, start: number, end: number): CancelResponse {
  return readCancelResponse(b, d, start, end, rootOf(b, d, start, end));
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
  readonly uptime: number;
}

export interface HealthResponseInput {
  readonly status?: number | undefined;
  readonly version?: string | undefined;
  readonly protocol?: number | undefined;
  readonly uptime?: number | undefined;
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
  putU64(d, t + 4, m.uptime ?? 0, 'uptime');
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
  let uptime = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      uptime = getU64(d, t + o);
    }
  }
  return {
    status,
    version,
    protocol,
    uptime,
  };
}

export function decodeHealthResponse(b: Uint8Array, d: DataView, start: number, end: number): HealthResponse {
  return readHealthResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ResolveResourceRequest {
  readonly name: string;
  readonly type: number;
}

export interface ResolveResourceRequestInput {
  readonly name?: string | undefined;
  readonly type?: number | undefined;
}

function sizeResolveResourceRequest(m: ResolveResourceRequestInput): number {
  return 12 + (m.name === undefined ? 8 : 3 * m.name.length + 8);
}

export function measureResolveResourceRequest(m: ResolveResourceRequestInput): number {
  return 12 + sizeResolveResourceRequest(m);
}

function writeResolveResourceRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: ResolveResourceRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 8, 0, true);
  putU8(d, t + 8, m.type ?? 0, 'type');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 4096, 'name');
  return p;
}

export function encodeResolveResourceRequest(b: Uint8Array, d: DataView, at: number, m: ResolveResourceRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00090008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeResolveResourceRequest(b, d, at + 12, at + 4, m));
}

function readResolveResourceRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): ResolveResourceRequest {
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
      name = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let type = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      type = d.getUint8(t + o);
    }
  }
  return {
    name,
    type,
  };
}

export function decodeResolveResourceRequest(b: Uint8Array, d: DataView, start: number, end: number): ResolveResourceRequest {
  return readResolveResourceRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ResolveResourceResponse {
  readonly resource: Resource | undefined;
}

export interface ResolveResourceResponseInput {
  readonly resource?: ResourceInput | undefined;
}

function sizeResolveResourceResponse(m: ResolveResourceResponseInput): number {
  return 8 + (m.resource === undefined ? 0 : 16 + sizeResource(m.resource));
}

export function measureResolveResourceResponse(m: ResolveResourceResponseInput): number {
  return 12 + sizeResolveResourceResponse(m);
}

function writeResolveResourceResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ResolveResourceResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.resource === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.resource);
  return p;
}

export function encodeResolveResourceResponse(b: Uint8Array, d: DataView, at: number, m: ResolveResourceResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.resource === undefined ? 0 : 4, true);
  return fits(b, writeResolveResourceResponse(b, d, at + 12, at + 4, m));
}

function readResolveResourceResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ResolveResourceResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let resource: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      resource = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    resource,
  };
}

export function decodeResolveResourceResponse(b: Uint8Array, d: DataView, start: number, end: number): ResolveResourceResponse {
  return readResolveResourceResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ListResourcesRequest {
  readonly type: number;
}

export interface ListResourcesRequestInput {
  readonly type?: number | undefined;
}

function sizeListResourcesRequest(_m: ListResourcesRequestInput): number {
  return 8;
}

export function measureListResourcesRequest(m: ListResourcesRequestInput): number {
  return 12 + sizeListResourcesRequest(m);
}

function writeListResourcesRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ListResourcesRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 4, 0, true);
  putU8(d, t + 4, m.type ?? 0, 'type');
  return t + 8;
}

export function encodeListResourcesRequest(b: Uint8Array, d: DataView, at: number, m: ListResourcesRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00050006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeListResourcesRequest(b, d, at + 12, at + 4, m));
}

function readListResourcesRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ListResourcesRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let type = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      type = d.getUint8(t + o);
    }
  }
  return {
    type,
  };
}

export function decodeListResourcesRequest(b: Uint8Array, d: DataView, start: number, end: number): ListResourcesRequest {
  return readListResourcesRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ListResourcesResponse {
  readonly resources: readonly ListedResource[];
}

export interface ListResourcesResponseInput {
  readonly resources?: readonly ListedResourceInput[] | undefined;
}

function sizeListResourcesResponse(m: ListResourcesResponseInput): number {
  return 8 + (m.resources === undefined ? 16 : sizeListedResourceList(m.resources));
}

export function measureListResourcesResponse(m: ListResourcesResponseInput): number {
  return 12 + sizeListResourcesResponse(m);
}

function writeListResourcesResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ListResourcesResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeListedResourceList(b, d, p, m.resources, 4096, 'resources');
  return p;
}

export function encodeListResourcesResponse(b: Uint8Array, d: DataView, at: number, m: ListResourcesResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  refillOwn();
  return fits(b, writeListResourcesResponse(b, d, at + 12, at + 4, m));
}

function readListResourcesResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ListResourcesResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let resources: readonly ListedResource[] = [];
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      resources = readListedResourceList(b, d, s, e, follow(d, s, e, t + o), 4096);
    }
  }
  return {
    resources,
  };
}

export function decodeListResourcesResponse(b: Uint8Array, d: DataView, start: number, end: number): ListResourcesResponse {
  refill();
  return readListResourcesResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetProviderInfoRequest {
  readonly provider: number;
  readonly name: string;
  readonly resource: number;
}

export interface GetProviderInfoRequestInput {
  readonly provider?: number | undefined;
  readonly name?: string | undefined;
  readonly resource?: number | undefined;
}

function sizeGetProviderInfoRequest(m: GetProviderInfoRequestInput): number {
  return 20 + (m.name === undefined ? 8 : 3 * m.name.length + 8);
}

export function measureGetProviderInfoRequest(m: GetProviderInfoRequestInput): number {
  return 20 + sizeGetProviderInfoRequest(m);
}

function writeGetProviderInfoRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: GetProviderInfoRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU16(d, t + 16, m.provider ?? 0, 'provider');
  putU64(d, t + 4, m.resource ?? 0, 'resource');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.name, 64, 'name');
  return p;
}

export function encodeGetProviderInfoRequest(b: Uint8Array, d: DataView, at: number, m: GetProviderInfoRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000a, true);
  d.setUint32(at + 8, 0x000c0010, true);
  d.setUint32(at + 12, 0x00000004, true);
  d.setUint32(at + 16, 0, true);
  return fits(b, writeGetProviderInfoRequest(b, d, at + 20, at + 4, m));
}

function readGetProviderInfoRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): GetProviderInfoRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let provider = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      provider = d.getUint16(t + o, true);
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
  let resource = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      resource = getU64(d, t + o);
    }
  }
  return {
    provider,
    name,
    resource,
  };
}

export function decodeGetProviderInfoRequest(b: Uint8Array, d: DataView, start: number, end: number): GetProviderInfoRequest {
  return readGetProviderInfoRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetProviderInfoResponse {
  readonly provider: Provider | undefined;
}

export interface GetProviderInfoResponseInput {
  readonly provider?: ProviderInput | undefined;
}

function sizeGetProviderInfoResponse(m: GetProviderInfoResponseInput): number {
  return 8 + (m.provider === undefined ? 0 : 16 + sizeProvider(m.provider));
}

export function measureGetProviderInfoResponse(m: GetProviderInfoResponseInput): number {
  return 12 + sizeGetProviderInfoResponse(m);
}

function writeGetProviderInfoResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GetProviderInfoResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.provider === undefined) d.setUint32(t + 4, 0, true);
  else p = startProvider(b, d, t + 4, p, m.provider);
  return p;
}

export function encodeGetProviderInfoResponse(b: Uint8Array, d: DataView, at: number, m: GetProviderInfoResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.provider === undefined ? 0 : 4, true);
  return fits(b, writeGetProviderInfoResponse(b, d, at + 12, at + 4, m));
}

function readGetProviderInfoResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GetProviderInfoResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let provider: Provider | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      provider = readProvider(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    provider,
  };
}

export function decodeGetProviderInfoResponse(b: Uint8Array, d: DataView, start: number, end: number): GetProviderInfoResponse {
  return readGetProviderInfoResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface QueryCapabilitiesRequest {
  readonly algorithm: string;
}

export interface QueryCapabilitiesRequestInput {
  readonly algorithm?: string | undefined;
}

function sizeQueryCapabilitiesRequest(m: QueryCapabilitiesRequestInput): number {
  return 8 + (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8);
}

export function measureQueryCapabilitiesRequest(m: QueryCapabilitiesRequestInput): number {
  return 12 + sizeQueryCapabilitiesRequest(m);
}

function writeQueryCapabilitiesRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: QueryCapabilitiesRequestInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  return p;
}

export function encodeQueryCapabilitiesRequest(b: Uint8Array, d: DataView, at: number, m: QueryCapabilitiesRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeQueryCapabilitiesRequest(b, d, at + 12, at + 4, m));
}

function readQueryCapabilitiesRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): QueryCapabilitiesRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  return {
    algorithm,
  };
}

export function decodeQueryCapabilitiesRequest(b: Uint8Array, d: DataView, start: number, end: number): QueryCapabilitiesRequest {
  return readQueryCapabilitiesRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface QueryCapabilitiesResponse {
  readonly providers: readonly Provider[];
  readonly algorithms: readonly AlgorithmCapability[];
}

export interface QueryCapabilitiesResponseInput {
  readonly providers?: readonly ProviderInput[] | undefined;
  readonly algorithms?: readonly AlgorithmCapabilityInput[] | undefined;
}

function sizeQueryCapabilitiesResponse(m: QueryCapabilitiesResponseInput): number {
  return (
    12 +
    (m.providers === undefined ? 20 : sizeProviderList(m.providers)) +
    (m.algorithms === undefined ? 16 : sizeAlgorithmCapabilityList(m.algorithms))
  );
}

export function measureQueryCapabilitiesResponse(m: QueryCapabilitiesResponseInput): number {
  return 12 + sizeQueryCapabilitiesResponse(m);
}

function writeQueryCapabilitiesResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: QueryCapabilitiesResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeProviderList(b, d, p, m.providers, 64, 'providers');
  d.setUint32(t + 8, p - t - 8, true);
  p = writeAlgorithmCapabilityList(b, d, p, m.algorithms, 1024, 'algorithms');
  return p;
}

export function encodeQueryCapabilitiesResponse(b: Uint8Array, d: DataView, at: number, m: QueryCapabilitiesResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  refillOwn();
  return fits(b, writeQueryCapabilitiesResponse(b, d, at + 12, at + 4, m));
}

function readQueryCapabilitiesResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): QueryCapabilitiesResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let providers: readonly Provider[] = [];
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      providers = readProviderList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  let algorithms: readonly AlgorithmCapability[] = [];
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithms = readAlgorithmCapabilityList(b, d, s, e, follow(d, s, e, t + o), 1024);
    }
  }
  return {
    providers,
    algorithms,
  };
}

export function decodeQueryCapabilitiesResponse(b: Uint8Array, d: DataView, start: number, end: number): QueryCapabilitiesResponse {
  refill();
  return readQueryCapabilitiesResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface CreateContextRequest {
  readonly kind: number;
  readonly direction: number;
  readonly mode: number;
  readonly algorithm: string;
  readonly profile: string;
  readonly key: number;
  readonly provider: number;
  readonly providerName: string;
  readonly selection: number;
  readonly providerResource: number;
  readonly tagLength: number;
  readonly parameters: readonly Parameter[];
}

export interface CreateContextRequestInput {
  readonly kind?: number | undefined;
  readonly direction?: number | undefined;
  readonly mode?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly profile?: string | undefined;
  readonly key?: number | undefined;
  readonly provider?: number | undefined;
  readonly providerName?: string | undefined;
  readonly selection?: number | undefined;
  readonly providerResource?: number | undefined;
  readonly tagLength?: number | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
}

function sizeCreateContextRequest(m: CreateContextRequestInput): number {
  return (
    48 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.profile === undefined ? 8 : 3 * m.profile.length + 8) +
    (m.providerName === undefined ? 8 : 3 * m.providerName.length + 8) +
    (m.parameters === undefined ? 16 : sizeParameterList(m.parameters))
  );
}

export function measureCreateContextRequest(m: CreateContextRequestInput): number {
  return 36 + sizeCreateContextRequest(m);
}

function writeCreateContextRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: CreateContextRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 44, 0, true);
  putU8(d, t + 42, m.kind ?? 0, 'kind');
  putU8(d, t + 43, m.direction ?? 0, 'direction');
  putU8(d, t + 44, m.mode ?? 0, 'mode');
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU16(d, t + 40, m.provider ?? 0, 'provider');
  putU8(d, t + 45, m.selection ?? 0, 'selection');
  putU64(d, t + 12, m.providerResource ?? 0, 'providerResource');
  putU32(d, t + 32, m.tagLength ?? 0, 'tagLength');
  let p = t + 48;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 24, p - t - 24, true);
  p = putText(b, d, p, m.profile, 4096, 'profile');
  d.setUint32(t + 28, p - t - 28, true);
  p = putText(b, d, p, m.providerName, 64, 'providerName');
  d.setUint32(t + 36, p - t - 36, true);
  p = writeParameterList(b, d, p, m.parameters, 32, 'parameters');
  return p;
}

export function encodeCreateContextRequest(b: Uint8Array, d: DataView, at: number, m: CreateContextRequestInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x002e001c, true);
  d.setUint32(at + 8, 0x002b002a, true);
  d.setUint32(at + 12, 0x0014002c, true);
  d.setUint32(at + 16, 0x00040018, true);
  d.setUint32(at + 20, 0x001c0028, true);
  d.setUint32(at + 24, 0x000c002d, true);
  d.setUint32(at + 28, 0x00240020, true);
  d.setUint32(at + 32, 0, true);
  refillOwn();
  return fits(b, writeCreateContextRequest(b, d, at + 36, at + 4, m));
}

function readCreateContextRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): CreateContextRequest {
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
  let direction = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      direction = d.getUint8(t + o);
    }
  }
  let mode = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      mode = d.getUint8(t + o);
    }
  }
  let algorithm = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let profile = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      profile = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let key = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  let provider = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      provider = d.getUint16(t + o, true);
    }
  }
  let providerName = '';
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      providerName = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let selection = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      selection = d.getUint8(t + o);
    }
  }
  let providerResource = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      providerResource = getU64(d, t + o);
    }
  }
  let tagLength = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      tagLength = d.getUint32(t + o, true);
    }
  }
  let parameters: readonly Parameter[] = [];
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      parameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  return {
    kind,
    direction,
    mode,
    algorithm,
    profile,
    key,
    provider,
    providerName,
    selection,
    providerResource,
    tagLength,
    parameters,
  };
}

export function decodeCreateContextRequest(b: Uint8Array, d: DataView, start: number, end: number): CreateContextRequest {
  refill();
  return readCreateContextRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface CreateContextResponse {
  readonly context: number;
  readonly provider: number;
  readonly outputSize: number;
  readonly blockSize: number;
  readonly algorithm: string;
  readonly outputAtEnd: number;
  readonly longestOutput: number;
}

export interface CreateContextResponseInput {
  readonly context?: number | undefined;
  readonly provider?: number | undefined;
  readonly outputSize?: number | undefined;
  readonly blockSize?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly outputAtEnd?: number | undefined;
  readonly longestOutput?: number | undefined;
}

function sizeCreateContextResponse(m: CreateContextResponseInput): number {
  return 32 + (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8);
}

export function measureCreateContextResponse(m: CreateContextResponseInput): number {
  return 28 + sizeCreateContextResponse(m);
}

function writeCreateContextResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: CreateContextResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 28, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU16(d, t + 28, m.provider ?? 0, 'provider');
  putU32(d, t + 12, m.outputSize ?? 0, 'outputSize');
  putU32(d, t + 16, m.blockSize ?? 0, 'blockSize');
  putU8(d, t + 30, m.outputAtEnd ?? 0, 'outputAtEnd');
  putU32(d, t + 24, m.longestOutput ?? 0, 'longestOutput');
  let p = t + 32;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.algorithm, 64, 'algorithm');
  return p;
}

export function encodeCreateContextResponse(b: Uint8Array, d: DataView, at: number, m: CreateContextResponseInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x001f0012, true);
  d.setUint32(at + 8, 0x001c0004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x001e0014, true);
  d.setUint32(at + 20, 0x00000018, true);
  d.setUint32(at + 24, 0, true);
  return fits(b, writeCreateContextResponse(b, d, at + 28, at + 4, m));
}

function readCreateContextResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): CreateContextResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let provider = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      provider = d.getUint16(t + o, true);
    }
  }
  let outputSize = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      outputSize = d.getUint32(t + o, true);
    }
  }
  let blockSize = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      blockSize = d.getUint32(t + o, true);
    }
  }
  let algorithm = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let outputAtEnd = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      outputAtEnd = d.getUint8(t + o);
    }
  }
  let longestOutput = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      longestOutput = d.getUint32(t + o, true);
    }
  }
  return {
    context,
    provider,
    outputSize,
    blockSize,
    algorithm,
    outputAtEnd,
    longestOutput,
  };
}

export function decodeCreateContextResponse(b: Uint8Array, d: DataView, start: number, end: number): CreateContextResponse {
  return readCreateContextResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface CloseContextRequest {
  readonly context: number;
}

export interface CloseContextRequestInput {
  readonly context?: number | undefined;
}

function sizeCloseContextRequest(_m: CloseContextRequestInput): number {
  return 12;
}

export function measureCloseContextRequest(m: CloseContextRequestInput): number {
  return 12 + sizeCloseContextRequest(m);
}

function writeCloseContextRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: CloseContextRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  return t + 12;
}

export function encodeCloseContextRequest(b: Uint8Array, d: DataView, at: number, m: CloseContextRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeCloseContextRequest(b, d, at + 12, at + 4, m));
}

function readCloseContextRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CloseContextRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  return {
    context,
  };
}

export function decodeCloseContextRequest(b: Uint8Array, d: DataView, start: number, end: number): CloseContextRequest {
  return readCloseContextRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type CloseContextResponse = Readonly<Record<never, never>>;

export type CloseContextResponseInput = Readonly<Record<never, never>>;

function sizeCloseContextResponse(_m: CloseContextResponseInput): number {
  return 4;
}

export function measureCloseContextResponse(m: CloseContextResponseInput): number {
  return 8 + sizeCloseContextResponse(m);
}

function writeCloseContextResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: CloseContextResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeCloseContextResponse(b: Uint8Array, d: DataView, at: number, m: CloseContextResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeCloseContextResponse(b, d, at + 8, at + 4, m));
}

function readCloseContextResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CloseContextResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeCloseContextResponse(b: Uint8Array, d: DataView, start: number, end: number): CloseContextResponse {
  return readCloseContextResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ResetContextRequest {
  readonly context: number;
}

export interface ResetContextRequestInput {
  readonly context?: number | undefined;
}

function sizeResetContextRequest(_m: ResetContextRequestInput): number {
  return 12;
}

export function measureResetContextRequest(m: ResetContextRequestInput): number {
  return 12 + sizeResetContextRequest(m);
}

function writeResetContextRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ResetContextRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  return t + 12;
}

export function encodeResetContextRequest(b: Uint8Array, d: DataView, at: number, m: ResetContextRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeResetContextRequest(b, d, at + 12, at + 4, m));
}

function readResetContextRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ResetContextRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  return {
    context,
  };
}

export function decodeResetContextRequest(b: Uint8Array, d: DataView, start: number, end: number): ResetContextRequest {
  return readResetContextRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type ResetContextResponse = Readonly<Record<never, never>>;

export type ResetContextResponseInput = Readonly<Record<never, never>>;

function sizeResetContextResponse(_m: ResetContextResponseInput): number {
  return 4;
}

export function measureResetContextResponse(m: ResetContextResponseInput): number {
  return 8 + sizeResetContextResponse(m);
}

function writeResetContextResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: ResetContextResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeResetContextResponse(b: Uint8Array, d: DataView, at: number, m: ResetContextResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeResetContextResponse(b, d, at + 8, at + 4, m));
}

function readResetContextResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ResetContextResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeResetContextResponse(b: Uint8Array, d: DataView, start: number, end: number): ResetContextResponse {
  return readResetContextResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface InitRequest {
  readonly context: number;
  readonly iv: Uint8Array;
  readonly hasIv: number;
}

export interface InitRequestInput {
  readonly context?: number | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly hasIv?: number | undefined;
}

function sizeInitRequest(m: InitRequestInput): number {
  return 20 + (m.iv === undefined ? 4 : m.iv.length + 7);
}

export function measureInitRequest(m: InitRequestInput): number {
  return 20 + sizeInitRequest(m);
}

function writeInitRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: InitRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU8(d, t + 16, m.hasIv ?? 0, 'hasIv');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  return p;
}

export function encodeInitRequest(b: Uint8Array, d: DataView, at: number, m: InitRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0011000a, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00000010, true);
  d.setUint32(at + 16, 0, true);
  return fits(b, writeInitRequest(b, d, at + 20, at + 4, m));
}

function readInitRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): InitRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let hasIv = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasIv = d.getUint8(t + o);
    }
  }
  return {
    context,
    iv,
    hasIv,
  };
}

export function decodeInitRequest(b: Uint8Array, d: DataView, start: number, end: number): InitRequest {
  return readInitRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type InitResponse = Readonly<Record<never, never>>;

export type InitResponseInput = Readonly<Record<never, never>>;

function sizeInitResponse(_m: InitResponseInput): number {
  return 4;
}

export function measureInitResponse(m: InitResponseInput): number {
  return 8 + sizeInitResponse(m);
}

function writeInitResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: InitResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeInitResponse(b: Uint8Array, d: DataView, at: number, m: InitResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeInitResponse(b, d, at + 8, at + 4, m));
}

function readInitResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): InitResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeInitResponse(b: Uint8Array, d: DataView, start: number, end: number): InitResponse {
  return readInitResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface UpdateAadRequest {
  readonly context: number;
  readonly aad: Uint8Array;
}

export interface UpdateAadRequestInput {
  readonly context?: number | undefined;
  readonly aad?: Uint8Array | undefined;
}

function sizeUpdateAadRequest(m: UpdateAadRequestInput): number {
  return 16 + (m.aad === undefined ? 4 : m.aad.length + 7);
}

export function measureUpdateAadRequest(m: UpdateAadRequestInput): number {
  return 12 + sizeUpdateAadRequest(m);
}

function writeUpdateAadRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: UpdateAadRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  return p;
}

export function encodeUpdateAadRequest(b: Uint8Array, d: DataView, at: number, m: UpdateAadRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeUpdateAadRequest(b, d, at + 12, at + 4, m));
}

function readUpdateAadRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateAadRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let aad: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aad = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    context,
    aad,
  };
}

export function decodeUpdateAadRequest(b: Uint8Array, d: DataView, start: number, end: number): UpdateAadRequest {
  return readUpdateAadRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type UpdateAadResponse = Readonly<Record<never, never>>;

export type UpdateAadResponseInput = Readonly<Record<never, never>>;

function sizeUpdateAadResponse(_m: UpdateAadResponseInput): number {
  return 4;
}

export function measureUpdateAadResponse(m: UpdateAadResponseInput): number {
  return 8 + sizeUpdateAadResponse(m);
}

function writeUpdateAadResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: UpdateAadResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeUpdateAadResponse(b: Uint8Array, d: DataView, at: number, m: UpdateAadResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeUpdateAadResponse(b, d, at + 8, at + 4, m));
}

function readUpdateAadResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateAadResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeUpdateAadResponse(b: Uint8Array, d: DataView, start: number, end: number): UpdateAadResponse {
  return readUpdateAadResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface UpdateRequest {
  readonly context: number;
  readonly data: Uint8Array;
}

export interface UpdateRequestInput {
  readonly context?: number | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeUpdateRequest(m: UpdateRequestInput): number {
  return 16 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureUpdateRequest(m: UpdateRequestInput): number {
  return 12 + sizeUpdateRequest(m);
}

function writeUpdateRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: UpdateRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeUpdateRequest(b: Uint8Array, d: DataView, at: number, m: UpdateRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeUpdateRequest(b, d, at + 12, at + 4, m));
}

function readUpdateRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    context,
    data,
  };
}

export function decodeUpdateRequest(b: Uint8Array, d: DataView, start: number, end: number): UpdateRequest {
  return readUpdateRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface UpdateResponse {
  readonly data: Uint8Array;
}

export interface UpdateResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeUpdateResponse(m: UpdateResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureUpdateResponse(m: UpdateResponseInput): number {
  return 12 + sizeUpdateResponse(m);
}

function writeUpdateResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: UpdateResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeUpdateResponse(b: Uint8Array, d: DataView, at: number, m: UpdateResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeUpdateResponse(b, d, at + 12, at + 4, m));
}

function readUpdateResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    data,
  };
}

export function decodeUpdateResponse(b: Uint8Array, d: DataView, start: number, end: number): UpdateResponse {
  return readUpdateResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface FinalizeRequest {
  readonly context: number;
}

export interface FinalizeRequestInput {
  readonly context?: number | undefined;
}

function sizeFinalizeRequest(_m: FinalizeRequestInput): number {
  return 12;
}

export function measureFinalizeRequest(m: FinalizeRequestInput): number {
  return 12 + sizeFinalizeRequest(m);
}

function writeFinalizeRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: FinalizeRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  return t + 12;
}

export function encodeFinalizeRequest(b: Uint8Array, d: DataView, at: number, m: FinalizeRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeFinalizeRequest(b, d, at + 12, at + 4, m));
}

function readFinalizeRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): FinalizeRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  return {
    context,
  };
}

export function decodeFinalizeRequest(b: Uint8Array, d: DataView, start: number, end: number): FinalizeRequest {
  return readFinalizeRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface FinalizeResponse {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
}

export interface FinalizeResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly tag?: Uint8Array | undefined;
}

function sizeFinalizeResponse(m: FinalizeResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7) + (m.tag === undefined ? 4 : m.tag.length + 7);
}

export function measureFinalizeResponse(m: FinalizeResponseInput): number {
  return 12 + sizeFinalizeResponse(m);
}

function writeFinalizeResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: FinalizeResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.tag, 65536, 'tag');
  return p;
}

export function encodeFinalizeResponse(b: Uint8Array, d: DataView, at: number, m: FinalizeResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeFinalizeResponse(b, d, at + 12, at + 4, m));
}

function readFinalizeResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): FinalizeResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let tag: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      tag = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    data,
    tag,
  };
}

export function decodeFinalizeResponse(b: Uint8Array, d: DataView, start: number, end: number): FinalizeResponse {
  return readFinalizeResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifyFinalizeRequest {
  readonly context: number;
  readonly expected: Uint8Array;
}

export interface VerifyFinalizeRequestInput {
  readonly context?: number | undefined;
  readonly expected?: Uint8Array | undefined;
}

function sizeVerifyFinalizeRequest(m: VerifyFinalizeRequestInput): number {
  return 16 + (m.expected === undefined ? 4 : m.expected.length + 7);
}

export function measureVerifyFinalizeRequest(m: VerifyFinalizeRequestInput): number {
  return 12 + sizeVerifyFinalizeRequest(m);
}

function writeVerifyFinalizeRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VerifyFinalizeRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.expected, 65536, 'expected');
  return p;
}

export function encodeVerifyFinalizeRequest(b: Uint8Array, d: DataView, at: number, m: VerifyFinalizeRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeVerifyFinalizeRequest(b, d, at + 12, at + 4, m));
}

function readVerifyFinalizeRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifyFinalizeRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let expected: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      expected = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    context,
    expected,
  };
}

export function decodeVerifyFinalizeRequest(b: Uint8Array, d: DataView, start: number, end: number): VerifyFinalizeRequest {
  return readVerifyFinalizeRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifyFinalizeResponse {
  readonly valid: number;
  readonly data: Uint8Array;
}

export interface VerifyFinalizeResponseInput {
  readonly valid?: number | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeVerifyFinalizeResponse(m: VerifyFinalizeResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureVerifyFinalizeResponse(m: VerifyFinalizeResponseInput): number {
  return 12 + sizeVerifyFinalizeResponse(m);
}

function writeVerifyFinalizeResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VerifyFinalizeResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 8, 0, true);
  putU8(d, t + 8, m.valid ?? 0, 'valid');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeVerifyFinalizeResponse(b: Uint8Array, d: DataView, at: number, m: VerifyFinalizeResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00090008, true);
  d.setUint32(at + 8, 0x00040008, true);
  return fits(b, writeVerifyFinalizeResponse(b, d, at + 12, at + 4, m));
}

function readVerifyFinalizeResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifyFinalizeResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let valid = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      valid = d.getUint8(t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    valid,
    data,
  };
}

export function decodeVerifyFinalizeResponse(b: Uint8Array, d: DataView, start: number, end: number): VerifyFinalizeResponse {
  return readVerifyFinalizeResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface SingleShotRequest {
  readonly context: number;
  readonly data: Uint8Array;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly hasIv: number;
}

export interface SingleShotRequestInput {
  readonly context?: number | undefined;
  readonly data?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly hasIv?: number | undefined;
}

function sizeSingleShotRequest(m: SingleShotRequestInput): number {
  return (
    28 +
    (m.data === undefined ? 4 : m.data.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7)
  );
}

export function measureSingleShotRequest(m: SingleShotRequestInput): number {
  return 20 + sizeSingleShotRequest(m);
}

function writeSingleShotRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: SingleShotRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 24, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU8(d, t + 24, m.hasIv ?? 0, 'hasIv');
  let p = t + 28;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  return p;
}

export function encodeSingleShotRequest(b: Uint8Array, d: DataView, at: number, m: SingleShotRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0019000e, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00140010, true);
  d.setUint32(at + 16, 0x00000018, true);
  return fits(b, writeSingleShotRequest(b, d, at + 20, at + 4, m));
}

function readSingleShotRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): SingleShotRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let aad: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aad = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let hasIv = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasIv = d.getUint8(t + o);
    }
  }
  return {
    context,
    data,
    iv,
    aad,
    hasIv,
  };
}

export function decodeSingleShotRequest(b: Uint8Array, d: DataView, start: number, end: number): SingleShotRequest {
  return readSingleShotRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface SingleShotResponse {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
}

export interface SingleShotResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly tag?: Uint8Array | undefined;
}

function sizeSingleShotResponse(m: SingleShotResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7) + (m.tag === undefined ? 4 : m.tag.length + 7);
}

export function measureSingleShotResponse(m: SingleShotResponseInput): number {
  return 12 + sizeSingleShotResponse(m);
}

function writeSingleShotResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: SingleShotResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.tag, 65536, 'tag');
  return p;
}

export function encodeSingleShotResponse(b: Uint8Array, d: DataView, at: number, m: SingleShotResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeSingleShotResponse(b, d, at + 12, at + 4, m));
}

function readSingleShotResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): SingleShotResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let tag: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      tag = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    data,
    tag,
  };
}

export function decodeSingleShotResponse(b: Uint8Array, d: DataView, start: number, end: number): SingleShotResponse {
  return readSingleShotResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifySingleShotRequest {
  readonly context: number;
  readonly data: Uint8Array;
  readonly expected: Uint8Array;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly hasIv: number;
}

export interface VerifySingleShotRequestInput {
  readonly context?: number | undefined;
  readonly data?: Uint8Array | undefined;
  readonly expected?: Uint8Array | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly hasIv?: number | undefined;
}

function sizeVerifySingleShotRequest(m: VerifySingleShotRequestInput): number {
  return (
    32 +
    (m.data === undefined ? 4 : m.data.length + 7) +
    (m.expected === undefined ? 4 : m.expected.length + 7) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7)
  );
}

export function measureVerifySingleShotRequest(m: VerifySingleShotRequestInput): number {
  return 20 + sizeVerifySingleShotRequest(m);
}

function writeVerifySingleShotRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VerifySingleShotRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 28, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU8(d, t + 28, m.hasIv ?? 0, 'hasIv');
  let p = t + 32;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.expected, 65536, 'expected');
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 24, p - t - 24, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  return p;
}

export function encodeVerifySingleShotRequest(b: Uint8Array, d: DataView, at: number, m: VerifySingleShotRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x001d0010, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00140010, true);
  d.setUint32(at + 16, 0x001c0018, true);
  return fits(b, writeVerifySingleShotRequest(b, d, at + 20, at + 4, m));
}

function readVerifySingleShotRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifySingleShotRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let expected: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      expected = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let aad: Uint8Array = noBytes;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aad = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let hasIv = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasIv = d.getUint8(t + o);
    }
  }
  return {
    context,
    data,
    expected,
    iv,
    aad,
    hasIv,
  };
}

export function decodeVerifySingleShotRequest(b: Uint8Array, d: DataView, start: number, end: number): VerifySingleShotRequest {
  return readVerifySingleShotRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifySingleShotResponse {
  readonly valid: number;
  readonly data: Uint8Array;
}

export interface VerifySingleShotResponseInput {
  readonly valid?: number | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeVerifySingleShotResponse(m: VerifySingleShotResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureVerifySingleShotResponse(m: VerifySingleShotResponseInput): number {
  return 12 + sizeVerifySingleShotResponse(m);
}

function writeVerifySingleShotResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: VerifySingleShotResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 8, 0, true);
  putU8(d, t + 8, m.valid ?? 0, 'valid');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeVerifySingleShotResponse(b: Uint8Array, d: DataView, at: number, m: VerifySingleShotResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00090008, true);
  d.setUint32(at + 8, 0x00040008, true);
  return fits(b, writeVerifySingleShotResponse(b, d, at + 12, at + 4, m));
}

function readVerifySingleShotResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifySingleShotResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let valid = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      valid = d.getUint8(t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    valid,
    data,
  };
}

export function decodeVerifySingleShotResponse(b: Uint8Array, d: DataView, start: number, end: number): VerifySingleShotResponse {
  return readVerifySingleShotResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface RandomGenerateRequest {
  readonly context: number;
  readonly size: number;
}

export interface RandomGenerateRequestInput {
  readonly context?: number | undefined;
  readonly size?: number | undefined;
}

function sizeRandomGenerateRequest(_m: RandomGenerateRequestInput): number {
  return 16;
}

export function measureRandomGenerateRequest(m: RandomGenerateRequestInput): number {
  return 12 + sizeRandomGenerateRequest(m);
}

function writeRandomGenerateRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: RandomGenerateRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU32(d, t + 12, m.size ?? 0, 'size');
  return t + 16;
}

export function encodeRandomGenerateRequest(b: Uint8Array, d: DataView, at: number, m: RandomGenerateRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeRandomGenerateRequest(b, d, at + 12, at + 4, m));
}

function readRandomGenerateRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): RandomGenerateRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let size = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      size = d.getUint32(t + o, true);
    }
  }
  return {
    context,
    size,
  };
}

export function decodeRandomGenerateRequest(b: Uint8Array, d: DataView, start: number, end: number): RandomGenerateRequest {
  return readRandomGenerateRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface RandomGenerateResponse {
  readonly data: Uint8Array;
}

export interface RandomGenerateResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeRandomGenerateResponse(m: RandomGenerateResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureRandomGenerateResponse(m: RandomGenerateResponseInput): number {
  return 12 + sizeRandomGenerateResponse(m);
}

function writeRandomGenerateResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: RandomGenerateResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeRandomGenerateResponse(b: Uint8Array, d: DataView, at: number, m: RandomGenerateResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeRandomGenerateResponse(b, d, at + 12, at + 4, m));
}

function readRandomGenerateResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): RandomGenerateResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    data,
  };
}

export function decodeRandomGenerateResponse(b: Uint8Array, d: DataView, start: number, end: number): RandomGenerateResponse {
  return readRandomGenerateResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface RandomSeedRequest {
  readonly context: number;
  readonly seed: Uint8Array;
}

export interface RandomSeedRequestInput {
  readonly context?: number | undefined;
  readonly seed?: Uint8Array | undefined;
}

function sizeRandomSeedRequest(m: RandomSeedRequestInput): number {
  return 16 + (m.seed === undefined ? 4 : m.seed.length + 7);
}

export function measureRandomSeedRequest(m: RandomSeedRequestInput): number {
  return 12 + sizeRandomSeedRequest(m);
}

function writeRandomSeedRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: RandomSeedRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.seed, 65536, 'seed');
  return p;
}

export function encodeRandomSeedRequest(b: Uint8Array, d: DataView, at: number, m: RandomSeedRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeRandomSeedRequest(b, d, at + 12, at + 4, m));
}

function readRandomSeedRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): RandomSeedRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let seed: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      seed = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    context,
    seed,
  };
}

export function decodeRandomSeedRequest(b: Uint8Array, d: DataView, start: number, end: number): RandomSeedRequest {
  return readRandomSeedRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type RandomSeedResponse = Readonly<Record<never, never>>;

export type RandomSeedResponseInput = Readonly<Record<never, never>>;

function sizeRandomSeedResponse(_m: RandomSeedResponseInput): number {
  return 4;
}

export function measureRandomSeedResponse(m: RandomSeedResponseInput): number {
  return 8 + sizeRandomSeedResponse(m);
}

function writeRandomSeedResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: RandomSeedResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeRandomSeedResponse(b: Uint8Array, d: DataView, at: number, m: RandomSeedResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeRandomSeedResponse(b, d, at + 8, at + 4, m));
}

function readRandomSeedResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): RandomSeedResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeRandomSeedResponse(b: Uint8Array, d: DataView, start: number, end: number): RandomSeedResponse {
  return readRandomSeedResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly algorithm: string;
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly hasPublicPermissions: number;
  readonly publicPermissions: number;
  readonly overwrite: number;
}

export interface GenerateKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly hasPublicPermissions?: number | undefined;
  readonly publicPermissions?: number | undefined;
  readonly overwrite?: number | undefined;
}

function sizeGenerateKeyRequest(m: GenerateKeyRequestInput): number {
  return 36 + (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8);
}

export function measureGenerateKeyRequest(m: GenerateKeyRequestInput): number {
  return 28 + sizeGenerateKeyRequest(m);
}

function writeGenerateKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 32, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU8(d, t + 32, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 24, m.permissions ?? 0, 'permissions');
  putU8(d, t + 33, m.hasPublicPermissions ?? 0, 'hasPublicPermissions');
  putU32(d, t + 28, m.publicPermissions ?? 0, 'publicPermissions');
  putU8(d, t + 34, m.overwrite ?? 0, 'overwrite');
  let p = t + 36;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  return p;
}

export function encodeGenerateKeyRequest(b: Uint8Array, d: DataView, at: number, m: GenerateKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00230014, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00200014, true);
  d.setUint32(at + 16, 0x00210018, true);
  d.setUint32(at + 20, 0x0022001c, true);
  d.setUint32(at + 24, 0, true);
  return fits(b, writeGenerateKeyRequest(b, d, at + 28, at + 4, m));
}

function readGenerateKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let algorithm = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let hasPermissions = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let hasPublicPermissions = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublicPermissions = d.getUint8(t + o);
    }
  }
  let publicPermissions = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicPermissions = d.getUint32(t + o, true);
    }
  }
  let overwrite = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    algorithm,
    hasPermissions,
    permissions,
    hasPublicPermissions,
    publicPermissions,
    overwrite,
  };
}

export function decodeGenerateKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): GenerateKeyRequest {
  return readGenerateKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateKeyResponse {
  readonly key: Resource | undefined;
}

export interface GenerateKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeGenerateKeyResponse(m: GenerateKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureGenerateKeyResponse(m: GenerateKeyResponseInput): number {
  return 12 + sizeGenerateKeyResponse(m);
}

function writeGenerateKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeGenerateKeyResponse(b: Uint8Array, d: DataView, at: number, m: GenerateKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeGenerateKeyResponse(b, d, at + 12, at + 4, m));
}

function readGenerateKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeGenerateKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): GenerateKeyResponse {
  return readGenerateKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ImportKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly algorithm: string;
  readonly format: number;
  readonly keyData: Uint8Array;
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly passphrase: Uint8Array;
  readonly overwrite: number;
}

export interface ImportKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly format?: number | undefined;
  readonly keyData?: Uint8Array | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly passphrase?: Uint8Array | undefined;
  readonly overwrite?: number | undefined;
}

function sizeImportKeyRequest(m: ImportKeyRequestInput): number {
  return (
    40 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.keyData === undefined ? 4 : m.keyData.length + 7) +
    (m.passphrase === undefined ? 4 : m.passphrase.length + 7)
  );
}

export function measureImportKeyRequest(m: ImportKeyRequestInput): number {
  return 28 + sizeImportKeyRequest(m);
}

function writeImportKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: ImportKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 36, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU8(d, t + 36, m.format ?? 0, 'format');
  putU8(d, t + 37, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 28, m.permissions ?? 0, 'permissions');
  putU8(d, t + 38, m.overwrite ?? 0, 'overwrite');
  let p = t + 40;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 24, p - t - 24, true);
  p = putBytes(b, d, p, m.keyData, 65536, 'keyData');
  d.setUint32(t + 32, p - t - 32, true);
  p = putBytes(b, d, p, m.passphrase, 1024, 'passphrase');
  return p;
}

export function encodeImportKeyRequest(b: Uint8Array, d: DataView, at: number, m: ImportKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00270016, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00240014, true);
  d.setUint32(at + 16, 0x00250018, true);
  d.setUint32(at + 20, 0x0020001c, true);
  d.setUint32(at + 24, 0x00000026, true);
  return fits(b, writeImportKeyRequest(b, d, at + 28, at + 4, m));
}

function readImportKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): ImportKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let algorithm = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let format = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      format = d.getUint8(t + o);
    }
  }
  let keyData: Uint8Array = noBytes;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyData = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let hasPermissions = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let passphrase: Uint8Array = noBytes;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      passphrase = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let overwrite = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    algorithm,
    format,
    keyData,
    hasPermissions,
    permissions,
    passphrase,
    overwrite,
  };
}

export function decodeImportKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): ImportKeyRequest {
  return readImportKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ImportKeyResponse {
  readonly key: Resource | undefined;
}

export interface ImportKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeImportKeyResponse(m: ImportKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureImportKeyResponse(m: ImportKeyResponseInput): number {
  return 12 + sizeImportKeyResponse(m);
}

function writeImportKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ImportKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeImportKeyResponse(b: Uint8Array, d: DataView, at: number, m: ImportKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeImportKeyResponse(b, d, at + 12, at + 4, m));
}

function readImportKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ImportKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeImportKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): ImportKeyResponse {
  return readImportKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface LoadKeyRequest {
  readonly context: number;
  readonly slot: number;
}

export interface LoadKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
}

function sizeLoadKeyRequest(_m: LoadKeyRequestInput): number {
  return 20;
}

export function measureLoadKeyRequest(m: LoadKeyRequestInput): number {
  return 12 + sizeLoadKeyRequest(m);
}

function writeLoadKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: LoadKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  return t + 20;
}

export function encodeLoadKeyRequest(b: Uint8Array, d: DataView, at: number, m: LoadKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00140008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeLoadKeyRequest(b, d, at + 12, at + 4, m));
}

function readLoadKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): LoadKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  return {
    context,
    slot,
  };
}

export function decodeLoadKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): LoadKeyRequest {
  return readLoadKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface LoadKeyResponse {
  readonly key: Resource | undefined;
}

export interface LoadKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeLoadKeyResponse(m: LoadKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureLoadKeyResponse(m: LoadKeyResponseInput): number {
  return 12 + sizeLoadKeyResponse(m);
}

function writeLoadKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: LoadKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeLoadKeyResponse(b: Uint8Array, d: DataView, at: number, m: LoadKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeLoadKeyResponse(b, d, at + 12, at + 4, m));
}

function readLoadKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): LoadKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeLoadKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): LoadKeyResponse {
  return readLoadKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface PersistKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly key: number;
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly overwrite: number;
}

export interface PersistKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly key?: number | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly overwrite?: number | undefined;
}

function sizePersistKeyRequest(_m: PersistKeyRequestInput): number {
  return 36;
}

export function measurePersistKeyRequest(m: PersistKeyRequestInput): number {
  return 20 + sizePersistKeyRequest(m);
}

function writePersistKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: PersistKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 32, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU64(d, t + 20, m.key ?? 0, 'key');
  putU8(d, t + 32, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 28, m.permissions ?? 0, 'permissions');
  putU8(d, t + 33, m.overwrite ?? 0, 'overwrite');
  return t + 36;
}

export function encodePersistKeyRequest(b: Uint8Array, d: DataView, at: number, m: PersistKeyRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x00220010, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00200014, true);
  d.setUint32(at + 16, 0x0021001c, true);
  return fits(b, writePersistKeyRequest(b, d, at + 20, at + 4, m));
}

function readPersistKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): PersistKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let key = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  let hasPermissions = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let overwrite = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    key,
    hasPermissions,
    permissions,
    overwrite,
  };
}

export function decodePersistKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): PersistKeyRequest {
  return readPersistKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type PersistKeyResponse = Readonly<Record<never, never>>;

export type PersistKeyResponseInput = Readonly<Record<never, never>>;

function sizePersistKeyResponse(_m: PersistKeyResponseInput): number {
  return 4;
}

export function measurePersistKeyResponse(m: PersistKeyResponseInput): number {
  return 8 + sizePersistKeyResponse(m);
}

function writePersistKeyResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: PersistKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodePersistKeyResponse(b: Uint8Array, d: DataView, at: number, m: PersistKeyResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writePersistKeyResponse(b, d, at + 8, at + 4, m));
}

function readPersistKeyResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): PersistKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodePersistKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): PersistKeyResponse {
  return readPersistKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ClearKeyRequest {
  readonly context: number;
  readonly target: number;
}

export interface ClearKeyRequestInput {
  readonly context?: number | undefined;
  readonly target?: number | undefined;
}

function sizeClearKeyRequest(_m: ClearKeyRequestInput): number {
  return 20;
}

export function measureClearKeyRequest(m: ClearKeyRequestInput): number {
  return 12 + sizeClearKeyRequest(m);
}

function writeClearKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ClearKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.target ?? 0, 'target');
  return t + 20;
}

export function encodeClearKeyRequest(b: Uint8Array, d: DataView, at: number, m: ClearKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00140008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeClearKeyRequest(b, d, at + 12, at + 4, m));
}

function readClearKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ClearKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let target = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      target = getU64(d, t + o);
    }
  }
  return {
    context,
    target,
  };
}

export function decodeClearKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): ClearKeyRequest {
  return readClearKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type ClearKeyResponse = Readonly<Record<never, never>>;

export type ClearKeyResponseInput = Readonly<Record<never, never>>;

function sizeClearKeyResponse(_m: ClearKeyResponseInput): number {
  return 4;
}

export function measureClearKeyResponse(m: ClearKeyResponseInput): number {
  return 8 + sizeClearKeyResponse(m);
}

function writeClearKeyResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: ClearKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeClearKeyResponse(b: Uint8Array, d: DataView, at: number, m: ClearKeyResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeClearKeyResponse(b, d, at + 8, at + 4, m));
}

function readClearKeyResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ClearKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeClearKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): ClearKeyResponse {
  return readClearKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ReleaseKeyRequest {
  readonly key: number;
}

export interface ReleaseKeyRequestInput {
  readonly key?: number | undefined;
}

function sizeReleaseKeyRequest(_m: ReleaseKeyRequestInput): number {
  return 12;
}

export function measureReleaseKeyRequest(m: ReleaseKeyRequestInput): number {
  return 12 + sizeReleaseKeyRequest(m);
}

function writeReleaseKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ReleaseKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  return t + 12;
}

export function encodeReleaseKeyRequest(b: Uint8Array, d: DataView, at: number, m: ReleaseKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeReleaseKeyRequest(b, d, at + 12, at + 4, m));
}

function readReleaseKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ReleaseKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  return {
    key,
  };
}

export function decodeReleaseKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): ReleaseKeyRequest {
  return readReleaseKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type ReleaseKeyResponse = Readonly<Record<never, never>>;

export type ReleaseKeyResponseInput = Readonly<Record<never, never>>;

function sizeReleaseKeyResponse(_m: ReleaseKeyResponseInput): number {
  return 4;
}

export function measureReleaseKeyResponse(m: ReleaseKeyResponseInput): number {
  return 8 + sizeReleaseKeyResponse(m);
}

function writeReleaseKeyResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: ReleaseKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeReleaseKeyResponse(b: Uint8Array, d: DataView, at: number, m: ReleaseKeyResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeReleaseKeyResponse(b, d, at + 8, at + 4, m));
}

function readReleaseKeyResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ReleaseKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeReleaseKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): ReleaseKeyResponse {
  return readReleaseKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetKeySlotInfoRequest {
  readonly slot: number;
}

export interface GetKeySlotInfoRequestInput {
  readonly slot?: number | undefined;
}

function sizeGetKeySlotInfoRequest(_m: GetKeySlotInfoRequestInput): number {
  return 12;
}

export function measureGetKeySlotInfoRequest(m: GetKeySlotInfoRequestInput): number {
  return 12 + sizeGetKeySlotInfoRequest(m);
}

function writeGetKeySlotInfoRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GetKeySlotInfoRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.slot ?? 0, 'slot');
  return t + 12;
}

export function encodeGetKeySlotInfoRequest(b: Uint8Array, d: DataView, at: number, m: GetKeySlotInfoRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGetKeySlotInfoRequest(b, d, at + 12, at + 4, m));
}

function readGetKeySlotInfoRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GetKeySlotInfoRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let slot = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  return {
    slot,
  };
}

export function decodeGetKeySlotInfoRequest(b: Uint8Array, d: DataView, start: number, end: number): GetKeySlotInfoRequest {
  return readGetKeySlotInfoRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetKeySlotInfoResponse {
  readonly info: SlotInfo | undefined;
  readonly name: string;
}

export interface GetKeySlotInfoResponseInput {
  readonly info?: SlotInfoInput | undefined;
  readonly name?: string | undefined;
}

function sizeGetKeySlotInfoResponse(m: GetKeySlotInfoResponseInput): number {
  return 12 + (m.info === undefined ? 0 : 16 + sizeSlotInfo(m.info)) + (m.name === undefined ? 8 : 3 * m.name.length + 8);
}

export function measureGetKeySlotInfoResponse(m: GetKeySlotInfoResponseInput): number {
  return 12 + sizeGetKeySlotInfoResponse(m);
}

function writeGetKeySlotInfoResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GetKeySlotInfoResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  if (m.info === undefined) d.setUint32(t + 4, 0, true);
  else p = startSlotInfo(b, d, t + 4, p, m.info);
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.name, 64, 'name');
  return p;
}

export function encodeGetKeySlotInfoResponse(b: Uint8Array, d: DataView, at: number, m: GetKeySlotInfoResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, (m.info === undefined ? 0 : 4) | 0x80000, true);
  refillOwn();
  return fits(b, writeGetKeySlotInfoResponse(b, d, at + 12, at + 4, m));
}

function readGetKeySlotInfoResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GetKeySlotInfoResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let info: SlotInfo | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      info = readSlotInfo(b, d, s, e, follow(d, s, e, t + o));
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
  return {
    info,
    name,
  };
}

export function decodeGetKeySlotInfoResponse(b: Uint8Array, d: DataView, start: number, end: number): GetKeySlotInfoResponse {
  refill();
  return readGetKeySlotInfoResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetKeyInfoRequest {
  readonly key: number;
}

export interface GetKeyInfoRequestInput {
  readonly key?: number | undefined;
}

function sizeGetKeyInfoRequest(_m: GetKeyInfoRequestInput): number {
  return 12;
}

export function measureGetKeyInfoRequest(m: GetKeyInfoRequestInput): number {
  return 12 + sizeGetKeyInfoRequest(m);
}

function writeGetKeyInfoRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GetKeyInfoRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  return t + 12;
}

export function encodeGetKeyInfoRequest(b: Uint8Array, d: DataView, at: number, m: GetKeyInfoRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGetKeyInfoRequest(b, d, at + 12, at + 4, m));
}

function readGetKeyInfoRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GetKeyInfoRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  return {
    key,
  };
}

export function decodeGetKeyInfoRequest(b: Uint8Array, d: DataView, start: number, end: number): GetKeyInfoRequest {
  return readGetKeyInfoRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetKeyInfoResponse {
  readonly kind: number;
  readonly algorithm: string;
  readonly keyLength: number;
  readonly exportable: number;
  readonly permittedOperations: number;
  readonly allowedModes: readonly Text[];
}

export interface GetKeyInfoResponseInput {
  readonly kind?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly keyLength?: number | undefined;
  readonly exportable?: number | undefined;
  readonly permittedOperations?: number | undefined;
  readonly allowedModes?: readonly TextInput[] | undefined;
}

function sizeGetKeyInfoResponse(m: GetKeyInfoResponseInput): number {
  return (
    24 + (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) + (m.allowedModes === undefined ? 12 : sizeTextList(m.allowedModes))
  );
}

export function measureGetKeyInfoResponse(m: GetKeyInfoResponseInput): number {
  return 20 + sizeGetKeyInfoResponse(m);
}

function writeGetKeyInfoResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GetKeyInfoResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU8(d, t + 20, m.kind ?? 0, 'kind');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 21, m.exportable ?? 0, 'exportable');
  putU32(d, t + 12, m.permittedOperations ?? 0, 'permittedOperations');
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.algorithm, 64, 'algorithm');
  d.setUint32(t + 16, p - t - 16, true);
  p = writeTextList(b, d, p, m.allowedModes, 64, 'allowedModes');
  return p;
}

export function encodeGetKeyInfoResponse(b: Uint8Array, d: DataView, at: number, m: GetKeyInfoResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x00160010, true);
  d.setUint32(at + 8, 0x00040014, true);
  d.setUint32(at + 12, 0x00150008, true);
  d.setUint32(at + 16, 0x0010000c, true);
  refillOwn();
  return fits(b, writeGetKeyInfoResponse(b, d, at + 20, at + 4, m));
}

function readGetKeyInfoResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GetKeyInfoResponse {
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
  let algorithm = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let keyLength = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let exportable = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      exportable = d.getUint8(t + o);
    }
  }
  let permittedOperations = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permittedOperations = d.getUint32(t + o, true);
    }
  }
  let allowedModes: readonly Text[] = [];
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      allowedModes = readTextList(b, d, s, e, follow(d, s, e, t + o), 64);
    }
  }
  return {
    kind,
    algorithm,
    keyLength,
    exportable,
    permittedOperations,
    allowedModes,
  };
}

export function decodeGetKeyInfoResponse(b: Uint8Array, d: DataView, start: number, end: number): GetKeyInfoResponse {
  refill();
  return readGetKeyInfoResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetPublicKeyRequest {
  readonly context: number;
  readonly key: number;
}

export interface GetPublicKeyRequestInput {
  readonly context?: number | undefined;
  readonly key?: number | undefined;
}

function sizeGetPublicKeyRequest(_m: GetPublicKeyRequestInput): number {
  return 20;
}

export function measureGetPublicKeyRequest(m: GetPublicKeyRequestInput): number {
  return 12 + sizeGetPublicKeyRequest(m);
}

function writeGetPublicKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GetPublicKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.key ?? 0, 'key');
  return t + 20;
}

export function encodeGetPublicKeyRequest(b: Uint8Array, d: DataView, at: number, m: GetPublicKeyRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00140008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeGetPublicKeyRequest(b, d, at + 12, at + 4, m));
}

function readGetPublicKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GetPublicKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let key = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  return {
    context,
    key,
  };
}

export function decodeGetPublicKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): GetPublicKeyRequest {
  return readGetPublicKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GetPublicKeyResponse {
  readonly key: Resource | undefined;
}

export interface GetPublicKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeGetPublicKeyResponse(m: GetPublicKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureGetPublicKeyResponse(m: GetPublicKeyResponseInput): number {
  return 12 + sizeGetPublicKeyResponse(m);
}

function writeGetPublicKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GetPublicKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeGetPublicKeyResponse(b: Uint8Array, d: DataView, at: number, m: GetPublicKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeGetPublicKeyResponse(b, d, at + 12, at + 4, m));
}

function readGetPublicKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GetPublicKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeGetPublicKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): GetPublicKeyResponse {
  return readGetPublicKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportKeyRequest {
  readonly key: number;
  readonly format: number;
  readonly publicHalf: number;
  readonly sizeOnly: number;
}

export interface ExportKeyRequestInput {
  readonly key?: number | undefined;
  readonly format?: number | undefined;
  readonly publicHalf?: number | undefined;
  readonly sizeOnly?: number | undefined;
}

function sizeExportKeyRequest(_m: ExportKeyRequestInput): number {
  return 16;
}

export function measureExportKeyRequest(m: ExportKeyRequestInput): number {
  return 20 + sizeExportKeyRequest(m);
}

function writeExportKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ExportKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU8(d, t + 12, m.format ?? 0, 'format');
  putU8(d, t + 13, m.publicHalf ?? 0, 'publicHalf');
  putU8(d, t + 14, m.sizeOnly ?? 0, 'sizeOnly');
  return t + 16;
}

export function encodeExportKeyRequest(b: Uint8Array, d: DataView, at: number, m: ExportKeyRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x000f000c, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x000e000d, true);
  d.setUint32(at + 16, 0, true);
  return fits(b, writeExportKeyRequest(b, d, at + 20, at + 4, m));
}

function readExportKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
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
  let publicHalf = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      publicHalf = d.getUint8(t + o);
    }
  }
  let sizeOnly = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      sizeOnly = d.getUint8(t + o);
    }
  }
  return {
    key,
    format,
    publicHalf,
    sizeOnly,
  };
}

export function decodeExportKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): ExportKeyRequest {
  return readExportKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportKeyResponse {
  readonly data: Uint8Array;
  readonly size: number;
}

export interface ExportKeyResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly size?: number | undefined;
}

function sizeExportKeyResponse(m: ExportKeyResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureExportKeyResponse(m: ExportKeyResponseInput): number {
  return 12 + sizeExportKeyResponse(m);
}

function writeExportKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ExportKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 8, m.size ?? 0, 'size');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 65536, 'data');
  return p;
}

export function encodeExportKeyResponse(b: Uint8Array, d: DataView, at: number, m: ExportKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeExportKeyResponse(b, d, at + 12, at + 4, m));
}

function readExportKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let size = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      size = d.getUint32(t + o, true);
    }
  }
  return {
    data,
    size,
  };
}

export function decodeExportKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): ExportKeyResponse {
  return readExportKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface DeriveKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly sourceKey: number;
  readonly algorithm: string;
  readonly keyLength: number;
  readonly kdf: string;
  readonly kdfParameters: readonly Parameter[];
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly overwrite: number;
}

export interface DeriveKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly sourceKey?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly keyLength?: number | undefined;
  readonly kdf?: string | undefined;
  readonly kdfParameters?: readonly ParameterInput[] | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly overwrite?: number | undefined;
}

function sizeDeriveKeyRequest(m: DeriveKeyRequestInput): number {
  return (
    52 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.kdf === undefined ? 8 : 3 * m.kdf.length + 8) +
    (m.kdfParameters === undefined ? 16 : sizeParameterList(m.kdfParameters))
  );
}

export function measureDeriveKeyRequest(m: DeriveKeyRequestInput): number {
  return 28 + sizeDeriveKeyRequest(m);
}

function writeDeriveKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: DeriveKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 48, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU64(d, t + 20, m.sourceKey ?? 0, 'sourceKey');
  putU32(d, t + 32, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 48, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 44, m.permissions ?? 0, 'permissions');
  putU8(d, t + 49, m.overwrite ?? 0, 'overwrite');
  let p = t + 52;
  d.setUint32(t + 28, p - t - 28, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 36, p - t - 36, true);
  p = putText(b, d, p, m.kdf, 4096, 'kdf');
  d.setUint32(t + 40, p - t - 40, true);
  p = writeParameterList(b, d, p, m.kdfParameters, 32, 'kdfParameters');
  return p;
}

export function encodeDeriveKeyRequest(b: Uint8Array, d: DataView, at: number, m: DeriveKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00320018, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x001c0014, true);
  d.setUint32(at + 16, 0x00240020, true);
  d.setUint32(at + 20, 0x00300028, true);
  d.setUint32(at + 24, 0x0031002c, true);
  refillOwn();
  return fits(b, writeDeriveKeyRequest(b, d, at + 28, at + 4, m));
}

function readDeriveKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): DeriveKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let sourceKey = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      sourceKey = getU64(d, t + o);
    }
  }
  let algorithm = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let keyLength = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let kdf = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdf = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let kdfParameters: readonly Parameter[] = [];
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdfParameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let hasPermissions = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let overwrite = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    sourceKey,
    algorithm,
    keyLength,
    kdf,
    kdfParameters,
    hasPermissions,
    permissions,
    overwrite,
  };
}

export function decodeDeriveKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): DeriveKeyRequest {
  refill();
  return readDeriveKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface DeriveKeyResponse {
  readonly key: Resource | undefined;
}

export interface DeriveKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeDeriveKeyResponse(m: DeriveKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureDeriveKeyResponse(m: DeriveKeyResponseInput): number {
  return 12 + sizeDeriveKeyResponse(m);
}

function writeDeriveKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: DeriveKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeDeriveKeyResponse(b: Uint8Array, d: DataView, at: number, m: DeriveKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeDeriveKeyResponse(b, d, at + 12, at + 4, m));
}

function readDeriveKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): DeriveKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeDeriveKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): DeriveKeyResponse {
  return readDeriveKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface AgreeKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly privateKey: number;
  readonly peerPublicKey: Uint8Array;
  readonly peerFormat: number;
  readonly agreement: string;
  readonly algorithm: string;
  readonly keyLength: number;
  readonly kdf: string;
  readonly kdfParameters: readonly Parameter[];
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly overwrite: number;
}

export interface AgreeKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly privateKey?: number | undefined;
  readonly peerPublicKey?: Uint8Array | undefined;
  readonly peerFormat?: number | undefined;
  readonly agreement?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly keyLength?: number | undefined;
  readonly kdf?: string | undefined;
  readonly kdfParameters?: readonly ParameterInput[] | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly overwrite?: number | undefined;
}

function sizeAgreeKeyRequest(m: AgreeKeyRequestInput): number {
  return (
    60 +
    (m.peerPublicKey === undefined ? 4 : m.peerPublicKey.length + 7) +
    (m.agreement === undefined ? 8 : 3 * m.agreement.length + 8) +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.kdf === undefined ? 8 : 3 * m.kdf.length + 8) +
    (m.kdfParameters === undefined ? 16 : sizeParameterList(m.kdfParameters))
  );
}

export function measureAgreeKeyRequest(m: AgreeKeyRequestInput): number {
  return 36 + sizeAgreeKeyRequest(m);
}

function writeAgreeKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: AgreeKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 56, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU64(d, t + 20, m.privateKey ?? 0, 'privateKey');
  putU8(d, t + 56, m.peerFormat ?? 0, 'peerFormat');
  putU32(d, t + 40, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 57, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 52, m.permissions ?? 0, 'permissions');
  putU8(d, t + 58, m.overwrite ?? 0, 'overwrite');
  let p = t + 60;
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.peerPublicKey, 65536, 'peerPublicKey');
  d.setUint32(t + 32, p - t - 32, true);
  p = putText(b, d, p, m.agreement, 4096, 'agreement');
  d.setUint32(t + 36, p - t - 36, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 44, p - t - 44, true);
  p = putText(b, d, p, m.kdf, 4096, 'kdf');
  d.setUint32(t + 48, p - t - 48, true);
  p = writeParameterList(b, d, p, m.kdfParameters, 32, 'kdfParameters');
  return p;
}

export function encodeAgreeKeyRequest(b: Uint8Array, d: DataView, at: number, m: AgreeKeyRequestInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x003b001e, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x001c0014, true);
  d.setUint32(at + 16, 0x00200038, true);
  d.setUint32(at + 20, 0x00280024, true);
  d.setUint32(at + 24, 0x0030002c, true);
  d.setUint32(at + 28, 0x00340039, true);
  d.setUint32(at + 32, 0x0000003a, true);
  refillOwn();
  return fits(b, writeAgreeKeyRequest(b, d, at + 36, at + 4, m));
}

function readAgreeKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): AgreeKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let privateKey = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      privateKey = getU64(d, t + o);
    }
  }
  let peerPublicKey: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      peerPublicKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let peerFormat = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      peerFormat = d.getUint8(t + o);
    }
  }
  let agreement = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      agreement = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let algorithm = '';
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let keyLength = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let kdf = '';
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdf = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let kdfParameters: readonly Parameter[] = [];
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdfParameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let hasPermissions = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let overwrite = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    privateKey,
    peerPublicKey,
    peerFormat,
    agreement,
    algorithm,
    keyLength,
    kdf,
    kdfParameters,
    hasPermissions,
    permissions,
    overwrite,
  };
}

export function decodeAgreeKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): AgreeKeyRequest {
  refill();
  return readAgreeKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface AgreeKeyResponse {
  readonly key: Resource | undefined;
}

export interface AgreeKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeAgreeKeyResponse(m: AgreeKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureAgreeKeyResponse(m: AgreeKeyResponseInput): number {
  return 12 + sizeAgreeKeyResponse(m);
}

function writeAgreeKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: AgreeKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeAgreeKeyResponse(b: Uint8Array, d: DataView, at: number, m: AgreeKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeAgreeKeyResponse(b, d, at + 12, at + 4, m));
}

function readAgreeKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): AgreeKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeAgreeKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): AgreeKeyResponse {
  return readAgreeKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface EncapsulateKeyRequest {
  readonly context: number;
  readonly publicKey: number;
  readonly publicKeyData: Uint8Array;
  readonly publicKeyFormat: number;
  readonly publicKeyAlgorithm: string;
  readonly algorithm: string;
  readonly keyLength: number;
  readonly kdf: string;
  readonly kdfParameters: readonly Parameter[];
  readonly hasPermissions: number;
  readonly permissions: number;
}

export interface EncapsulateKeyRequestInput {
  readonly context?: number | undefined;
  readonly publicKey?: number | undefined;
  readonly publicKeyData?: Uint8Array | undefined;
  readonly publicKeyFormat?: number | undefined;
  readonly publicKeyAlgorithm?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly keyLength?: number | undefined;
  readonly kdf?: string | undefined;
  readonly kdfParameters?: readonly ParameterInput[] | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
}

function sizeEncapsulateKeyRequest(m: EncapsulateKeyRequestInput): number {
  return (
    52 +
    (m.publicKeyData === undefined ? 4 : m.publicKeyData.length + 7) +
    (m.publicKeyAlgorithm === undefined ? 8 : 3 * m.publicKeyAlgorithm.length + 8) +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.kdf === undefined ? 8 : 3 * m.kdf.length + 8) +
    (m.kdfParameters === undefined ? 16 : sizeParameterList(m.kdfParameters))
  );
}

export function measureEncapsulateKeyRequest(m: EncapsulateKeyRequestInput): number {
  return 36 + sizeEncapsulateKeyRequest(m);
}

function writeEncapsulateKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: EncapsulateKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 48, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.publicKey ?? 0, 'publicKey');
  putU8(d, t + 48, m.publicKeyFormat ?? 0, 'publicKeyFormat');
  putU32(d, t + 32, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 49, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 44, m.permissions ?? 0, 'permissions');
  let p = t + 52;
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.publicKeyData, 65536, 'publicKeyData');
  d.setUint32(t + 24, p - t - 24, true);
  p = putText(b, d, p, m.publicKeyAlgorithm, 4096, 'publicKeyAlgorithm');
  d.setUint32(t + 28, p - t - 28, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 36, p - t - 36, true);
  p = putText(b, d, p, m.kdf, 4096, 'kdf');
  d.setUint32(t + 40, p - t - 40, true);
  p = writeParameterList(b, d, p, m.kdfParameters, 32, 'kdfParameters');
  return p;
}

export function encodeEncapsulateKeyRequest(b: Uint8Array, d: DataView, at: number, m: EncapsulateKeyRequestInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x0032001a, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00300014, true);
  d.setUint32(at + 16, 0x001c0018, true);
  d.setUint32(at + 20, 0x00240020, true);
  d.setUint32(at + 24, 0x00310028, true);
  d.setUint32(at + 28, 0x0000002c, true);
  d.setUint32(at + 32, 0, true);
  refillOwn();
  return fits(b, writeEncapsulateKeyRequest(b, d, at + 36, at + 4, m));
}

function readEncapsulateKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): EncapsulateKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let publicKey = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      publicKey = getU64(d, t + o);
    }
  }
  let publicKeyData: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKeyData = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let publicKeyFormat = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      publicKeyFormat = d.getUint8(t + o);
    }
  }
  let publicKeyAlgorithm = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKeyAlgorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let algorithm = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let keyLength = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let kdf = '';
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdf = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let kdfParameters: readonly Parameter[] = [];
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdfParameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let hasPermissions = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  return {
    context,
    publicKey,
    publicKeyData,
    publicKeyFormat,
    publicKeyAlgorithm,
    algorithm,
    keyLength,
    kdf,
    kdfParameters,
    hasPermissions,
    permissions,
  };
}

export function decodeEncapsulateKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): EncapsulateKeyRequest {
  refill();
  return readEncapsulateKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface EncapsulateKeyResponse {
  readonly key: Resource | undefined;
  readonly ciphertext: Uint8Array;
}

export interface EncapsulateKeyResponseInput {
  readonly key?: ResourceInput | undefined;
  readonly ciphertext?: Uint8Array | undefined;
}

function sizeEncapsulateKeyResponse(m: EncapsulateKeyResponseInput): number {
  return 12 + (m.key === undefined ? 0 : 16 + sizeResource(m.key)) + (m.ciphertext === undefined ? 4 : m.ciphertext.length + 7);
}

export function measureEncapsulateKeyResponse(m: EncapsulateKeyResponseInput): number {
  return 12 + sizeEncapsulateKeyResponse(m);
}

function writeEncapsulateKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: EncapsulateKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.ciphertext, 65536, 'ciphertext');
  return p;
}

export function encodeEncapsulateKeyResponse(b: Uint8Array, d: DataView, at: number, m: EncapsulateKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, (m.key === undefined ? 0 : 4) | 0x80000, true);
  return fits(b, writeEncapsulateKeyResponse(b, d, at + 12, at + 4, m));
}

function readEncapsulateKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): EncapsulateKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  let ciphertext: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      ciphertext = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    key,
    ciphertext,
  };
}

export function decodeEncapsulateKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): EncapsulateKeyResponse {
  return readEncapsulateKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface DecapsulateKeyRequest {
  readonly context: number;
  readonly privateKey: number;
  readonly ciphertext: Uint8Array;
  readonly algorithm: string;
  readonly keyLength: number;
  readonly kdf: string;
  readonly kdfParameters: readonly Parameter[];
  readonly hasPermissions: number;
  readonly permissions: number;
}

export interface DecapsulateKeyRequestInput {
  readonly context?: number | undefined;
  readonly privateKey?: number | undefined;
  readonly ciphertext?: Uint8Array | undefined;
  readonly algorithm?: string | undefined;
  readonly keyLength?: number | undefined;
  readonly kdf?: string | undefined;
  readonly kdfParameters?: readonly ParameterInput[] | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
}

function sizeDecapsulateKeyRequest(m: DecapsulateKeyRequestInput): number {
  return (
    48 +
    (m.ciphertext === undefined ? 4 : m.ciphertext.length + 7) +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.kdf === undefined ? 8 : 3 * m.kdf.length + 8) +
    (m.kdfParameters === undefined ? 16 : sizeParameterList(m.kdfParameters))
  );
}

export function measureDecapsulateKeyRequest(m: DecapsulateKeyRequestInput): number {
  return 28 + sizeDecapsulateKeyRequest(m);
}

function writeDecapsulateKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: DecapsulateKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 44, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.privateKey ?? 0, 'privateKey');
  putU32(d, t + 28, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 44, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 40, m.permissions ?? 0, 'permissions');
  let p = t + 48;
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.ciphertext, 65536, 'ciphertext');
  d.setUint32(t + 24, p - t - 24, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 32, p - t - 32, true);
  p = putText(b, d, p, m.kdf, 4096, 'kdf');
  d.setUint32(t + 36, p - t - 36, true);
  p = writeParameterList(b, d, p, m.kdfParameters, 32, 'kdfParameters');
  return p;
}

export function encodeDecapsulateKeyRequest(b: Uint8Array, d: DataView, at: number, m: DecapsulateKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x002d0016, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00180014, true);
  d.setUint32(at + 16, 0x0020001c, true);
  d.setUint32(at + 20, 0x002c0024, true);
  d.setUint32(at + 24, 0x00000028, true);
  refillOwn();
  return fits(b, writeDecapsulateKeyRequest(b, d, at + 28, at + 4, m));
}

function readDecapsulateKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): DecapsulateKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let privateKey = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      privateKey = getU64(d, t + o);
    }
  }
  let ciphertext: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      ciphertext = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let algorithm = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let keyLength = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let kdf = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdf = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let kdfParameters: readonly Parameter[] = [];
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      kdfParameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let hasPermissions = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  return {
    context,
    privateKey,
    ciphertext,
    algorithm,
    keyLength,
    kdf,
    kdfParameters,
    hasPermissions,
    permissions,
  };
}

export function decodeDecapsulateKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): DecapsulateKeyRequest {
  refill();
  return readDecapsulateKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface DecapsulateKeyResponse {
  readonly key: Resource | undefined;
}

export interface DecapsulateKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeDecapsulateKeyResponse(m: DecapsulateKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureDecapsulateKeyResponse(m: DecapsulateKeyResponseInput): number {
  return 12 + sizeDecapsulateKeyResponse(m);
}

function writeDecapsulateKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: DecapsulateKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeDecapsulateKeyResponse(b: Uint8Array, d: DataView, at: number, m: DecapsulateKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeDecapsulateKeyResponse(b, d, at + 12, at + 4, m));
}

function readDecapsulateKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): DecapsulateKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeDecapsulateKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): DecapsulateKeyResponse {
  return readDecapsulateKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface WrapKeyRequest {
  readonly key: number;
  readonly wrappingKey: number;
  readonly algorithm: string;
  readonly iv: Uint8Array;
  readonly hasIv: number;
  readonly aad: Uint8Array;
  readonly parameters: readonly Parameter[];
  readonly sizeOnly: number;
}

export interface WrapKeyRequestInput {
  readonly key?: number | undefined;
  readonly wrappingKey?: number | undefined;
  readonly algorithm?: string | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly hasIv?: number | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  readonly sizeOnly?: number | undefined;
}

function sizeWrapKeyRequest(m: WrapKeyRequestInput): number {
  return (
    40 +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.parameters === undefined ? 16 : sizeParameterList(m.parameters))
  );
}

export function measureWrapKeyRequest(m: WrapKeyRequestInput): number {
  return 28 + sizeWrapKeyRequest(m);
}

function writeWrapKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: WrapKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 36, 0, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU64(d, t + 12, m.wrappingKey ?? 0, 'wrappingKey');
  putU8(d, t + 36, m.hasIv ?? 0, 'hasIv');
  putU8(d, t + 37, m.sizeOnly ?? 0, 'sizeOnly');
  let p = t + 40;
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 24, p - t - 24, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.aad, 65536, 'aad');
  d.setUint32(t + 32, p - t - 32, true);
  p = writeParameterList(b, d, p, m.parameters, 32, 'parameters');
  return p;
}

export function encodeWrapKeyRequest(b: Uint8Array, d: DataView, at: number, m: WrapKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00260014, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00180014, true);
  d.setUint32(at + 16, 0x001c0024, true);
  d.setUint32(at + 20, 0x00250020, true);
  d.setUint32(at + 24, 0, true);
  refillOwn();
  return fits(b, writeWrapKeyRequest(b, d, at + 28, at + 4, m));
}

function readWrapKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): WrapKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  let wrappingKey = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      wrappingKey = getU64(d, t + o);
    }
  }
  let algorithm = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let hasIv = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasIv = d.getUint8(t + o);
    }
  }
  let aad: Uint8Array = noBytes;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aad = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let parameters: readonly Parameter[] = [];
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      parameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let sizeOnly = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      sizeOnly = d.getUint8(t + o);
    }
  }
  return {
    key,
    wrappingKey,
    algorithm,
    iv,
    hasIv,
    aad,
    parameters,
    sizeOnly,
  };
}

export function decodeWrapKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): WrapKeyRequest {
  refill();
  return readWrapKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface WrapKeyResponse {
  readonly data: Uint8Array;
  readonly size: number;
}

export interface WrapKeyResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly size?: number | undefined;
}

function sizeWrapKeyResponse(m: WrapKeyResponseInput): number {
  return 12 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureWrapKeyResponse(m: WrapKeyResponseInput): number {
  return 12 + sizeWrapKeyResponse(m);
}

function writeWrapKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: WrapKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 8, m.size ?? 0, 'size');
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 131072, 'data');
  return p;
}

export function encodeWrapKeyResponse(b: Uint8Array, d: DataView, at: number, m: WrapKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeWrapKeyResponse(b, d, at + 12, at + 4, m));
}

function readWrapKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): WrapKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let data: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 131072);
    }
  }
  let size = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      size = d.getUint32(t + o, true);
    }
  }
  return {
    data,
    size,
  };
}

export function decodeWrapKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): WrapKeyResponse {
  return readWrapKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface UnwrapKeyRequest {
  readonly context: number;
  readonly slot: number;
  readonly wrappingKey: number;
  readonly wrappedData: Uint8Array;
  readonly wrappingAlgorithm: string;
  readonly algorithm: string;
  readonly iv: Uint8Array;
  readonly hasIv: number;
  readonly aad: Uint8Array;
  readonly parameters: readonly Parameter[];
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly overwrite: number;
}

export interface UnwrapKeyRequestInput {
  readonly context?: number | undefined;
  readonly slot?: number | undefined;
  readonly wrappingKey?: number | undefined;
  readonly wrappedData?: Uint8Array | undefined;
  readonly wrappingAlgorithm?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly hasIv?: number | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  readonly hasPermissions?: number | undefined;
  readonly permissions?: number | undefined;
  readonly overwrite?: number | undefined;
}

function sizeUnwrapKeyRequest(m: UnwrapKeyRequestInput): number {
  return (
    60 +
    (m.wrappedData === undefined ? 4 : m.wrappedData.length + 7) +
    (m.wrappingAlgorithm === undefined ? 8 : 3 * m.wrappingAlgorithm.length + 8) +
    (m.algorithm === undefined ? 8 : 3 * m.algorithm.length + 8) +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.parameters === undefined ? 16 : sizeParameterList(m.parameters))
  );
}

export function measureUnwrapKeyRequest(m: UnwrapKeyRequestInput): number {
  return 36 + sizeUnwrapKeyRequest(m);
}

function writeUnwrapKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: UnwrapKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 56, 0, true);
  putU64(d, t + 4, m.context ?? 0, 'context');
  putU64(d, t + 12, m.slot ?? 0, 'slot');
  putU64(d, t + 20, m.wrappingKey ?? 0, 'wrappingKey');
  putU8(d, t + 56, m.hasIv ?? 0, 'hasIv');
  putU8(d, t + 57, m.hasPermissions ?? 0, 'hasPermissions');
  putU32(d, t + 52, m.permissions ?? 0, 'permissions');
  putU8(d, t + 58, m.overwrite ?? 0, 'overwrite');
  let p = t + 60;
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.wrappedData, 131072, 'wrappedData');
  d.setUint32(t + 32, p - t - 32, true);
  p = putText(b, d, p, m.wrappingAlgorithm, 4096, 'wrappingAlgorithm');
  d.setUint32(t + 36, p - t - 36, true);
  p = putText(b, d, p, m.algorithm, 4096, 'algorithm');
  d.setUint32(t + 40, p - t - 40, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 44, p - t - 44, true);
  p = putBytes(b, d, p, m.aad, 65536, 'aad');
  d.setUint32(t + 48, p - t - 48, true);
  p = writeParameterList(b, d, p, m.parameters, 32, 'parameters');
  return p;
}

export function encodeUnwrapKeyRequest(b: Uint8Array, d: DataView, at: number, m: UnwrapKeyRequestInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x003b001e, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x001c0014, true);
  d.setUint32(at + 16, 0x00240020, true);
  d.setUint32(at + 20, 0x00380028, true);
  d.setUint32(at + 24, 0x0030002c, true);
  d.setUint32(at + 28, 0x00340039, true);
  d.setUint32(at + 32, 0x0000003a, true);
  refillOwn();
  return fits(b, writeUnwrapKeyRequest(b, d, at + 36, at + 4, m));
}

function readUnwrapKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): UnwrapKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let context = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      context = getU64(d, t + o);
    }
  }
  let slot = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      slot = getU64(d, t + o);
    }
  }
  let wrappingKey = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      wrappingKey = getU64(d, t + o);
    }
  }
  let wrappedData: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      wrappedData = getBytes(b, d, e, follow(d, s, e, t + o), 131072);
    }
  }
  let wrappingAlgorithm = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      wrappingAlgorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let algorithm = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      algorithm = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let iv: Uint8Array = noBytes;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      iv = getBytes(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let hasIv = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasIv = d.getUint8(t + o);
    }
  }
  let aad: Uint8Array = noBytes;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      aad = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let parameters: readonly Parameter[] = [];
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      parameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let hasPermissions = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPermissions = d.getUint8(t + o);
    }
  }
  let permissions = 0;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let overwrite = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      overwrite = d.getUint8(t + o);
    }
  }
  return {
    context,
    slot,
    wrappingKey,
    wrappedData,
    wrappingAlgorithm,
    algorithm,
    iv,
    hasIv,
    aad,
    parameters,
    hasPermissions,
    permissions,
    overwrite,
  };
}

export function decodeUnwrapKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): UnwrapKeyRequest {
  refill();
  return readUnwrapKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface UnwrapKeyResponse {
  readonly key: Resource | undefined;
}

export interface UnwrapKeyResponseInput {
  readonly key?: ResourceInput | undefined;
}

function sizeUnwrapKeyResponse(m: UnwrapKeyResponseInput): number {
  return 8 + (m.key === undefined ? 0 : 16 + sizeResource(m.key));
}

export function measureUnwrapKeyResponse(m: UnwrapKeyResponseInput): number {
  return 12 + sizeUnwrapKeyResponse(m);
}

function writeUnwrapKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: UnwrapKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  if (m.key === undefined) d.setUint32(t + 4, 0, true);
  else p = startResource(b, d, t + 4, p, m.key);
  return p;
}

export function encodeUnwrapKeyResponse(b: Uint8Array, d: DataView, at: number, m: UnwrapKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, m.key === undefined ? 0 : 4, true);
  return fits(b, writeUnwrapKeyResponse(b, d, at + 12, at + 4, m));
}

function readUnwrapKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): UnwrapKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let key: Resource | undefined;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      key = readResource(b, d, s, e, follow(d, s, e, t + o));
    }
  }
  return {
    key,
  };
}

export function decodeUnwrapKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): UnwrapKeyResponse {
  return readUnwrapKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

/** The messages of each operation. */
export interface Messages {
  readonly hello: {
    readonly request: HelloRequest;
    readonly requestInput: HelloRequestInput;
    readonly response: HelloResponse;
    readonly responseInput: HelloResponseInput;
  };
  readonly cancel: {
    readonly request: CancelRequest;
    readonly requestInput: CancelRequestInput;
    readonly response: CancelResponse;
    readonly responseInput: CancelResponseInput;
  };
  readonly health: {
    readonly request: HealthRequest;
    readonly requestInput: HealthRequestInput;
    readonly response: HealthResponse;
    readonly responseInput: HealthResponseInput;
  };
  readonly resolveResource: {
    readonly request: ResolveResourceRequest;
    readonly requestInput: ResolveResourceRequestInput;
    readonly response: ResolveResourceResponse;
    readonly responseInput: ResolveResourceResponseInput;
  };
  readonly listResources: {
    readonly request: ListResourcesRequest;
    readonly requestInput: ListResourcesRequestInput;
    readonly response: ListResourcesResponse;
    readonly responseInput: ListResourcesResponseInput;
  };
  readonly getProviderInfo: {
    readonly request: GetProviderInfoRequest;
    readonly requestInput: GetProviderInfoRequestInput;
    readonly response: GetProviderInfoResponse;
    readonly responseInput: GetProviderInfoResponseInput;
  };
  readonly queryCapabilities: {
    readonly request: QueryCapabilitiesRequest;
    readonly requestInput: QueryCapabilitiesRequestInput;
    readonly response: QueryCapabilitiesResponse;
    readonly responseInput: QueryCapabilitiesResponseInput;
  };
  readonly createContext: {
    readonly request: CreateContextRequest;
    readonly requestInput: CreateContextRequestInput;
    readonly response: CreateContextResponse;
    readonly responseInput: CreateContextResponseInput;
  };
  readonly closeContext: {
    readonly request: CloseContextRequest;
    readonly requestInput: CloseContextRequestInput;
    readonly response: CloseContextResponse;
    readonly responseInput: CloseContextResponseInput;
  };
  readonly resetContext: {
    readonly request: ResetContextRequest;
    readonly requestInput: ResetContextRequestInput;
    readonly response: ResetContextResponse;
    readonly responseInput: ResetContextResponseInput;
  };
  readonly init: {
    readonly request: InitRequest;
    readonly requestInput: InitRequestInput;
    readonly response: InitResponse;
    readonly responseInput: InitResponseInput;
  };
  readonly updateAad: {
    readonly request: UpdateAadRequest;
    readonly requestInput: UpdateAadRequestInput;
    readonly response: UpdateAadResponse;
    readonly responseInput: UpdateAadResponseInput;
  };
  readonly update: {
    readonly request: UpdateRequest;
    readonly requestInput: UpdateRequestInput;
    readonly response: UpdateResponse;
    readonly responseInput: UpdateResponseInput;
  };
  readonly finalize: {
    readonly request: FinalizeRequest;
    readonly requestInput: FinalizeRequestInput;
    readonly response: FinalizeResponse;
    readonly responseInput: FinalizeResponseInput;
  };
  readonly verifyFinalize: {
    readonly request: VerifyFinalizeRequest;
    readonly requestInput: VerifyFinalizeRequestInput;
    readonly response: VerifyFinalizeResponse;
    readonly responseInput: VerifyFinalizeResponseInput;
  };
  readonly singleShot: {
    readonly request: SingleShotRequest;
    readonly requestInput: SingleShotRequestInput;
    readonly response: SingleShotResponse;
    readonly responseInput: SingleShotResponseInput;
  };
  readonly verifySingleShot: {
    readonly request: VerifySingleShotRequest;
    readonly requestInput: VerifySingleShotRequestInput;
    readonly response: VerifySingleShotResponse;
    readonly responseInput: VerifySingleShotResponseInput;
  };
  readonly randomGenerate: {
    readonly request: RandomGenerateRequest;
    readonly requestInput: RandomGenerateRequestInput;
    readonly response: RandomGenerateResponse;
    readonly responseInput: RandomGenerateResponseInput;
  };
  readonly randomSeed: {
    readonly request: RandomSeedRequest;
    readonly requestInput: RandomSeedRequestInput;
    readonly response: RandomSeedResponse;
    readonly responseInput: RandomSeedResponseInput;
  };
  readonly generateKey: {
    readonly request: GenerateKeyRequest;
    readonly requestInput: GenerateKeyRequestInput;
    readonly response: GenerateKeyResponse;
    readonly responseInput: GenerateKeyResponseInput;
  };
  readonly importKey: {
    readonly request: ImportKeyRequest;
    readonly requestInput: ImportKeyRequestInput;
    readonly response: ImportKeyResponse;
    readonly responseInput: ImportKeyResponseInput;
  };
  readonly loadKey: {
    readonly request: LoadKeyRequest;
    readonly requestInput: LoadKeyRequestInput;
    readonly response: LoadKeyResponse;
    readonly responseInput: LoadKeyResponseInput;
  };
  readonly persistKey: {
    readonly request: PersistKeyRequest;
    readonly requestInput: PersistKeyRequestInput;
    readonly response: PersistKeyResponse;
    readonly responseInput: PersistKeyResponseInput;
  };
  readonly clearKey: {
    readonly request: ClearKeyRequest;
    readonly requestInput: ClearKeyRequestInput;
    readonly response: ClearKeyResponse;
    readonly responseInput: ClearKeyResponseInput;
  };
  readonly releaseKey: {
    readonly request: ReleaseKeyRequest;
    readonly requestInput: ReleaseKeyRequestInput;
    readonly response: ReleaseKeyResponse;
    readonly responseInput: ReleaseKeyResponseInput;
  };
  readonly getKeySlotInfo: {
    readonly request: GetKeySlotInfoRequest;
    readonly requestInput: GetKeySlotInfoRequestInput;
    readonly response: GetKeySlotInfoResponse;
    readonly responseInput: GetKeySlotInfoResponseInput;
  };
  readonly getKeyInfo: {
    readonly request: GetKeyInfoRequest;
    readonly requestInput: GetKeyInfoRequestInput;
    readonly response: GetKeyInfoResponse;
    readonly responseInput: GetKeyInfoResponseInput;
  };
  readonly getPublicKey: {
    readonly request: GetPublicKeyRequest;
    readonly requestInput: GetPublicKeyRequestInput;
    readonly response: GetPublicKeyResponse;
    readonly responseInput: GetPublicKeyResponseInput;
  };
  readonly exportKey: {
    readonly request: ExportKeyRequest;
    readonly requestInput: ExportKeyRequestInput;
    readonly response: ExportKeyResponse;
    readonly responseInput: ExportKeyResponseInput;
  };
  readonly deriveKey: {
    readonly request: DeriveKeyRequest;
    readonly requestInput: DeriveKeyRequestInput;
    readonly response: DeriveKeyResponse;
    readonly responseInput: DeriveKeyResponseInput;
  };
  readonly agreeKey: {
    readonly request: AgreeKeyRequest;
    readonly requestInput: AgreeKeyRequestInput;
    readonly response: AgreeKeyResponse;
    readonly responseInput: AgreeKeyResponseInput;
  };
  readonly encapsulateKey: {
    readonly request: EncapsulateKeyRequest;
    readonly requestInput: EncapsulateKeyRequestInput;
    readonly response: EncapsulateKeyResponse;
    readonly responseInput: EncapsulateKeyResponseInput;
  };
  readonly decapsulateKey: {
    readonly request: DecapsulateKeyRequest;
    readonly requestInput: DecapsulateKeyRequestInput;
    readonly response: DecapsulateKeyResponse;
    readonly responseInput: DecapsulateKeyResponseInput;
  };
  readonly wrapKey: {
    readonly request: WrapKeyRequest;
    readonly requestInput: WrapKeyRequestInput;
    readonly response: WrapKeyResponse;
    readonly responseInput: WrapKeyResponseInput;
  };
  readonly unwrapKey: {
    readonly request: UnwrapKeyRequest;
    readonly requestInput: UnwrapKeyRequestInput;
    readonly response: UnwrapKeyResponse;
    readonly responseInput: UnwrapKeyResponseInput;
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
  cancel: {
    name: 'cancel',
    opcode: 2,
    repeatable: true,
    measureRequest: measureCancelRequest,
    encodeRequest: encodeCancelRequest,
    decodeRequest: decodeCancelRequest,
    measureResponse: measureCancelResponse,
    encodeResponse: encodeCancelResponse,
    decodeResponse: decodeCancelResponse,
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
  resolveResource: {
    name: 'resolveResource',
    opcode: 16,
    repeatable: true,
    measureRequest: measureResolveResourceRequest,
    encodeRequest: encodeResolveResourceRequest,
    decodeRequest: decodeResolveResourceRequest,
    measureResponse: measureResolveResourceResponse,
    encodeResponse: encodeResolveResourceResponse,
    decodeResponse: decodeResolveResourceResponse,
  },
  listResources: {
    name: 'listResources',
    opcode: 17,
    repeatable: true,
    measureRequest: measureListResourcesRequest,
    encodeRequest: encodeListResourcesRequest,
    decodeRequest: decodeListResourcesRequest,
    measureResponse: measureListResourcesResponse,
    encodeResponse: encodeListResourcesResponse,
    decodeResponse: decodeListResourcesResponse,
  },
  getProviderInfo: {
    name: 'getProviderInfo',
    opcode: 18,
    repeatable: true,
    measureRequest: measureGetProviderInfoRequest,
    encodeRequest: encodeGetProviderInfoRequest,
    decodeRequest: decodeGetProviderInfoRequest,
    measureResponse: measureGetProviderInfoResponse,
    encodeResponse: encodeGetProviderInfoResponse,
    decodeResponse: decodeGetProviderInfoResponse,
  },
  queryCapabilities: {
    name: 'queryCapabilities',
    opcode: 19,
    repeatable: true,
    measureRequest: measureQueryCapabilitiesRequest,
    encodeRequest: encodeQueryCapabilitiesRequest,
    decodeRequest: decodeQueryCapabilitiesRequest,
    measureResponse: measureQueryCapabilitiesResponse,
    encodeResponse: encodeQueryCapabilitiesResponse,
    decodeResponse: decodeQueryCapabilitiesResponse,
  },
  createContext: {
    name: 'createContext',
    opcode: 32,
    repeatable: false,
    measureRequest: measureCreateContextRequest,
    encodeRequest: encodeCreateContextRequest,
    decodeRequest: decodeCreateContextRequest,
    measureResponse: measureCreateContextResponse,
    encodeResponse: encodeCreateContextResponse,
    decodeResponse: decodeCreateContextResponse,
  },
  closeContext: {
    name: 'closeContext',
    opcode: 33,
    repeatable: false,
    measureRequest: measureCloseContextRequest,
    encodeRequest: encodeCloseContextRequest,
    decodeRequest: decodeCloseContextRequest,
    measureResponse: measureCloseContextResponse,
    encodeResponse: encodeCloseContextResponse,
    decodeResponse: decodeCloseContextResponse,
  },
  resetContext: {
    name: 'resetContext',
    opcode: 34,
    repeatable: false,
    measureRequest: measureResetContextRequest,
    encodeRequest: encodeResetContextRequest,
    decodeRequest: decodeResetContextRequest,
    measureResponse: measureResetContextResponse,
    encodeResponse: encodeResetContextResponse,
    decodeResponse: decodeResetContextResponse,
  },
  init: {
    name: 'init',
    opcode: 35,
    repeatable: false,
    measureRequest: measureInitRequest,
    encodeRequest: encodeInitRequest,
    decodeRequest: decodeInitRequest,
    measureResponse: measureInitResponse,
    encodeResponse: encodeInitResponse,
    decodeResponse: decodeInitResponse,
  },
  updateAad: {
    name: 'updateAad',
    opcode: 36,
    repeatable: false,
    measureRequest: measureUpdateAadRequest,
    encodeRequest: encodeUpdateAadRequest,
    decodeRequest: decodeUpdateAadRequest,
    measureResponse: measureUpdateAadResponse,
    encodeResponse: encodeUpdateAadResponse,
    decodeResponse: decodeUpdateAadResponse,
  },
  update: {
    name: 'update',
    opcode: 37,
    repeatable: false,
    measureRequest: measureUpdateRequest,
    encodeRequest: encodeUpdateRequest,
    decodeRequest: decodeUpdateRequest,
    measureResponse: measureUpdateResponse,
    encodeResponse: encodeUpdateResponse,
    decodeResponse: decodeUpdateResponse,
  },
  finalize: {
    name: 'finalize',
    opcode: 38,
    repeatable: false,
    measureRequest: measureFinalizeRequest,
    encodeRequest: encodeFinalizeRequest,
    decodeRequest: decodeFinalizeRequest,
    measureResponse: measureFinalizeResponse,
    encodeResponse: encodeFinalizeResponse,
    decodeResponse: decodeFinalizeResponse,
  },
  verifyFinalize: {
    name: 'verifyFinalize',
    opcode: 39,
    repeatable: false,
    measureRequest: measureVerifyFinalizeRequest,
    encodeRequest: encodeVerifyFinalizeRequest,
    decodeRequest: decodeVerifyFinalizeRequest,
    measureResponse: measureVerifyFinalizeResponse,
    encodeResponse: encodeVerifyFinalizeResponse,
    decodeResponse: decodeVerifyFinalizeResponse,
  },
  singleShot: {
    name: 'singleShot',
    opcode: 40,
    repeatable: false,
    measureRequest: measureSingleShotRequest,
    encodeRequest: encodeSingleShotRequest,
    decodeRequest: decodeSingleShotRequest,
    measureResponse: measureSingleShotResponse,
    encodeResponse: encodeSingleShotResponse,
    decodeResponse: decodeSingleShotResponse,
  },
  verifySingleShot: {
    name: 'verifySingleShot',
    opcode: 41,
    repeatable: false,
    measureRequest: measureVerifySingleShotRequest,
    encodeRequest: encodeVerifySingleShotRequest,
    decodeRequest: decodeVerifySingleShotRequest,
    measureResponse: measureVerifySingleShotResponse,
    encodeResponse: encodeVerifySingleShotResponse,
    decodeResponse: decodeVerifySingleShotResponse,
  },
  randomGenerate: {
    name: 'randomGenerate',
    opcode: 42,
    repeatable: true,
    measureRequest: measureRandomGenerateRequest,
    encodeRequest: encodeRandomGenerateRequest,
    decodeRequest: decodeRandomGenerateRequest,
    measureResponse: measureRandomGenerateResponse,
    encodeResponse: encodeRandomGenerateResponse,
    decodeResponse: decodeRandomGenerateResponse,
  },
  randomSeed: {
    name: 'randomSeed',
    opcode: 43,
    repeatable: true,
    measureRequest: measureRandomSeedRequest,
    encodeRequest: encodeRandomSeedRequest,
    decodeRequest: decodeRandomSeedRequest,
    measureResponse: measureRandomSeedResponse,
    encodeResponse: encodeRandomSeedResponse,
    decodeResponse: decodeRandomSeedResponse,
  },
  generateKey: {
    name: 'generateKey',
    opcode: 64,
    repeatable: false,
    measureRequest: measureGenerateKeyRequest,
    encodeRequest: encodeGenerateKeyRequest,
    decodeRequest: decodeGenerateKeyRequest,
    measureResponse: measureGenerateKeyResponse,
    encodeResponse: encodeGenerateKeyResponse,
    decodeResponse: decodeGenerateKeyResponse,
  },
  importKey: {
    name: 'importKey',
    opcode: 65,
    repeatable: false,
    measureRequest: measureImportKeyRequest,
    encodeRequest: encodeImportKeyRequest,
    decodeRequest: decodeImportKeyRequest,
    measureResponse: measureImportKeyResponse,
    encodeResponse: encodeImportKeyResponse,
    decodeResponse: decodeImportKeyResponse,
  },
  loadKey: {
    name: 'loadKey',
    opcode: 66,
    repeatable: false,
    measureRequest: measureLoadKeyRequest,
    encodeRequest: encodeLoadKeyRequest,
    decodeRequest: decodeLoadKeyRequest,
    measureResponse: measureLoadKeyResponse,
    encodeResponse: encodeLoadKeyResponse,
    decodeResponse: decodeLoadKeyResponse,
  },
  persistKey: {
    name: 'persistKey',
    opcode: 67,
    repeatable: false,
    measureRequest: measurePersistKeyRequest,
    encodeRequest: encodePersistKeyRequest,
    decodeRequest: decodePersistKeyRequest,
    measureResponse: measurePersistKeyResponse,
    encodeResponse: encodePersistKeyResponse,
    decodeResponse: decodePersistKeyResponse,
  },
  clearKey: {
    name: 'clearKey',
    opcode: 68,
    repeatable: false,
    measureRequest: measureClearKeyRequest,
    encodeRequest: encodeClearKeyRequest,
    decodeRequest: decodeClearKeyRequest,
    measureResponse: measureClearKeyResponse,
    encodeResponse: encodeClearKeyResponse,
    decodeResponse: decodeClearKeyResponse,
  },
  releaseKey: {
    name: 'releaseKey',
    opcode: 69,
    repeatable: false,
    measureRequest: measureReleaseKeyRequest,
    encodeRequest: encodeReleaseKeyRequest,
    decodeRequest: decodeReleaseKeyRequest,
    measureResponse: measureReleaseKeyResponse,
    encodeResponse: encodeReleaseKeyResponse,
    decodeResponse: decodeReleaseKeyResponse,
  },
  getKeySlotInfo: {
    name: 'getKeySlotInfo',
    opcode: 70,
    repeatable: true,
    measureRequest: measureGetKeySlotInfoRequest,
    encodeRequest: encodeGetKeySlotInfoRequest,
    decodeRequest: decodeGetKeySlotInfoRequest,
    measureResponse: measureGetKeySlotInfoResponse,
    encodeResponse: encodeGetKeySlotInfoResponse,
    decodeResponse: decodeGetKeySlotInfoResponse,
  },
  getKeyInfo: {
    name: 'getKeyInfo',
    opcode: 71,
    repeatable: true,
    measureRequest: measureGetKeyInfoRequest,
    encodeRequest: encodeGetKeyInfoRequest,
    decodeRequest: decodeGetKeyInfoRequest,
    measureResponse: measureGetKeyInfoResponse,
    encodeResponse: encodeGetKeyInfoResponse,
    decodeResponse: decodeGetKeyInfoResponse,
  },
  getPublicKey: {
    name: 'getPublicKey',
    opcode: 72,
    repeatable: false,
    measureRequest: measureGetPublicKeyRequest,
    encodeRequest: encodeGetPublicKeyRequest,
    decodeRequest: decodeGetPublicKeyRequest,
    measureResponse: measureGetPublicKeyResponse,
    encodeResponse: encodeGetPublicKeyResponse,
    decodeResponse: decodeGetPublicKeyResponse,
  },
  exportKey: {
    name: 'exportKey',
    opcode: 73,
    repeatable: true,
    measureRequest: measureExportKeyRequest,
    encodeRequest: encodeExportKeyRequest,
    decodeRequest: decodeExportKeyRequest,
    measureResponse: measureExportKeyResponse,
    encodeResponse: encodeExportKeyResponse,
    decodeResponse: decodeExportKeyResponse,
  },
  deriveKey: {
    name: 'deriveKey',
    opcode: 74,
    repeatable: false,
    measureRequest: measureDeriveKeyRequest,
    encodeRequest: encodeDeriveKeyRequest,
    decodeRequest: decodeDeriveKeyRequest,
    measureResponse: measureDeriveKeyResponse,
    encodeResponse: encodeDeriveKeyResponse,
    decodeResponse: decodeDeriveKeyResponse,
  },
  agreeKey: {
    name: 'agreeKey',
    opcode: 75,
    repeatable: false,
    measureRequest: measureAgreeKeyRequest,
    encodeRequest: encodeAgreeKeyRequest,
    decodeRequest: decodeAgreeKeyRequest,
    measureResponse: measureAgreeKeyResponse,
    encodeResponse: encodeAgreeKeyResponse,
    decodeResponse: decodeAgreeKeyResponse,
  },
  encapsulateKey: {
    name: 'encapsulateKey',
    opcode: 76,
    repeatable: false,
    measureRequest: measureEncapsulateKeyRequest,
    encodeRequest: encodeEncapsulateKeyRequest,
    decodeRequest: decodeEncapsulateKeyRequest,
    measureResponse: measureEncapsulateKeyResponse,
    encodeResponse: encodeEncapsulateKeyResponse,
    decodeResponse: decodeEncapsulateKeyResponse,
  },
  decapsulateKey: {
    name: 'decapsulateKey',
    opcode: 77,
    repeatable: false,
    measureRequest: measureDecapsulateKeyRequest,
    encodeRequest: encodeDecapsulateKeyRequest,
    decodeRequest: decodeDecapsulateKeyRequest,
    measureResponse: measureDecapsulateKeyResponse,
    encodeResponse: encodeDecapsulateKeyResponse,
    decodeResponse: decodeDecapsulateKeyResponse,
  },
  wrapKey: {
    name: 'wrapKey',
    opcode: 78,
    repeatable: true,
    measureRequest: measureWrapKeyRequest,
    encodeRequest: encodeWrapKeyRequest,
    decodeRequest: decodeWrapKeyRequest,
    measureResponse: measureWrapKeyResponse,
    encodeResponse: encodeWrapKeyResponse,
    decodeResponse: decodeWrapKeyResponse,
  },
  unwrapKey: {
    name: 'unwrapKey',
    opcode: 79,
    repeatable: false,
    measureRequest: measureUnwrapKeyRequest,
    encodeRequest: encodeUnwrapKeyRequest,
    decodeRequest: decodeUnwrapKeyRequest,
    measureResponse: measureUnwrapKeyResponse,
    encodeResponse: encodeUnwrapKeyResponse,
    decodeResponse: decodeUnwrapKeyResponse,
  },
};

/** Codecs by number on the wire. */
export const messages: { readonly [opcode: number]: OperationCodec<keyof Messages> | undefined } = {
  1: operations.hello,
  2: operations.cancel,
  3: operations.health,
  16: operations.resolveResource,
  17: operations.listResources,
  18: operations.getProviderInfo,
  19: operations.queryCapabilities,
  32: operations.createContext,
  33: operations.closeContext,
  34: operations.resetContext,
  35: operations.init,
  36: operations.updateAad,
  37: operations.update,
  38: operations.finalize,
  39: operations.verifyFinalize,
  40: operations.singleShot,
  41: operations.verifySingleShot,
  42: operations.randomGenerate,
  43: operations.randomSeed,
  64: operations.generateKey,
  65: operations.importKey,
  66: operations.loadKey,
  67: operations.persistKey,
  68: operations.clearKey,
  69: operations.releaseKey,
  70: operations.getKeySlotInfo,
  71: operations.getKeyInfo,
  72: operations.getPublicKey,
  73: operations.exportKey,
  74: operations.deriveKey,
  75: operations.agreeKey,
  76: operations.encapsulateKey,
  77: operations.decapsulateKey,
  78: operations.wrapKey,
  79: operations.unwrapKey,
};
