// Generated from the table of operations by `npm run generate`. Do not edit.
import { bad } from '../../../protocol/body-errors.js';
import { follow, getBytes, getCount, getText, getU64, noBytes, refill, rootOf, vtableOf } from '../../../protocol/body-reader.js';
import { fits, putBytes, putCount, putText, putU8, putU16, putU32, putU64, refillOwn } from '../../../protocol/body-writer.js';
import type { OperationCodec } from '../../../protocol/operation-codec.js';

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

export interface Mechanism {
  readonly type: number;
  readonly minKeySize: number;
  readonly maxKeySize: number;
  readonly flags: number;
}

export interface MechanismInput {
  readonly type?: number | undefined;
  readonly minKeySize?: number | undefined;
  readonly maxKeySize?: number | undefined;
  readonly flags?: number | undefined;
}

function sizeMechanism(_m: MechanismInput): number {
  return 20;
}

function sizeMechanismList(items: readonly MechanismInput[]): number {
  let size = 16;
  for (const item of items) size += 4 + sizeMechanism(item);
  return size;
}

function writeMechanism(_b: Uint8Array, d: DataView, t: number, vt: number, m: MechanismInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.type ?? 0, 'type');
  putU32(d, t + 8, m.minKeySize ?? 0, 'minKeySize');
  putU32(d, t + 12, m.maxKeySize ?? 0, 'maxKeySize');
  putU32(d, t + 16, m.flags ?? 0, 'flags');
  return t + 20;
}

function writeMechanismList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly MechanismInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x0014000c, true);
  d.setUint32(vt + 4, 0x00080004, true);
  d.setUint32(vt + 8, 0x0010000c, true);
  let end = vt + 12;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeMechanism(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readMechanism(_b: Uint8Array, d: DataView, s: number, e: number, t: number): Mechanism {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let type = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      type = d.getUint32(t + o, true);
    }
  }
  let minKeySize = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      minKeySize = d.getUint32(t + o, true);
    }
  }
  let maxKeySize = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      maxKeySize = d.getUint32(t + o, true);
    }
  }
  let flags = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      flags = d.getUint32(t + o, true);
    }
  }
  return {
    type,
    minKeySize,
    maxKeySize,
    flags,
  };
}

function readMechanismList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): Mechanism[] {
  const n = getCount(d, e, p, 4, max);
  const items: Mechanism[] = [];
  for (let i = 0; i < n; i++) items.push(readMechanism(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}

export interface StoredObject {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
  readonly id: Uint8Array;
  readonly permissions: number;
}

export interface StoredObjectInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
  readonly id?: Uint8Array | undefined;
  readonly permissions?: number | undefined;
}

function sizeStoredObject(m: StoredObjectInput): number {
  return 28 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8) + (m.id === undefined ? 4 : m.id.length + 7);
}

function sizeStoredObjectList(items: readonly StoredObjectInput[]): number {
  let size = 24;
  for (const item of items) size += 4 + sizeStoredObject(item);
  return size;
}

function writeStoredObject(b: Uint8Array, d: DataView, t: number, vt: number, m: StoredObjectInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 24, 0, true);
  putU8(d, t + 24, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 25, m.hasPublic ?? 0, 'hasPublic');
  putU32(d, t + 20, m.permissions ?? 0, 'permissions');
  let p = t + 28;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.id, 256, 'id');
  return p;
}

function writeStoredObjectList(
  b: Uint8Array,
  d: DataView,
  p: number,
  items: readonly StoredObjectInput[] | undefined,
  max: number,
  field: string,
): number {
  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);
  const vt = p + 4 + 4 * n;
  d.setUint32(vt, 0x001a0012, true);
  d.setUint32(vt + 4, 0x00040018, true);
  d.setUint32(vt + 8, 0x000c0008, true);
  d.setUint32(vt + 12, 0x00100019, true);
  d.setUint32(vt + 16, 0x00000014, true);
  let end = vt + 20;
  let from = p + 4;
  for (const item of items ?? []) {
    const t = end;
    d.setUint32(from, t - from, true);
    end = writeStoredObject(b, d, t, vt, item);
    from += 4;
  }
  return end;
}

function readStoredObject(b: Uint8Array, d: DataView, s: number, e: number, t: number): StoredObject {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  let id: Uint8Array = noBytes;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      id = getBytes(b, d, e, follow(d, s, e, t + o), 256);
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
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
    id,
    permissions,
  };
}

function readStoredObjectList(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): StoredObject[] {
  const n = getCount(d, e, p, 4, max);
  const items: StoredObject[] = [];
  for (let i = 0; i < n; i++) items.push(readStoredObject(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
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
  readonly build: string;
  readonly module: string;
  readonly token: string;
  readonly sessions: number;
  readonly streamTimeout: number;
}

export interface HelloRequestInput {
  readonly build?: string | undefined;
  readonly module?: string | undefined;
  readonly token?: string | undefined;
  readonly sessions?: number | undefined;
  readonly streamTimeout?: number | undefined;
}

function sizeHelloRequest(m: HelloRequestInput): number {
  return (
    24 +
    (m.build === undefined ? 8 : 3 * m.build.length + 8) +
    (m.module === undefined ? 8 : 3 * m.module.length + 8) +
    (m.token === undefined ? 8 : 3 * m.token.length + 8)
  );
}

export function measureHelloRequest(m: HelloRequestInput): number {
  return 20 + sizeHelloRequest(m);
}

function writeHelloRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: HelloRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU16(d, t + 20, m.sessions ?? 0, 'sessions');
  putU32(d, t + 16, m.streamTimeout ?? 0, 'streamTimeout');
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.build, 64, 'build');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.module, 4096, 'module');
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.token, 1024, 'token');
  return p;
}

export function encodeHelloRequest(b: Uint8Array, d: DataView, at: number, m: HelloRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0016000e, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0014000c, true);
  d.setUint32(at + 16, 0x00000010, true);
  return fits(b, writeHelloRequest(b, d, at + 20, at + 4, m));
}

function readHelloRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): HelloRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let build = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      build = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let module = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      module = getText(b, d, e, follow(d, s, e, t + o), 4096);
    }
  }
  let token = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      token = getText(b, d, e, follow(d, s, e, t + o), 1024);
    }
  }
  let sessions = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      sessions = d.getUint16(t + o, true);
    }
  }
  let streamTimeout = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      streamTimeout = d.getUint32(t + o, true);
    }
  }
  return {
    build,
    module,
    token,
    sessions,
    streamTimeout,
  };
}

export function decodeHelloRequest(b: Uint8Array, d: DataView, start: number, end: number): HelloRequest {
  return readHelloRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface HelloResponse {
  readonly build: string;
  readonly label: string;
  readonly serial: string;
  readonly model: string;
  readonly manufacturer: string;
  readonly library: string;
  readonly mechanisms: readonly Mechanism[];
}

export interface HelloResponseInput {
  readonly build?: string | undefined;
  readonly label?: string | undefined;
  readonly serial?: string | undefined;
  readonly model?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly library?: string | undefined;
  readonly mechanisms?: readonly MechanismInput[] | undefined;
}

function sizeHelloResponse(m: HelloResponseInput): number {
  return (
    32 +
    (m.build === undefined ? 8 : 3 * m.build.length + 8) +
    (m.label === undefined ? 8 : 3 * m.label.length + 8) +
    (m.serial === undefined ? 8 : 3 * m.serial.length + 8) +
    (m.model === undefined ? 8 : 3 * m.model.length + 8) +
    (m.manufacturer === undefined ? 8 : 3 * m.manufacturer.length + 8) +
    (m.library === undefined ? 8 : 3 * m.library.length + 8) +
    (m.mechanisms === undefined ? 16 : sizeMechanismList(m.mechanisms))
  );
}

export function measureHelloResponse(m: HelloResponseInput): number {
  return 24 + sizeHelloResponse(m);
}

function writeHelloResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: HelloResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 32;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.build, 64, 'build');
  d.setUint32(t + 8, p - t - 8, true);
  p = putText(b, d, p, m.label, 128, 'label');
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.serial, 64, 'serial');
  d.setUint32(t + 16, p - t - 16, true);
  p = putText(b, d, p, m.model, 64, 'model');
  d.setUint32(t + 20, p - t - 20, true);
  p = putText(b, d, p, m.manufacturer, 128, 'manufacturer');
  d.setUint32(t + 24, p - t - 24, true);
  p = putText(b, d, p, m.library, 256, 'library');
  d.setUint32(t + 28, p - t - 28, true);
  p = writeMechanismList(b, d, p, m.mechanisms, 1024, 'mechanisms');
  return p;
}

export function encodeHelloResponse(b: Uint8Array, d: DataView, at: number, m: HelloResponseInput): number {
  d.setUint32(at, 24, true);
  d.setUint32(at + 4, 0x00200012, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x00180014, true);
  d.setUint32(at + 20, 0x0000001c, true);
  refillOwn();
  return fits(b, writeHelloResponse(b, d, at + 24, at + 4, m));
}

function readHelloResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): HelloResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let build = '';
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      build = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let label = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getText(b, d, e, follow(d, s, e, t + o), 128);
    }
  }
  let serial = '';
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      serial = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let model = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      model = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let manufacturer = '';
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      manufacturer = getText(b, d, e, follow(d, s, e, t + o), 128);
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
  let mechanisms: readonly Mechanism[] = [];
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      mechanisms = readMechanismList(b, d, s, e, follow(d, s, e, t + o), 1024);
    }
  }
  return {
    build,
    label,
    serial,
    model,
    manufacturer,
    library,
    mechanisms,
  };
}

export function decodeHelloResponse(b: Uint8Array, d: DataView, start: number, end: number): HelloResponse {
  refill();
  return readHelloResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type LoginRequest = Readonly<Record<never, never>>;

export type LoginRequestInput = Readonly<Record<never, never>>;

function sizeLoginRequest(_m: LoginRequestInput): number {
  return 4;
}

export function measureLoginRequest(m: LoginRequestInput): number {
  return 8 + sizeLoginRequest(m);
}

function writeLoginRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: LoginRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeLoginRequest(b: Uint8Array, d: DataView, at: number, m: LoginRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeLoginRequest(b, d, at + 8, at + 4, m));
}

function readLoginRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): LoginRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeLoginRequest(b: Uint8Array, d: DataView, start: number, end: number): LoginRequest {
  return readLoginRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface LoginResponse {
  readonly refused: number;
}

export interface LoginResponseInput {
  readonly refused?: number | undefined;
}

function sizeLoginResponse(_m: LoginResponseInput): number {
  return 8;
}

export function measureLoginResponse(m: LoginResponseInput): number {
  return 12 + sizeLoginResponse(m);
}

function writeLoginResponse(_b: Uint8Array, d: DataView, t: number, vt: number, m: LoginResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.refused ?? 0, 'refused');
  return t + 8;
}

export function encodeLoginResponse(b: Uint8Array, d: DataView, at: number, m: LoginResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeLoginResponse(b, d, at + 12, at + 4, m));
}

function readLoginResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): LoginResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let refused = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      refused = d.getUint32(t + o, true);
    }
  }
  return {
    refused,
  };
}

export function decodeLoginResponse(b: Uint8Array, d: DataView, start: number, end: number): LoginResponse {
  return readLoginResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateRsaRequest {
  readonly bits: number;
}

export interface GenerateRsaRequestInput {
  readonly bits?: number | undefined;
}

function sizeGenerateRsaRequest(_m: GenerateRsaRequestInput): number {
  return 8;
}

export function measureGenerateRsaRequest(m: GenerateRsaRequestInput): number {
  return 12 + sizeGenerateRsaRequest(m);
}

function writeGenerateRsaRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateRsaRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.bits ?? 0, 'bits');
  return t + 8;
}

export function encodeGenerateRsaRequest(b: Uint8Array, d: DataView, at: number, m: GenerateRsaRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGenerateRsaRequest(b, d, at + 12, at + 4, m));
}

function readGenerateRsaRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateRsaRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let bits = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      bits = d.getUint32(t + o, true);
    }
  }
  return {
    bits,
  };
}

export function decodeGenerateRsaRequest(b: Uint8Array, d: DataView, start: number, end: number): GenerateRsaRequest {
  return readGenerateRsaRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateRsaResponse {
  readonly pkcs8: Uint8Array;
  readonly spki: Uint8Array;
}

export interface GenerateRsaResponseInput {
  readonly pkcs8?: Uint8Array | undefined;
  readonly spki?: Uint8Array | undefined;
}

function sizeGenerateRsaResponse(m: GenerateRsaResponseInput): number {
  return 12 + (m.pkcs8 === undefined ? 4 : m.pkcs8.length + 7) + (m.spki === undefined ? 4 : m.spki.length + 7);
}

export function measureGenerateRsaResponse(m: GenerateRsaResponseInput): number {
  return 12 + sizeGenerateRsaResponse(m);
}

function writeGenerateRsaResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateRsaResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.pkcs8, 65536, 'pkcs8');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.spki, 65536, 'spki');
  return p;
}

export function encodeGenerateRsaResponse(b: Uint8Array, d: DataView, at: number, m: GenerateRsaResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeGenerateRsaResponse(b, d, at + 12, at + 4, m));
}

function readGenerateRsaResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateRsaResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let pkcs8: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      pkcs8 = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let spki: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      spki = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    pkcs8,
    spki,
  };
}

export function decodeGenerateRsaResponse(b: Uint8Array, d: DataView, start: number, end: number): GenerateRsaResponse {
  return readGenerateRsaResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GeneratePostQuantumRequest {
  readonly name: string;
}

export interface GeneratePostQuantumRequestInput {
  readonly name?: string | undefined;
}

function sizeGeneratePostQuantumRequest(m: GeneratePostQuantumRequestInput): number {
  return 8 + (m.name === undefined ? 8 : 3 * m.name.length + 8);
}

export function measureGeneratePostQuantumRequest(m: GeneratePostQuantumRequestInput): number {
  return 12 + sizeGeneratePostQuantumRequest(m);
}

function writeGeneratePostQuantumRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: GeneratePostQuantumRequestInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  return p;
}

export function encodeGeneratePostQuantumRequest(b: Uint8Array, d: DataView, at: number, m: GeneratePostQuantumRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGeneratePostQuantumRequest(b, d, at + 12, at + 4, m));
}

function readGeneratePostQuantumRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): GeneratePostQuantumRequest {
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
  return {
    name,
  };
}

export function decodeGeneratePostQuantumRequest(b: Uint8Array, d: DataView, start: number, end: number): GeneratePostQuantumRequest {
  return readGeneratePostQuantumRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GeneratePostQuantumResponse {
  readonly seed: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface GeneratePostQuantumResponseInput {
  readonly seed?: Uint8Array | undefined;
  readonly privateKey?: Uint8Array | undefined;
  readonly publicKey?: Uint8Array | undefined;
}

function sizeGeneratePostQuantumResponse(m: GeneratePostQuantumResponseInput): number {
  return (
    16 +
    (m.seed === undefined ? 4 : m.seed.length + 7) +
    (m.privateKey === undefined ? 4 : m.privateKey.length + 7) +
    (m.publicKey === undefined ? 4 : m.publicKey.length + 7)
  );
}

export function measureGeneratePostQuantumResponse(m: GeneratePostQuantumResponseInput): number {
  return 16 + sizeGeneratePostQuantumResponse(m);
}

function writeGeneratePostQuantumResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GeneratePostQuantumResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.seed, 65536, 'seed');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.privateKey, 65536, 'privateKey');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.publicKey, 65536, 'publicKey');
  return p;
}

export function encodeGeneratePostQuantumResponse(b: Uint8Array, d: DataView, at: number, m: GeneratePostQuantumResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0010000a, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0000000c, true);
  return fits(b, writeGeneratePostQuantumResponse(b, d, at + 16, at + 4, m));
}

function readGeneratePostQuantumResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GeneratePostQuantumResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let seed: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      seed = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let privateKey: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      privateKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let publicKey: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    seed,
    privateKey,
    publicKey,
  };
}

export function decodeGeneratePostQuantumResponse(b: Uint8Array, d: DataView, start: number, end: number): GeneratePostQuantumResponse {
  return readGeneratePostQuantumResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface SignPostQuantumRequest {
  readonly name: string;
  readonly privateKey: Uint8Array;
  readonly message: Uint8Array;
  readonly context: Uint8Array;
  readonly deterministic: number;
}

export interface SignPostQuantumRequestInput {
  readonly name?: string | undefined;
  readonly privateKey?: Uint8Array | undefined;
  readonly message?: Uint8Array | undefined;
  readonly context?: Uint8Array | undefined;
  readonly deterministic?: number | undefined;
}

function sizeSignPostQuantumRequest(m: SignPostQuantumRequestInput): number {
  return (
    24 +
    (m.name === undefined ? 8 : 3 * m.name.length + 8) +
    (m.privateKey === undefined ? 4 : m.privateKey.length + 7) +
    (m.message === undefined ? 4 : m.message.length + 7) +
    (m.context === undefined ? 4 : m.context.length + 7)
  );
}

export function measureSignPostQuantumRequest(m: SignPostQuantumRequestInput): number {
  return 20 + sizeSignPostQuantumRequest(m);
}

function writeSignPostQuantumRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: SignPostQuantumRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU8(d, t + 20, m.deterministic ?? 0, 'deterministic');
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.privateKey, 65536, 'privateKey');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.message, 268435456, 'message');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.context, 255, 'context');
  return p;
}

export function encodeSignPostQuantumRequest(b: Uint8Array, d: DataView, at: number, m: SignPostQuantumRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0015000e, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x00000014, true);
  return fits(b, writeSignPostQuantumRequest(b, d, at + 20, at + 4, m));
}

function readSignPostQuantumRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): SignPostQuantumRequest {
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
  let privateKey: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      privateKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let message: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      message = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let context: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      context = getBytes(b, d, e, follow(d, s, e, t + o), 255);
    }
  }
  let deterministic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      deterministic = d.getUint8(t + o);
    }
  }
  return {
    name,
    privateKey,
    message,
    context,
    deterministic,
  };
}

export function decodeSignPostQuantumRequest(b: Uint8Array, d: DataView, start: number, end: number): SignPostQuantumRequest {
  return readSignPostQuantumRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface SignPostQuantumResponse {
  readonly signature: Uint8Array;
}

export interface SignPostQuantumResponseInput {
  readonly signature?: Uint8Array | undefined;
}

function sizeSignPostQuantumResponse(m: SignPostQuantumResponseInput): number {
  return 8 + (m.signature === undefined ? 4 : m.signature.length + 7);
}

export function measureSignPostQuantumResponse(m: SignPostQuantumResponseInput): number {
  return 12 + sizeSignPostQuantumResponse(m);
}

function writeSignPostQuantumResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: SignPostQuantumResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.signature, 65536, 'signature');
  return p;
}

export function encodeSignPostQuantumResponse(b: Uint8Array, d: DataView, at: number, m: SignPostQuantumResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeSignPostQuantumResponse(b, d, at + 12, at + 4, m));
}

function readSignPostQuantumResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): SignPostQuantumResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let signature: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      signature = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    signature,
  };
}

export function decodeSignPostQuantumResponse(b: Uint8Array, d: DataView, start: number, end: number): SignPostQuantumResponse {
  return readSignPostQuantumResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifyPostQuantumRequest {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly context: Uint8Array;
  readonly signature: Uint8Array;
}

export interface VerifyPostQuantumRequestInput {
  readonly name?: string | undefined;
  readonly publicKey?: Uint8Array | undefined;
  readonly message?: Uint8Array | undefined;
  readonly context?: Uint8Array | undefined;
  readonly signature?: Uint8Array | undefined;
}

function sizeVerifyPostQuantumRequest(m: VerifyPostQuantumRequestInput): number {
  return (
    24 +
    (m.name === undefined ? 8 : 3 * m.name.length + 8) +
    (m.publicKey === undefined ? 4 : m.publicKey.length + 7) +
    (m.message === undefined ? 4 : m.message.length + 7) +
    (m.context === undefined ? 4 : m.context.length + 7) +
    (m.signature === undefined ? 4 : m.signature.length + 7)
  );
}

export function measureVerifyPostQuantumRequest(m: VerifyPostQuantumRequestInput): number {
  return 20 + sizeVerifyPostQuantumRequest(m);
}

function writeVerifyPostQuantumRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: VerifyPostQuantumRequestInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.name, 64, 'name');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.publicKey, 65536, 'publicKey');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.message, 268435456, 'message');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.context, 255, 'context');
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.signature, 65536, 'signature');
  return p;
}

export function encodeVerifyPostQuantumRequest(b: Uint8Array, d: DataView, at: number, m: VerifyPostQuantumRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0018000e, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x00000014, true);
  return fits(b, writeVerifyPostQuantumRequest(b, d, at + 20, at + 4, m));
}

function readVerifyPostQuantumRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifyPostQuantumRequest {
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
  let publicKey: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let message: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      message = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let context: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      context = getBytes(b, d, e, follow(d, s, e, t + o), 255);
    }
  }
  let signature: Uint8Array = noBytes;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      signature = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    name,
    publicKey,
    message,
    context,
    signature,
  };
}

export function decodeVerifyPostQuantumRequest(b: Uint8Array, d: DataView, start: number, end: number): VerifyPostQuantumRequest {
  return readVerifyPostQuantumRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface VerifyPostQuantumResponse {
  readonly valid: number;
}

export interface VerifyPostQuantumResponseInput {
  readonly valid?: number | undefined;
}

function sizeVerifyPostQuantumResponse(_m: VerifyPostQuantumResponseInput): number {
  return 8;
}

export function measureVerifyPostQuantumResponse(m: VerifyPostQuantumResponseInput): number {
  return 12 + sizeVerifyPostQuantumResponse(m);
}

function writeVerifyPostQuantumResponse(_b: Uint8Array, d: DataView, t: number, vt: number, m: VerifyPostQuantumResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 4, 0, true);
  putU8(d, t + 4, m.valid ?? 0, 'valid');
  return t + 8;
}

export function encodeVerifyPostQuantumResponse(b: Uint8Array, d: DataView, at: number, m: VerifyPostQuantumResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00050006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeVerifyPostQuantumResponse(b, d, at + 12, at + 4, m));
}

function readVerifyPostQuantumResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): VerifyPostQuantumResponse {
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
  return {
    valid,
  };
}

export function decodeVerifyPostQuantumResponse(b: Uint8Array, d: DataView, start: number, end: number): VerifyPostQuantumResponse {
  return readVerifyPostQuantumResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface DeriveRequest {
  readonly algorithm: number;
  readonly parameters: readonly Parameter[];
  readonly secret: Uint8Array;
  readonly size: number;
}

export interface DeriveRequestInput {
  readonly algorithm?: number | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  readonly secret?: Uint8Array | undefined;
  readonly size?: number | undefined;
}

function sizeDeriveRequest(m: DeriveRequestInput): number {
  return 20 + (m.parameters === undefined ? 16 : sizeParameterList(m.parameters)) + (m.secret === undefined ? 4 : m.secret.length + 7);
}

export function measureDeriveRequest(m: DeriveRequestInput): number {
  return 16 + sizeDeriveRequest(m);
}

function writeDeriveRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: DeriveRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU16(d, t + 16, m.algorithm ?? 0, 'algorithm');
  putU32(d, t + 12, m.size ?? 0, 'size');
  let p = t + 20;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeParameterList(b, d, p, m.parameters, 32, 'parameters');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.secret, 65536, 'secret');
  return p;
}

export function encodeDeriveRequest(b: Uint8Array, d: DataView, at: number, m: DeriveRequestInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x0012000c, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  refillOwn();
  return fits(b, writeDeriveRequest(b, d, at + 16, at + 4, m));
}

function readDeriveRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): DeriveRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let parameters: readonly Parameter[] = [];
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      parameters = readParameterList(b, d, s, e, follow(d, s, e, t + o), 32);
    }
  }
  let secret: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      secret = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let size = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      size = d.getUint32(t + o, true);
    }
  }
  return {
    algorithm,
    parameters,
    secret,
    size,
  };
}

export function decodeDeriveRequest(b: Uint8Array, d: DataView, start: number, end: number): DeriveRequest {
  refill();
  return readDeriveRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface DeriveResponse {
  readonly data: Uint8Array;
}

export interface DeriveResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeDeriveResponse(m: DeriveResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureDeriveResponse(m: DeriveResponseInput): number {
  return 12 + sizeDeriveResponse(m);
}

function writeDeriveResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: DeriveResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 65536, 'data');
  return p;
}

export function encodeDeriveResponse(b: Uint8Array, d: DataView, at: number, m: DeriveResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeDeriveResponse(b, d, at + 12, at + 4, m));
}

function readDeriveResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): DeriveResponse {
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
  return {
    data,
  };
}

export function decodeDeriveResponse(b: Uint8Array, d: DataView, start: number, end: number): DeriveResponse {
  return readDeriveResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface DecodeKeyRequest {
  readonly algorithm: number;
  readonly format: number;
  readonly keyData: Uint8Array;
  readonly passphrase: Uint8Array;
}

export interface DecodeKeyRequestInput {
  readonly algorithm?: number | undefined;
  readonly format?: number | undefined;
  readonly keyData?: Uint8Array | undefined;
  readonly passphrase?: Uint8Array | undefined;
}

function sizeDecodeKeyRequest(m: DecodeKeyRequestInput): number {
  return 16 + (m.keyData === undefined ? 4 : m.keyData.length + 7) + (m.passphrase === undefined ? 4 : m.passphrase.length + 7);
}

export function measureDecodeKeyRequest(m: DecodeKeyRequestInput): number {
  return 16 + sizeDecodeKeyRequest(m);
}

function writeDecodeKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: DecodeKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU16(d, t + 12, m.algorithm ?? 0, 'algorithm');
  putU8(d, t + 14, m.format ?? 0, 'format');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.keyData, 65536, 'keyData');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.passphrase, 65536, 'passphrase');
  return p;
}

export function encodeDecodeKeyRequest(b: Uint8Array, d: DataView, at: number, m: DecodeKeyRequestInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000f000c, true);
  d.setUint32(at + 8, 0x000e000c, true);
  d.setUint32(at + 12, 0x00080004, true);
  return fits(b, writeDecodeKeyRequest(b, d, at + 16, at + 4, m));
}

function readDecodeKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): DecodeKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
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
  let keyData: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyData = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let passphrase: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      passphrase = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    algorithm,
    format,
    keyData,
    passphrase,
  };
}

export function decodeDecodeKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): DecodeKeyRequest {
  return readDecodeKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface DecodeKeyResponse {
  readonly half: number;
  readonly encoded: Uint8Array;
  readonly seed: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface DecodeKeyResponseInput {
  readonly half?: number | undefined;
  readonly encoded?: Uint8Array | undefined;
  readonly seed?: Uint8Array | undefined;
  readonly privateKey?: Uint8Array | undefined;
  readonly publicKey?: Uint8Array | undefined;
}

function sizeDecodeKeyResponse(m: DecodeKeyResponseInput): number {
  return (
    24 +
    (m.encoded === undefined ? 4 : m.encoded.length + 7) +
    (m.seed === undefined ? 4 : m.seed.length + 7) +
    (m.privateKey === undefined ? 4 : m.privateKey.length + 7) +
    (m.publicKey === undefined ? 4 : m.publicKey.length + 7)
  );
}

export function measureDecodeKeyResponse(m: DecodeKeyResponseInput): number {
  return 20 + sizeDecodeKeyResponse(m);
}

function writeDecodeKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: DecodeKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU8(d, t + 20, m.half ?? 0, 'half');
  let p = t + 24;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.encoded, 65536, 'encoded');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.seed, 65536, 'seed');
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.privateKey, 65536, 'privateKey');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.publicKey, 65536, 'publicKey');
  return p;
}

export function encodeDecodeKeyResponse(b: Uint8Array, d: DataView, at: number, m: DecodeKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0015000e, true);
  d.setUint32(at + 8, 0x00040014, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000010, true);
  return fits(b, writeDecodeKeyResponse(b, d, at + 20, at + 4, m));
}

function readDecodeKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): DecodeKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let encoded: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      encoded = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let seed: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      seed = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let privateKey: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      privateKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let publicKey: Uint8Array = noBytes;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicKey = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    half,
    encoded,
    seed,
    privateKey,
    publicKey,
  };
}

export function decodeDecodeKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): DecodeKeyResponse {
  return readDecodeKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface OperateRequest {
  readonly algorithm: number;
  readonly use: number;
  readonly key: number;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly tagLength: number;
  readonly outputLength: number;
  readonly saltLength: number;
  readonly derSignature: number;
  readonly data: Uint8Array;
  readonly mgfHash: number;
  readonly label: Uint8Array;
  readonly unpadded: number;
  readonly prehashed: number;
  readonly expected: Uint8Array;
}

export interface OperateRequestInput {
  readonly algorithm?: number | undefined;
  readonly use?: number | undefined;
  readonly key?: number | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly tagLength?: number | undefined;
  readonly outputLength?: number | undefined;
  readonly saltLength?: number | undefined;
  readonly derSignature?: number | undefined;
  readonly data?: Uint8Array | undefined;
  readonly mgfHash?: number | undefined;
  readonly label?: Uint8Array | undefined;
  readonly unpadded?: number | undefined;
  readonly prehashed?: number | undefined;
  readonly expected?: Uint8Array | undefined;
}

function sizeOperateRequest(m: OperateRequestInput): number {
  return (
    52 +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7) +
    (m.label === undefined ? 4 : m.label.length + 7) +
    (m.expected === undefined ? 4 : m.expected.length + 7)
  );
}

export function measureOperateRequest(m: OperateRequestInput): number {
  return 44 + sizeOperateRequest(m);
}

function writeOperateRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: OperateRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 48, 0, true);
  putU16(d, t + 44, m.algorithm ?? 0, 'algorithm');
  putU8(d, t + 46, m.use ?? 0, 'use');
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU32(d, t + 20, m.tagLength ?? 0, 'tagLength');
  putU32(d, t + 24, m.outputLength ?? 0, 'outputLength');
  putU32(d, t + 28, m.saltLength ?? 0, 'saltLength');
  putU8(d, t + 47, m.derSignature ?? 0, 'derSignature');
  putU8(d, t + 48, m.mgfHash ?? 0, 'mgfHash');
  putU8(d, t + 49, m.unpadded ?? 0, 'unpadded');
  putU8(d, t + 50, m.prehashed ?? 0, 'prehashed');
  let p = t + 52;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  d.setUint32(t + 32, p - t - 32, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 36, p - t - 36, true);
  p = putBytes(b, d, p, m.label, 65536, 'label');
  d.setUint32(t + 40, p - t - 40, true);
  p = putBytes(b, d, p, m.expected, 65536, 'expected');
  return p;
}

export function encodeOperateRequest(b: Uint8Array, d: DataView, at: number, m: OperateRequestInput): number {
  d.setUint32(at, 44, true);
  d.setUint32(at + 4, 0x00330022, true);
  d.setUint32(at + 8, 0x002e002c, true);
  d.setUint32(at + 12, 0x000c0004, true);
  d.setUint32(at + 16, 0x00140010, true);
  d.setUint32(at + 20, 0x001c0018, true);
  d.setUint32(at + 24, 0x0020002f, true);
  d.setUint32(at + 28, 0x00240030, true);
  d.setUint32(at + 32, 0x00320031, true);
  d.setUint32(at + 36, 0x00000028, true);
  d.setUint32(at + 40, 0, true);
  return fits(b, writeOperateRequest(b, d, at + 44, at + 4, m));
}

function readOperateRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): OperateRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let use = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      use = d.getUint8(t + o);
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
  let tagLength = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      tagLength = d.getUint32(t + o, true);
    }
  }
  let outputLength = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      outputLength = d.getUint32(t + o, true);
    }
  }
  let saltLength = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      saltLength = d.getUint32(t + o, true);
    }
  }
  let derSignature = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      derSignature = d.getUint8(t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let mgfHash = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      mgfHash = d.getUint8(t + o);
    }
  }
  let label: Uint8Array = noBytes;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let unpadded = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      unpadded = d.getUint8(t + o);
    }
  }
  let prehashed = 0;
  if (vn > 30) {
    o = d.getUint16(vt + 30, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      prehashed = d.getUint8(t + o);
    }
  }
  let expected: Uint8Array = noBytes;
  if (vn > 32) {
    o = d.getUint16(vt + 32, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      expected = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    algorithm,
    use,
    key,
    iv,
    aad,
    tagLength,
    outputLength,
    saltLength,
    derSignature,
    data,
    mgfHash,
    label,
    unpadded,
    prehashed,
    expected,
  };
}

export function decodeOperateRequest(b: Uint8Array, d: DataView, start: number, end: number): OperateRequest {
  return readOperateRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface OperateResponse {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
  readonly valid: number;
}

export interface OperateResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly tag?: Uint8Array | undefined;
  readonly valid?: number | undefined;
}

function sizeOperateResponse(m: OperateResponseInput): number {
  return 16 + (m.data === undefined ? 4 : m.data.length + 7) + (m.tag === undefined ? 4 : m.tag.length + 7);
}

export function measureOperateResponse(m: OperateResponseInput): number {
  return 16 + sizeOperateResponse(m);
}

function writeOperateResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: OperateResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.valid ?? 0, 'valid');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.tag, 65536, 'tag');
  return p;
}

export function encodeOperateResponse(b: Uint8Array, d: DataView, at: number, m: OperateResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000d000a, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0000000c, true);
  return fits(b, writeOperateResponse(b, d, at + 16, at + 4, m));
}

function readOperateResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): OperateResponse {
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
  let valid = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      valid = d.getUint8(t + o);
    }
  }
  return {
    data,
    tag,
    valid,
  };
}

export function decodeOperateResponse(b: Uint8Array, d: DataView, start: number, end: number): OperateResponse {
  return readOperateResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface BeginStreamRequest {
  readonly algorithm: number;
  readonly use: number;
  readonly key: number;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly tagLength: number;
  readonly outputLength: number;
  readonly saltLength: number;
  readonly derSignature: number;
  readonly data: Uint8Array;
  readonly mgfHash: number;
  readonly label: Uint8Array;
  readonly unpadded: number;
  readonly prehashed: number;
  readonly stream: number;
  readonly caller: number;
}

export interface BeginStreamRequestInput {
  readonly algorithm?: number | undefined;
  readonly use?: number | undefined;
  readonly key?: number | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly tagLength?: number | undefined;
  readonly outputLength?: number | undefined;
  readonly saltLength?: number | undefined;
  readonly derSignature?: number | undefined;
  readonly data?: Uint8Array | undefined;
  readonly mgfHash?: number | undefined;
  readonly label?: Uint8Array | undefined;
  readonly unpadded?: number | undefined;
  readonly prehashed?: number | undefined;
  readonly stream?: number | undefined;
  readonly caller?: number | undefined;
}

function sizeBeginStreamRequest(m: BeginStreamRequestInput): number {
  return (
    60 +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.data === undefined ? 4 : m.data.length + 7) +
    (m.label === undefined ? 4 : m.label.length + 7)
  );
}

export function measureBeginStreamRequest(m: BeginStreamRequestInput): number {
  return 44 + sizeBeginStreamRequest(m);
}

function writeBeginStreamRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: BeginStreamRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 56, 0, true);
  putU16(d, t + 52, m.algorithm ?? 0, 'algorithm');
  putU8(d, t + 54, m.use ?? 0, 'use');
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU32(d, t + 28, m.tagLength ?? 0, 'tagLength');
  putU32(d, t + 32, m.outputLength ?? 0, 'outputLength');
  putU32(d, t + 36, m.saltLength ?? 0, 'saltLength');
  putU8(d, t + 55, m.derSignature ?? 0, 'derSignature');
  putU8(d, t + 56, m.mgfHash ?? 0, 'mgfHash');
  putU8(d, t + 57, m.unpadded ?? 0, 'unpadded');
  putU8(d, t + 58, m.prehashed ?? 0, 'prehashed');
  putU64(d, t + 12, m.stream ?? 0, 'stream');
  putU32(d, t + 48, m.caller ?? 0, 'caller');
  let p = t + 60;
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 24, p - t - 24, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  d.setUint32(t + 40, p - t - 40, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 44, p - t - 44, true);
  p = putBytes(b, d, p, m.label, 65536, 'label');
  return p;
}

export function encodeBeginStreamRequest(b: Uint8Array, d: DataView, at: number, m: BeginStreamRequestInput): number {
  d.setUint32(at, 44, true);
  d.setUint32(at + 4, 0x003b0024, true);
  d.setUint32(at + 8, 0x00360034, true);
  d.setUint32(at + 12, 0x00140004, true);
  d.setUint32(at + 16, 0x001c0018, true);
  d.setUint32(at + 20, 0x00240020, true);
  d.setUint32(at + 24, 0x00280037, true);
  d.setUint32(at + 28, 0x002c0038, true);
  d.setUint32(at + 32, 0x003a0039, true);
  d.setUint32(at + 36, 0x0030000c, true);
  d.setUint32(at + 40, 0, true);
  return fits(b, writeBeginStreamRequest(b, d, at + 44, at + 4, m));
}

function readBeginStreamRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): BeginStreamRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let algorithm = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let use = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      use = d.getUint8(t + o);
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
  let tagLength = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      tagLength = d.getUint32(t + o, true);
    }
  }
  let outputLength = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      outputLength = d.getUint32(t + o, true);
    }
  }
  let saltLength = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      saltLength = d.getUint32(t + o, true);
    }
  }
  let derSignature = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      derSignature = d.getUint8(t + o);
    }
  }
  let data: Uint8Array = noBytes;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let mgfHash = 0;
  if (vn > 24) {
    o = d.getUint16(vt + 24, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      mgfHash = d.getUint8(t + o);
    }
  }
  let label: Uint8Array = noBytes;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let unpadded = 0;
  if (vn > 28) {
    o = d.getUint16(vt + 28, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      unpadded = d.getUint8(t + o);
    }
  }
  let prehashed = 0;
  if (vn > 30) {
    o = d.getUint16(vt + 30, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      prehashed = d.getUint8(t + o);
    }
  }
  let stream = 0;
  if (vn > 32) {
    o = d.getUint16(vt + 32, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      stream = getU64(d, t + o);
    }
  }
  let caller = 0;
  if (vn > 34) {
    o = d.getUint16(vt + 34, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      caller = d.getUint32(t + o, true);
    }
  }
  return {
    algorithm,
    use,
    key,
    iv,
    aad,
    tagLength,
    outputLength,
    saltLength,
    derSignature,
    data,
    mgfHash,
    label,
    unpadded,
    prehashed,
    stream,
    caller,
  };
}

export function decodeBeginStreamRequest(b: Uint8Array, d: DataView, start: number, end: number): BeginStreamRequest {
  return readBeginStreamRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface BeginStreamResponse {
  readonly data: Uint8Array;
}

export interface BeginStreamResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeBeginStreamResponse(m: BeginStreamResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureBeginStreamResponse(m: BeginStreamResponseInput): number {
  return 12 + sizeBeginStreamResponse(m);
}

function writeBeginStreamResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: BeginStreamResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeBeginStreamResponse(b: Uint8Array, d: DataView, at: number, m: BeginStreamResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeBeginStreamResponse(b, d, at + 12, at + 4, m));
}

function readBeginStreamResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): BeginStreamResponse {
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

export function decodeBeginStreamResponse(b: Uint8Array, d: DataView, start: number, end: number): BeginStreamResponse {
  return readBeginStreamResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface UpdateStreamRequest {
  readonly stream: number;
  readonly data: Uint8Array;
}

export interface UpdateStreamRequestInput {
  readonly stream?: number | undefined;
  readonly data?: Uint8Array | undefined;
}

function sizeUpdateStreamRequest(m: UpdateStreamRequestInput): number {
  return 16 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureUpdateStreamRequest(m: UpdateStreamRequestInput): number {
  return 12 + sizeUpdateStreamRequest(m);
}

function writeUpdateStreamRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: UpdateStreamRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.stream ?? 0, 'stream');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeUpdateStreamRequest(b: Uint8Array, d: DataView, at: number, m: UpdateStreamRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeUpdateStreamRequest(b, d, at + 12, at + 4, m));
}

function readUpdateStreamRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateStreamRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let stream = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      stream = getU64(d, t + o);
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
    stream,
    data,
  };
}

export function decodeUpdateStreamRequest(b: Uint8Array, d: DataView, start: number, end: number): UpdateStreamRequest {
  return readUpdateStreamRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface UpdateStreamResponse {
  readonly data: Uint8Array;
}

export interface UpdateStreamResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeUpdateStreamResponse(m: UpdateStreamResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureUpdateStreamResponse(m: UpdateStreamResponseInput): number {
  return 12 + sizeUpdateStreamResponse(m);
}

function writeUpdateStreamResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: UpdateStreamResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeUpdateStreamResponse(b: Uint8Array, d: DataView, at: number, m: UpdateStreamResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeUpdateStreamResponse(b, d, at + 12, at + 4, m));
}

function readUpdateStreamResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): UpdateStreamResponse {
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

export function decodeUpdateStreamResponse(b: Uint8Array, d: DataView, start: number, end: number): UpdateStreamResponse {
  return readUpdateStreamResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface FinishStreamRequest {
  readonly stream: number;
  readonly expected: Uint8Array;
}

export interface FinishStreamRequestInput {
  readonly stream?: number | undefined;
  readonly expected?: Uint8Array | undefined;
}

function sizeFinishStreamRequest(m: FinishStreamRequestInput): number {
  return 16 + (m.expected === undefined ? 4 : m.expected.length + 7);
}

export function measureFinishStreamRequest(m: FinishStreamRequestInput): number {
  return 12 + sizeFinishStreamRequest(m);
}

function writeFinishStreamRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: FinishStreamRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.stream ?? 0, 'stream');
  let p = t + 16;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.expected, 65536, 'expected');
  return p;
}

export function encodeFinishStreamRequest(b: Uint8Array, d: DataView, at: number, m: FinishStreamRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00100008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writeFinishStreamRequest(b, d, at + 12, at + 4, m));
}

function readFinishStreamRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): FinishStreamRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let stream = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      stream = getU64(d, t + o);
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
    stream,
    expected,
  };
}

export function decodeFinishStreamRequest(b: Uint8Array, d: DataView, start: number, end: number): FinishStreamRequest {
  return readFinishStreamRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface FinishStreamResponse {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
  readonly valid: number;
}

export interface FinishStreamResponseInput {
  readonly data?: Uint8Array | undefined;
  readonly tag?: Uint8Array | undefined;
  readonly valid?: number | undefined;
}

function sizeFinishStreamResponse(m: FinishStreamResponseInput): number {
  return 16 + (m.data === undefined ? 4 : m.data.length + 7) + (m.tag === undefined ? 4 : m.tag.length + 7);
}

export function measureFinishStreamResponse(m: FinishStreamResponseInput): number {
  return 16 + sizeFinishStreamResponse(m);
}

function writeFinishStreamResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: FinishStreamResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.valid ?? 0, 'valid');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.tag, 65536, 'tag');
  return p;
}

export function encodeFinishStreamResponse(b: Uint8Array, d: DataView, at: number, m: FinishStreamResponseInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000d000a, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0000000c, true);
  return fits(b, writeFinishStreamResponse(b, d, at + 16, at + 4, m));
}

function readFinishStreamResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): FinishStreamResponse {
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
  let valid = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      valid = d.getUint8(t + o);
    }
  }
  return {
    data,
    tag,
    valid,
  };
}

export function decodeFinishStreamResponse(b: Uint8Array, d: DataView, start: number, end: number): FinishStreamResponse {
  return readFinishStreamResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface AbortStreamRequest {
  readonly stream: number;
}

export interface AbortStreamRequestInput {
  readonly stream?: number | undefined;
}

function sizeAbortStreamRequest(_m: AbortStreamRequestInput): number {
  return 12;
}

export function measureAbortStreamRequest(m: AbortStreamRequestInput): number {
  return 12 + sizeAbortStreamRequest(m);
}

function writeAbortStreamRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: AbortStreamRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.stream ?? 0, 'stream');
  return t + 12;
}

export function encodeAbortStreamRequest(b: Uint8Array, d: DataView, at: number, m: AbortStreamRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeAbortStreamRequest(b, d, at + 12, at + 4, m));
}

function readAbortStreamRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): AbortStreamRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let stream = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      stream = getU64(d, t + o);
    }
  }
  return {
    stream,
  };
}

export function decodeAbortStreamRequest(b: Uint8Array, d: DataView, start: number, end: number): AbortStreamRequest {
  return readAbortStreamRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type AbortStreamResponse = Readonly<Record<never, never>>;

export type AbortStreamResponseInput = Readonly<Record<never, never>>;

function sizeAbortStreamResponse(_m: AbortStreamResponseInput): number {
  return 4;
}

export function measureAbortStreamResponse(m: AbortStreamResponseInput): number {
  return 8 + sizeAbortStreamResponse(m);
}

function writeAbortStreamResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: AbortStreamResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeAbortStreamResponse(b: Uint8Array, d: DataView, at: number, m: AbortStreamResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeAbortStreamResponse(b, d, at + 8, at + 4, m));
}

function readAbortStreamResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): AbortStreamResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeAbortStreamResponse(b: Uint8Array, d: DataView, start: number, end: number): AbortStreamResponse {
  return readAbortStreamResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateRandomRequest {
  readonly size: number;
}

export interface GenerateRandomRequestInput {
  readonly size?: number | undefined;
}

function sizeGenerateRandomRequest(_m: GenerateRandomRequestInput): number {
  return 8;
}

export function measureGenerateRandomRequest(m: GenerateRandomRequestInput): number {
  return 12 + sizeGenerateRandomRequest(m);
}

function writeGenerateRandomRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateRandomRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.size ?? 0, 'size');
  return t + 8;
}

export function encodeGenerateRandomRequest(b: Uint8Array, d: DataView, at: number, m: GenerateRandomRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGenerateRandomRequest(b, d, at + 12, at + 4, m));
}

function readGenerateRandomRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateRandomRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let size = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      size = d.getUint32(t + o, true);
    }
  }
  return {
    size,
  };
}

export function decodeGenerateRandomRequest(b: Uint8Array, d: DataView, start: number, end: number): GenerateRandomRequest {
  return readGenerateRandomRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateRandomResponse {
  readonly data: Uint8Array;
}

export interface GenerateRandomResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeGenerateRandomResponse(m: GenerateRandomResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureGenerateRandomResponse(m: GenerateRandomResponseInput): number {
  return 12 + sizeGenerateRandomResponse(m);
}

function writeGenerateRandomResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateRandomResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeGenerateRandomResponse(b: Uint8Array, d: DataView, at: number, m: GenerateRandomResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeGenerateRandomResponse(b, d, at + 12, at + 4, m));
}

function readGenerateRandomResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateRandomResponse {
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

export function decodeGenerateRandomResponse(b: Uint8Array, d: DataView, start: number, end: number): GenerateRandomResponse {
  return readGenerateRandomResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface SeedRandomRequest {
  readonly seed: Uint8Array;
}

export interface SeedRandomRequestInput {
  readonly seed?: Uint8Array | undefined;
}

function sizeSeedRandomRequest(m: SeedRandomRequestInput): number {
  return 8 + (m.seed === undefined ? 4 : m.seed.length + 7);
}

export function measureSeedRandomRequest(m: SeedRandomRequestInput): number {
  return 12 + sizeSeedRandomRequest(m);
}

function writeSeedRandomRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: SeedRandomRequestInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.seed, 65536, 'seed');
  return p;
}

export function encodeSeedRandomRequest(b: Uint8Array, d: DataView, at: number, m: SeedRandomRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeSeedRandomRequest(b, d, at + 12, at + 4, m));
}

function readSeedRandomRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): SeedRandomRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let seed: Uint8Array = noBytes;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      seed = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  return {
    seed,
  };
}

export function decodeSeedRandomRequest(b: Uint8Array, d: DataView, start: number, end: number): SeedRandomRequest {
  return readSeedRandomRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type SeedRandomResponse = Readonly<Record<never, never>>;

export type SeedRandomResponseInput = Readonly<Record<never, never>>;

function sizeSeedRandomResponse(_m: SeedRandomResponseInput): number {
  return 4;
}

export function measureSeedRandomResponse(m: SeedRandomResponseInput): number {
  return 8 + sizeSeedRandomResponse(m);
}

function writeSeedRandomResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: SeedRandomResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeSeedRandomResponse(b: Uint8Array, d: DataView, at: number, m: SeedRandomResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeSeedRandomResponse(b, d, at + 8, at + 4, m));
}

function readSeedRandomResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): SeedRandomResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeSeedRandomResponse(b: Uint8Array, d: DataView, start: number, end: number): SeedRandomResponse {
  return readSeedRandomResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateKeyRequest {
  readonly owner: number;
  readonly key: number;
  readonly algorithm: number;
  readonly permissions: number;
  readonly publicPermissions: number;
}

export interface GenerateKeyRequestInput {
  readonly owner?: number | undefined;
  readonly key?: number | undefined;
  readonly algorithm?: number | undefined;
  readonly permissions?: number | undefined;
  readonly publicPermissions?: number | undefined;
}

function sizeGenerateKeyRequest(_m: GenerateKeyRequestInput): number {
  return 32;
}

export function measureGenerateKeyRequest(m: GenerateKeyRequestInput): number {
  return 20 + sizeGenerateKeyRequest(m);
}

function writeGenerateKeyRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 28, 0, true);
  putU64(d, t + 4, m.owner ?? 0, 'owner');
  putU64(d, t + 12, m.key ?? 0, 'key');
  putU16(d, t + 28, m.algorithm ?? 0, 'algorithm');
  putU32(d, t + 20, m.permissions ?? 0, 'permissions');
  putU32(d, t + 24, m.publicPermissions ?? 0, 'publicPermissions');
  return t + 32;
}

export function encodeGenerateKeyRequest(b: Uint8Array, d: DataView, at: number, m: GenerateKeyRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x001e000e, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x0014001c, true);
  d.setUint32(at + 16, 0x00000018, true);
  return fits(b, writeGenerateKeyRequest(b, d, at + 20, at + 4, m));
}

function readGenerateKeyRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let owner = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      owner = getU64(d, t + o);
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
  let algorithm = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let permissions = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let publicPermissions = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicPermissions = d.getUint32(t + o, true);
    }
  }
  return {
    owner,
    key,
    algorithm,
    permissions,
    publicPermissions,
  };
}

export function decodeGenerateKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): GenerateKeyRequest {
  return readGenerateKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface GenerateKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface GenerateKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeGenerateKeyResponse(m: GenerateKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureGenerateKeyResponse(m: GenerateKeyResponseInput): number {
  return 20 + sizeGenerateKeyResponse(m);
}

function writeGenerateKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: GenerateKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeGenerateKeyResponse(b: Uint8Array, d: DataView, at: number, m: GenerateKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeGenerateKeyResponse(b, d, at + 20, at + 4, m));
}

function readGenerateKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): GenerateKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeGenerateKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): GenerateKeyResponse {
  return readGenerateKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ImportKeyRequest {
  readonly owner: number;
  readonly key: number;
  readonly algorithm: number;
  readonly format: number;
  readonly keyData: Uint8Array;
  readonly permissions: number;
  readonly publicPermissions: number;
  readonly checked: number;
}

export interface ImportKeyRequestInput {
  readonly owner?: number | undefined;
  readonly key?: number | undefined;
  readonly algorithm?: number | undefined;
  readonly format?: number | undefined;
  readonly keyData?: Uint8Array | undefined;
  readonly permissions?: number | undefined;
  readonly publicPermissions?: number | undefined;
  readonly checked?: number | undefined;
}

function sizeImportKeyRequest(m: ImportKeyRequestInput): number {
  return 36 + (m.keyData === undefined ? 4 : m.keyData.length + 7);
}

export function measureImportKeyRequest(m: ImportKeyRequestInput): number {
  return 28 + sizeImportKeyRequest(m);
}

function writeImportKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: ImportKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.owner ?? 0, 'owner');
  putU64(d, t + 12, m.key ?? 0, 'key');
  putU16(d, t + 32, m.algorithm ?? 0, 'algorithm');
  putU8(d, t + 34, m.format ?? 0, 'format');
  putU32(d, t + 24, m.permissions ?? 0, 'permissions');
  putU32(d, t + 28, m.publicPermissions ?? 0, 'publicPermissions');
  putU8(d, t + 35, m.checked ?? 0, 'checked');
  let p = t + 36;
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.keyData, 65536, 'keyData');
  return p;
}

export function encodeImportKeyRequest(b: Uint8Array, d: DataView, at: number, m: ImportKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00240014, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00220020, true);
  d.setUint32(at + 16, 0x00180014, true);
  d.setUint32(at + 20, 0x0023001c, true);
  d.setUint32(at + 24, 0, true);
  return fits(b, writeImportKeyRequest(b, d, at + 28, at + 4, m));
}

function readImportKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): ImportKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let owner = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      owner = getU64(d, t + o);
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
  let algorithm = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
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
  let permissions = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
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
  let checked = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      checked = d.getUint8(t + o);
    }
  }
  return {
    owner,
    key,
    algorithm,
    format,
    keyData,
    permissions,
    publicPermissions,
    checked,
  };
}

export function decodeImportKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): ImportKeyRequest {
  return readImportKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ImportKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface ImportKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeImportKeyResponse(m: ImportKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureImportKeyResponse(m: ImportKeyResponseInput): number {
  return 20 + sizeImportKeyResponse(m);
}

function writeImportKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ImportKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeImportKeyResponse(b: Uint8Array, d: DataView, at: number, m: ImportKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeImportKeyResponse(b, d, at + 20, at + 4, m));
}

function readImportKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ImportKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeImportKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): ImportKeyResponse {
  return readImportKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface LoadKeyRequest {
  readonly key: number;
  readonly label: string;
  readonly hasLabel: number;
  readonly id: Uint8Array;
  readonly hasId: number;
}

export interface LoadKeyRequestInput {
  readonly key?: number | undefined;
  readonly label?: string | undefined;
  readonly hasLabel?: number | undefined;
  readonly id?: Uint8Array | undefined;
  readonly hasId?: number | undefined;
}

function sizeLoadKeyRequest(m: LoadKeyRequestInput): number {
  return 24 + (m.label === undefined ? 8 : 3 * m.label.length + 8) + (m.id === undefined ? 4 : m.id.length + 7);
}

export function measureLoadKeyRequest(m: LoadKeyRequestInput): number {
  return 20 + sizeLoadKeyRequest(m);
}

function writeLoadKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: LoadKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 20, 0, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU8(d, t + 20, m.hasLabel ?? 0, 'hasLabel');
  putU8(d, t + 21, m.hasId ?? 0, 'hasId');
  let p = t + 24;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.label, 256, 'label');
  d.setUint32(t + 16, p - t - 16, true);
  p = putBytes(b, d, p, m.id, 256, 'id');
  return p;
}

export function encodeLoadKeyRequest(b: Uint8Array, d: DataView, at: number, m: LoadKeyRequestInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0016000e, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x00100014, true);
  d.setUint32(at + 16, 0x00000015, true);
  return fits(b, writeLoadKeyRequest(b, d, at + 20, at + 4, m));
}

function readLoadKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): LoadKeyRequest {
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
  let label = '';
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let hasLabel = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasLabel = d.getUint8(t + o);
    }
  }
  let id: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      id = getBytes(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let hasId = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasId = d.getUint8(t + o);
    }
  }
  return {
    key,
    label,
    hasLabel,
    id,
    hasId,
  };
}

export function decodeLoadKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): LoadKeyRequest {
  return readLoadKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface LoadKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface LoadKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeLoadKeyResponse(m: LoadKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureLoadKeyResponse(m: LoadKeyResponseInput): number {
  return 20 + sizeLoadKeyResponse(m);
}

function writeLoadKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: LoadKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeLoadKeyResponse(b: Uint8Array, d: DataView, at: number, m: LoadKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeLoadKeyResponse(b, d, at + 20, at + 4, m));
}

function readLoadKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): LoadKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeLoadKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): LoadKeyResponse {
  return readLoadKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface PublicHalfRequest {
  readonly key: number;
  readonly publicKey: number;
}

export interface PublicHalfRequestInput {
  readonly key?: number | undefined;
  readonly publicKey?: number | undefined;
}

function sizePublicHalfRequest(_m: PublicHalfRequestInput): number {
  return 20;
}

export function measurePublicHalfRequest(m: PublicHalfRequestInput): number {
  return 12 + sizePublicHalfRequest(m);
}

function writePublicHalfRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: PublicHalfRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU64(d, t + 12, m.publicKey ?? 0, 'publicKey');
  return t + 20;
}

export function encodePublicHalfRequest(b: Uint8Array, d: DataView, at: number, m: PublicHalfRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00140008, true);
  d.setUint32(at + 8, 0x000c0004, true);
  return fits(b, writePublicHalfRequest(b, d, at + 12, at + 4, m));
}

function readPublicHalfRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): PublicHalfRequest {
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
  let publicKey = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      publicKey = getU64(d, t + o);
    }
  }
  return {
    key,
    publicKey,
  };
}

export function decodePublicHalfRequest(b: Uint8Array, d: DataView, start: number, end: number): PublicHalfRequest {
  return readPublicHalfRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface PublicHalfResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface PublicHalfResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizePublicHalfResponse(m: PublicHalfResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measurePublicHalfResponse(m: PublicHalfResponseInput): number {
  return 20 + sizePublicHalfResponse(m);
}

function writePublicHalfResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: PublicHalfResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodePublicHalfResponse(b: Uint8Array, d: DataView, at: number, m: PublicHalfResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writePublicHalfResponse(b, d, at + 20, at + 4, m));
}

function readPublicHalfResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): PublicHalfResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodePublicHalfResponse(b: Uint8Array, d: DataView, start: number, end: number): PublicHalfResponse {
  return readPublicHalfResponse(b, d, start, end, rootOf(b, d, start, end));
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

export interface CloseOwnerRequest {
  readonly owner: number;
}

export interface CloseOwnerRequestInput {
  readonly owner?: number | undefined;
}

function sizeCloseOwnerRequest(_m: CloseOwnerRequestInput): number {
  return 12;
}

export function measureCloseOwnerRequest(m: CloseOwnerRequestInput): number {
  return 12 + sizeCloseOwnerRequest(m);
}

function writeCloseOwnerRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: CloseOwnerRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.owner ?? 0, 'owner');
  return t + 12;
}

export function encodeCloseOwnerRequest(b: Uint8Array, d: DataView, at: number, m: CloseOwnerRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeCloseOwnerRequest(b, d, at + 12, at + 4, m));
}

function readCloseOwnerRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CloseOwnerRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let owner = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      owner = getU64(d, t + o);
    }
  }
  return {
    owner,
  };
}

export function decodeCloseOwnerRequest(b: Uint8Array, d: DataView, start: number, end: number): CloseOwnerRequest {
  return readCloseOwnerRequest(b, d, start, end, rootOf(b, d, start, end));
}

export type CloseOwnerResponse = Readonly<Record<never, never>>;

export type CloseOwnerResponseInput = Readonly<Record<never, never>>;

function sizeCloseOwnerResponse(_m: CloseOwnerResponseInput): number {
  return 4;
}

export function measureCloseOwnerResponse(m: CloseOwnerResponseInput): number {
  return 8 + sizeCloseOwnerResponse(m);
}

function writeCloseOwnerResponse(_b: Uint8Array, d: DataView, t: number, vt: number, _m: CloseOwnerResponseInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeCloseOwnerResponse(b: Uint8Array, d: DataView, at: number, m: CloseOwnerResponseInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeCloseOwnerResponse(b, d, at + 8, at + 4, m));
}

function readCloseOwnerResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CloseOwnerResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeCloseOwnerResponse(b: Uint8Array, d: DataView, start: number, end: number): CloseOwnerResponse {
  return readCloseOwnerResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportPublicRequest {
  readonly key: number;
}

export interface ExportPublicRequestInput {
  readonly key?: number | undefined;
}

function sizeExportPublicRequest(_m: ExportPublicRequestInput): number {
  return 12;
}

export function measureExportPublicRequest(m: ExportPublicRequestInput): number {
  return 12 + sizeExportPublicRequest(m);
}

function writeExportPublicRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ExportPublicRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  return t + 12;
}

export function encodeExportPublicRequest(b: Uint8Array, d: DataView, at: number, m: ExportPublicRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeExportPublicRequest(b, d, at + 12, at + 4, m));
}

function readExportPublicRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportPublicRequest {
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

export function decodeExportPublicRequest(b: Uint8Array, d: DataView, start: number, end: number): ExportPublicRequest {
  return readExportPublicRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportPublicResponse {
  readonly data: Uint8Array;
}

export interface ExportPublicResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeExportPublicResponse(m: ExportPublicResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureExportPublicResponse(m: ExportPublicResponseInput): number {
  return 12 + sizeExportPublicResponse(m);
}

function writeExportPublicResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ExportPublicResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 65536, 'data');
  return p;
}

export function encodeExportPublicResponse(b: Uint8Array, d: DataView, at: number, m: ExportPublicResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeExportPublicResponse(b, d, at + 12, at + 4, m));
}

function readExportPublicResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportPublicResponse {
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
  return {
    data,
  };
}

export function decodeExportPublicResponse(b: Uint8Array, d: DataView, start: number, end: number): ExportPublicResponse {
  return readExportPublicResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportSecretRequest {
  readonly key: number;
}

export interface ExportSecretRequestInput {
  readonly key?: number | undefined;
}

function sizeExportSecretRequest(_m: ExportSecretRequestInput): number {
  return 12;
}

export function measureExportSecretRequest(m: ExportSecretRequestInput): number {
  return 12 + sizeExportSecretRequest(m);
}

function writeExportSecretRequest(_b: Uint8Array, d: DataView, t: number, vt: number, m: ExportSecretRequestInput): number {
  d.setInt32(t, t - vt, true);
  putU64(d, t + 4, m.key ?? 0, 'key');
  return t + 12;
}

export function encodeExportSecretRequest(b: Uint8Array, d: DataView, at: number, m: ExportSecretRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeExportSecretRequest(b, d, at + 12, at + 4, m));
}

function readExportSecretRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportSecretRequest {
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

export function decodeExportSecretRequest(b: Uint8Array, d: DataView, start: number, end: number): ExportSecretRequest {
  return readExportSecretRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface ExportSecretResponse {
  readonly data: Uint8Array;
}

export interface ExportSecretResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeExportSecretResponse(m: ExportSecretResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureExportSecretResponse(m: ExportSecretResponseInput): number {
  return 12 + sizeExportSecretResponse(m);
}

function writeExportSecretResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: ExportSecretResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 65536, 'data');
  return p;
}

export function encodeExportSecretResponse(b: Uint8Array, d: DataView, at: number, m: ExportSecretResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeExportSecretResponse(b, d, at + 12, at + 4, m));
}

function readExportSecretResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): ExportSecretResponse {
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
  return {
    data,
  };
}

export function decodeExportSecretResponse(b: Uint8Array, d: DataView, start: number, end: number): ExportSecretResponse {
  return readExportSecretResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface AgreeKeyRequest {
  readonly owner: number;
  readonly key: number;
  readonly privateKey: number;
  readonly peer: Uint8Array;
  readonly peerFormat: number;
  readonly kdf: number;
  readonly kdfParameters: readonly Parameter[];
  readonly algorithm: number;
  readonly keyLength: number;
  readonly permissions: number;
}

export interface AgreeKeyRequestInput {
  readonly owner?: number | undefined;
  readonly key?: number | undefined;
  readonly privateKey?: number | undefined;
  readonly peer?: Uint8Array | undefined;
  readonly peerFormat?: number | undefined;
  readonly kdf?: number | undefined;
  readonly kdfParameters?: readonly ParameterInput[] | undefined;
  readonly algorithm?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly permissions?: number | undefined;
}

function sizeAgreeKeyRequest(m: AgreeKeyRequestInput): number {
  return 52 + (m.peer === undefined ? 4 : m.peer.length + 7) + (m.kdfParameters === undefined ? 16 : sizeParameterList(m.kdfParameters));
}

export function measureAgreeKeyRequest(m: AgreeKeyRequestInput): number {
  return 28 + sizeAgreeKeyRequest(m);
}

function writeAgreeKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: AgreeKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 48, 0, true);
  putU64(d, t + 4, m.owner ?? 0, 'owner');
  putU64(d, t + 12, m.key ?? 0, 'key');
  putU64(d, t + 20, m.privateKey ?? 0, 'privateKey');
  putU8(d, t + 48, m.peerFormat ?? 0, 'peerFormat');
  putU16(d, t + 44, m.kdf ?? 0, 'kdf');
  putU16(d, t + 46, m.algorithm ?? 0, 'algorithm');
  putU32(d, t + 36, m.keyLength ?? 0, 'keyLength');
  putU32(d, t + 40, m.permissions ?? 0, 'permissions');
  let p = t + 52;
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.peer, 65536, 'peer');
  d.setUint32(t + 32, p - t - 32, true);
  p = writeParameterList(b, d, p, m.kdfParameters, 32, 'kdfParameters');
  return p;
}

export function encodeAgreeKeyRequest(b: Uint8Array, d: DataView, at: number, m: AgreeKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00310018, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x001c0014, true);
  d.setUint32(at + 16, 0x002c0030, true);
  d.setUint32(at + 20, 0x002e0020, true);
  d.setUint32(at + 24, 0x00280024, true);
  refillOwn();
  return fits(b, writeAgreeKeyRequest(b, d, at + 28, at + 4, m));
}

function readAgreeKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): AgreeKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let owner = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      owner = getU64(d, t + o);
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
  let privateKey = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      privateKey = getU64(d, t + o);
    }
  }
  let peer: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      peer = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
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
  let kdf = 0;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      kdf = d.getUint16(t + o, true);
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
  let algorithm = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let keyLength = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyLength = d.getUint32(t + o, true);
    }
  }
  let permissions = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  return {
    owner,
    key,
    privateKey,
    peer,
    peerFormat,
    kdf,
    kdfParameters,
    algorithm,
    keyLength,
    permissions,
  };
}

export function decodeAgreeKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): AgreeKeyRequest {
  refill();
  return readAgreeKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface AgreeKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface AgreeKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeAgreeKeyResponse(m: AgreeKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureAgreeKeyResponse(m: AgreeKeyResponseInput): number {
  return 20 + sizeAgreeKeyResponse(m);
}

function writeAgreeKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: AgreeKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeAgreeKeyResponse(b: Uint8Array, d: DataView, at: number, m: AgreeKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeAgreeKeyResponse(b, d, at + 20, at + 4, m));
}

function readAgreeKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): AgreeKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeAgreeKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): AgreeKeyResponse {
  return readAgreeKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface WrapKeyRequest {
  readonly wrappingKey: number;
  readonly wrapping: number;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly mgfHash: number;
  readonly label: Uint8Array;
  readonly key: number;
}

export interface WrapKeyRequestInput {
  readonly wrappingKey?: number | undefined;
  readonly wrapping?: number | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly mgfHash?: number | undefined;
  readonly label?: Uint8Array | undefined;
  readonly key?: number | undefined;
}

function sizeWrapKeyRequest(m: WrapKeyRequestInput): number {
  return (
    36 +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.label === undefined ? 4 : m.label.length + 7)
  );
}

export function measureWrapKeyRequest(m: WrapKeyRequestInput): number {
  return 28 + sizeWrapKeyRequest(m);
}

function writeWrapKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: WrapKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 32, 0, true);
  putU64(d, t + 4, m.wrappingKey ?? 0, 'wrappingKey');
  putU16(d, t + 32, m.wrapping ?? 0, 'wrapping');
  putU8(d, t + 34, m.mgfHash ?? 0, 'mgfHash');
  putU64(d, t + 12, m.key ?? 0, 'key');
  let p = t + 36;
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 24, p - t - 24, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.label, 65536, 'label');
  return p;
}

export function encodeWrapKeyRequest(b: Uint8Array, d: DataView, at: number, m: WrapKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00230012, true);
  d.setUint32(at + 8, 0x00200004, true);
  d.setUint32(at + 12, 0x00180014, true);
  d.setUint32(at + 16, 0x001c0022, true);
  d.setUint32(at + 20, 0x0000000c, true);
  d.setUint32(at + 24, 0, true);
  return fits(b, writeWrapKeyRequest(b, d, at + 28, at + 4, m));
}

function readWrapKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): WrapKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let wrappingKey = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      wrappingKey = getU64(d, t + o);
    }
  }
  let wrapping = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      wrapping = d.getUint16(t + o, true);
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
  let mgfHash = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      mgfHash = d.getUint8(t + o);
    }
  }
  let label: Uint8Array = noBytes;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let key = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  return {
    wrappingKey,
    wrapping,
    iv,
    aad,
    mgfHash,
    label,
    key,
  };
}

export function decodeWrapKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): WrapKeyRequest {
  return readWrapKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface WrapKeyResponse {
  readonly data: Uint8Array;
}

export interface WrapKeyResponseInput {
  readonly data?: Uint8Array | undefined;
}

function sizeWrapKeyResponse(m: WrapKeyResponseInput): number {
  return 8 + (m.data === undefined ? 4 : m.data.length + 7);
}

export function measureWrapKeyResponse(m: WrapKeyResponseInput): number {
  return 12 + sizeWrapKeyResponse(m);
}

function writeWrapKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: WrapKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = putBytes(b, d, p, m.data, 268435456, 'data');
  return p;
}

export function encodeWrapKeyResponse(b: Uint8Array, d: DataView, at: number, m: WrapKeyResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
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
      data = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  return {
    data,
  };
}

export function decodeWrapKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): WrapKeyResponse {
  return readWrapKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface UnwrapKeyRequest {
  readonly wrappingKey: number;
  readonly wrapping: number;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly mgfHash: number;
  readonly label: Uint8Array;
  readonly owner: number;
  readonly key: number;
  readonly wrapped: Uint8Array;
  readonly algorithm: number;
  readonly permissions: number;
  readonly publicPermissions: number;
}

export interface UnwrapKeyRequestInput {
  readonly wrappingKey?: number | undefined;
  readonly wrapping?: number | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly aad?: Uint8Array | undefined;
  readonly mgfHash?: number | undefined;
  readonly label?: Uint8Array | undefined;
  readonly owner?: number | undefined;
  readonly key?: number | undefined;
  readonly wrapped?: Uint8Array | undefined;
  readonly algorithm?: number | undefined;
  readonly permissions?: number | undefined;
  readonly publicPermissions?: number | undefined;
}

function sizeUnwrapKeyRequest(m: UnwrapKeyRequestInput): number {
  return (
    60 +
    (m.iv === undefined ? 4 : m.iv.length + 7) +
    (m.aad === undefined ? 4 : m.aad.length + 7) +
    (m.label === undefined ? 4 : m.label.length + 7) +
    (m.wrapped === undefined ? 4 : m.wrapped.length + 7)
  );
}

export function measureUnwrapKeyRequest(m: UnwrapKeyRequestInput): number {
  return 36 + sizeUnwrapKeyRequest(m);
}

function writeUnwrapKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: UnwrapKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 56, 0, true);
  putU64(d, t + 4, m.wrappingKey ?? 0, 'wrappingKey');
  putU16(d, t + 52, m.wrapping ?? 0, 'wrapping');
  putU8(d, t + 56, m.mgfHash ?? 0, 'mgfHash');
  putU64(d, t + 12, m.owner ?? 0, 'owner');
  putU64(d, t + 20, m.key ?? 0, 'key');
  putU16(d, t + 54, m.algorithm ?? 0, 'algorithm');
  putU32(d, t + 44, m.permissions ?? 0, 'permissions');
  putU32(d, t + 48, m.publicPermissions ?? 0, 'publicPermissions');
  let p = t + 60;
  d.setUint32(t + 28, p - t - 28, true);
  p = putBytes(b, d, p, m.iv, 1024, 'iv');
  d.setUint32(t + 32, p - t - 32, true);
  p = putBytes(b, d, p, m.aad, 268435456, 'aad');
  d.setUint32(t + 36, p - t - 36, true);
  p = putBytes(b, d, p, m.label, 65536, 'label');
  d.setUint32(t + 40, p - t - 40, true);
  p = putBytes(b, d, p, m.wrapped, 268435456, 'wrapped');
  return p;
}

export function encodeUnwrapKeyRequest(b: Uint8Array, d: DataView, at: number, m: UnwrapKeyRequestInput): number {
  d.setUint32(at, 36, true);
  d.setUint32(at + 4, 0x0039001c, true);
  d.setUint32(at + 8, 0x00340004, true);
  d.setUint32(at + 12, 0x0020001c, true);
  d.setUint32(at + 16, 0x00240038, true);
  d.setUint32(at + 20, 0x0014000c, true);
  d.setUint32(at + 24, 0x00360028, true);
  d.setUint32(at + 28, 0x0030002c, true);
  d.setUint32(at + 32, 0, true);
  return fits(b, writeUnwrapKeyRequest(b, d, at + 36, at + 4, m));
}

function readUnwrapKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): UnwrapKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let wrappingKey = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      wrappingKey = getU64(d, t + o);
    }
  }
  let wrapping = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      wrapping = d.getUint16(t + o, true);
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
  let mgfHash = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      mgfHash = d.getUint8(t + o);
    }
  }
  let label: Uint8Array = noBytes;
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let owner = 0;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      owner = getU64(d, t + o);
    }
  }
  let key = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  let wrapped: Uint8Array = noBytes;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      wrapped = getBytes(b, d, e, follow(d, s, e, t + o), 268435456);
    }
  }
  let algorithm = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
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
  let publicPermissions = 0;
  if (vn > 26) {
    o = d.getUint16(vt + 26, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicPermissions = d.getUint32(t + o, true);
    }
  }
  return {
    wrappingKey,
    wrapping,
    iv,
    aad,
    mgfHash,
    label,
    owner,
    key,
    wrapped,
    algorithm,
    permissions,
    publicPermissions,
  };
}

export function decodeUnwrapKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): UnwrapKeyRequest {
  return readUnwrapKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface UnwrapKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface UnwrapKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeUnwrapKeyResponse(m: UnwrapKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureUnwrapKeyResponse(m: UnwrapKeyResponseInput): number {
  return 20 + sizeUnwrapKeyResponse(m);
}

function writeUnwrapKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: UnwrapKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeUnwrapKeyResponse(b: Uint8Array, d: DataView, at: number, m: UnwrapKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeUnwrapKeyResponse(b, d, at + 20, at + 4, m));
}

function readUnwrapKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): UnwrapKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeUnwrapKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): UnwrapKeyResponse {
  return readUnwrapKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface FindObjectsRequest {
  readonly label: string;
  readonly hasLabel: number;
  readonly id: Uint8Array;
  readonly hasId: number;
}

export interface FindObjectsRequestInput {
  readonly label?: string | undefined;
  readonly hasLabel?: number | undefined;
  readonly id?: Uint8Array | undefined;
  readonly hasId?: number | undefined;
}

function sizeFindObjectsRequest(m: FindObjectsRequestInput): number {
  return 16 + (m.label === undefined ? 8 : 3 * m.label.length + 8) + (m.id === undefined ? 4 : m.id.length + 7);
}

export function measureFindObjectsRequest(m: FindObjectsRequestInput): number {
  return 16 + sizeFindObjectsRequest(m);
}

function writeFindObjectsRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: FindObjectsRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 12, 0, true);
  putU8(d, t + 12, m.hasLabel ?? 0, 'hasLabel');
  putU8(d, t + 13, m.hasId ?? 0, 'hasId');
  let p = t + 16;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.label, 256, 'label');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.id, 256, 'id');
  return p;
}

export function encodeFindObjectsRequest(b: Uint8Array, d: DataView, at: number, m: FindObjectsRequestInput): number {
  d.setUint32(at, 16, true);
  d.setUint32(at + 4, 0x000e000c, true);
  d.setUint32(at + 8, 0x000c0004, true);
  d.setUint32(at + 12, 0x000d0008, true);
  return fits(b, writeFindObjectsRequest(b, d, at + 16, at + 4, m));
}

function readFindObjectsRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): FindObjectsRequest {
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
      label = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let hasLabel = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasLabel = d.getUint8(t + o);
    }
  }
  let id: Uint8Array = noBytes;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      id = getBytes(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let hasId = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasId = d.getUint8(t + o);
    }
  }
  return {
    label,
    hasLabel,
    id,
    hasId,
  };
}

export function decodeFindObjectsRequest(b: Uint8Array, d: DataView, start: number, end: number): FindObjectsRequest {
  return readFindObjectsRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface FindObjectsResponse {
  readonly objects: readonly StoredObject[];
}

export interface FindObjectsResponseInput {
  readonly objects?: readonly StoredObjectInput[] | undefined;
}

function sizeFindObjectsResponse(m: FindObjectsResponseInput): number {
  return 8 + (m.objects === undefined ? 24 : sizeStoredObjectList(m.objects));
}

export function measureFindObjectsResponse(m: FindObjectsResponseInput): number {
  return 12 + sizeFindObjectsResponse(m);
}

function writeFindObjectsResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: FindObjectsResponseInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 8;
  d.setUint32(t + 4, p - t - 4, true);
  p = writeStoredObjectList(b, d, p, m.objects, 1024, 'objects');
  return p;
}

export function encodeFindObjectsResponse(b: Uint8Array, d: DataView, at: number, m: FindObjectsResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  refillOwn();
  return fits(b, writeFindObjectsResponse(b, d, at + 12, at + 4, m));
}

function readFindObjectsResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): FindObjectsResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let objects: readonly StoredObject[] = [];
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      objects = readStoredObjectList(b, d, s, e, follow(d, s, e, t + o), 1024);
    }
  }
  return {
    objects,
  };
}

export function decodeFindObjectsResponse(b: Uint8Array, d: DataView, start: number, end: number): FindObjectsResponse {
  refill();
  return readFindObjectsResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface StoreKeyRequest {
  readonly source: number;
  readonly algorithm: number;
  readonly format: number;
  readonly keyData: Uint8Array;
  readonly key: number;
  readonly label: string;
  readonly id: Uint8Array;
  readonly permissions: number;
  readonly publicPermissions: number;
  readonly checked: number;
}

export interface StoreKeyRequestInput {
  readonly source?: number | undefined;
  readonly algorithm?: number | undefined;
  readonly format?: number | undefined;
  readonly keyData?: Uint8Array | undefined;
  readonly key?: number | undefined;
  readonly label?: string | undefined;
  readonly id?: Uint8Array | undefined;
  readonly permissions?: number | undefined;
  readonly publicPermissions?: number | undefined;
  readonly checked?: number | undefined;
}

function sizeStoreKeyRequest(m: StoreKeyRequestInput): number {
  return (
    40 +
    (m.keyData === undefined ? 4 : m.keyData.length + 7) +
    (m.label === undefined ? 8 : 3 * m.label.length + 8) +
    (m.id === undefined ? 4 : m.id.length + 7)
  );
}

export function measureStoreKeyRequest(m: StoreKeyRequestInput): number {
  return 28 + sizeStoreKeyRequest(m);
}

function writeStoreKeyRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: StoreKeyRequestInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 36, 0, true);
  putU8(d, t + 34, m.source ?? 0, 'source');
  putU16(d, t + 32, m.algorithm ?? 0, 'algorithm');
  putU8(d, t + 35, m.format ?? 0, 'format');
  putU64(d, t + 4, m.key ?? 0, 'key');
  putU32(d, t + 24, m.permissions ?? 0, 'permissions');
  putU32(d, t + 28, m.publicPermissions ?? 0, 'publicPermissions');
  putU8(d, t + 36, m.checked ?? 0, 'checked');
  let p = t + 40;
  d.setUint32(t + 12, p - t - 12, true);
  p = putBytes(b, d, p, m.keyData, 65536, 'keyData');
  d.setUint32(t + 16, p - t - 16, true);
  p = putText(b, d, p, m.label, 256, 'label');
  d.setUint32(t + 20, p - t - 20, true);
  p = putBytes(b, d, p, m.id, 256, 'id');
  return p;
}

export function encodeStoreKeyRequest(b: Uint8Array, d: DataView, at: number, m: StoreKeyRequestInput): number {
  d.setUint32(at, 28, true);
  d.setUint32(at + 4, 0x00250018, true);
  d.setUint32(at + 8, 0x00200022, true);
  d.setUint32(at + 12, 0x000c0023, true);
  d.setUint32(at + 16, 0x00100004, true);
  d.setUint32(at + 20, 0x00180014, true);
  d.setUint32(at + 24, 0x0024001c, true);
  return fits(b, writeStoreKeyRequest(b, d, at + 28, at + 4, m));
}

function readStoreKeyRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): StoreKeyRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let source = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      source = d.getUint8(t + o);
    }
  }
  let algorithm = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 2 > tn || ((t + o - s) & 1) !== 0) bad();
      algorithm = d.getUint16(t + o, true);
    }
  }
  let format = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      format = d.getUint8(t + o);
    }
  }
  let keyData: Uint8Array = noBytes;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyData = getBytes(b, d, e, follow(d, s, e, t + o), 65536);
    }
  }
  let key = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 8 > tn || ((t + o - s) & 7) !== 0) bad();
      key = getU64(d, t + o);
    }
  }
  let label = '';
  if (vn > 14) {
    o = d.getUint16(vt + 14, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      label = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let id: Uint8Array = noBytes;
  if (vn > 16) {
    o = d.getUint16(vt + 16, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      id = getBytes(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let permissions = 0;
  if (vn > 18) {
    o = d.getUint16(vt + 18, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      permissions = d.getUint32(t + o, true);
    }
  }
  let publicPermissions = 0;
  if (vn > 20) {
    o = d.getUint16(vt + 20, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      publicPermissions = d.getUint32(t + o, true);
    }
  }
  let checked = 0;
  if (vn > 22) {
    o = d.getUint16(vt + 22, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      checked = d.getUint8(t + o);
    }
  }
  return {
    source,
    algorithm,
    format,
    keyData,
    key,
    label,
    id,
    permissions,
    publicPermissions,
    checked,
  };
}

export function decodeStoreKeyRequest(b: Uint8Array, d: DataView, start: number, end: number): StoreKeyRequest {
  return readStoreKeyRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface StoreKeyResponse {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
  readonly hasPublic: number;
}

export interface StoreKeyResponseInput {
  readonly half?: number | undefined;
  readonly keyType?: number | undefined;
  readonly keyLength?: number | undefined;
  readonly curve?: string | undefined;
  readonly hasPublic?: number | undefined;
}

function sizeStoreKeyResponse(m: StoreKeyResponseInput): number {
  return 20 + (m.curve === undefined ? 8 : 3 * m.curve.length + 8);
}

export function measureStoreKeyResponse(m: StoreKeyResponseInput): number {
  return 20 + sizeStoreKeyResponse(m);
}

function writeStoreKeyResponse(b: Uint8Array, d: DataView, t: number, vt: number, m: StoreKeyResponseInput): number {
  d.setInt32(t, t - vt, true);
  d.setUint32(t + 16, 0, true);
  putU8(d, t + 16, m.half ?? 0, 'half');
  putU32(d, t + 4, m.keyType ?? 0, 'keyType');
  putU32(d, t + 8, m.keyLength ?? 0, 'keyLength');
  putU8(d, t + 17, m.hasPublic ?? 0, 'hasPublic');
  let p = t + 20;
  d.setUint32(t + 12, p - t - 12, true);
  p = putText(b, d, p, m.curve, 64, 'curve');
  return p;
}

export function encodeStoreKeyResponse(b: Uint8Array, d: DataView, at: number, m: StoreKeyResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0012000e, true);
  d.setUint32(at + 8, 0x00040010, true);
  d.setUint32(at + 12, 0x000c0008, true);
  d.setUint32(at + 16, 0x00000011, true);
  return fits(b, writeStoreKeyResponse(b, d, at + 20, at + 4, m));
}

function readStoreKeyResponse(b: Uint8Array, d: DataView, s: number, e: number, t: number): StoreKeyResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let half = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      half = d.getUint8(t + o);
    }
  }
  let keyType = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keyType = d.getUint32(t + o, true);
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
  let curve = '';
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      curve = getText(b, d, e, follow(d, s, e, t + o), 64);
    }
  }
  let hasPublic = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 1 > tn) bad();
      hasPublic = d.getUint8(t + o);
    }
  }
  return {
    half,
    keyType,
    keyLength,
    curve,
    hasPublic,
  };
}

export function decodeStoreKeyResponse(b: Uint8Array, d: DataView, start: number, end: number): StoreKeyResponse {
  return readStoreKeyResponse(b, d, start, end, rootOf(b, d, start, end));
}

export interface DestroyObjectsRequest {
  readonly label: string;
  readonly id: Uint8Array;
}

export interface DestroyObjectsRequestInput {
  readonly label?: string | undefined;
  readonly id?: Uint8Array | undefined;
}

function sizeDestroyObjectsRequest(m: DestroyObjectsRequestInput): number {
  return 12 + (m.label === undefined ? 8 : 3 * m.label.length + 8) + (m.id === undefined ? 4 : m.id.length + 7);
}

export function measureDestroyObjectsRequest(m: DestroyObjectsRequestInput): number {
  return 12 + sizeDestroyObjectsRequest(m);
}

function writeDestroyObjectsRequest(b: Uint8Array, d: DataView, t: number, vt: number, m: DestroyObjectsRequestInput): number {
  d.setInt32(t, t - vt, true);
  let p = t + 12;
  d.setUint32(t + 4, p - t - 4, true);
  p = putText(b, d, p, m.label, 256, 'label');
  d.setUint32(t + 8, p - t - 8, true);
  p = putBytes(b, d, p, m.id, 256, 'id');
  return p;
}

export function encodeDestroyObjectsRequest(b: Uint8Array, d: DataView, at: number, m: DestroyObjectsRequestInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x000c0008, true);
  d.setUint32(at + 8, 0x00080004, true);
  return fits(b, writeDestroyObjectsRequest(b, d, at + 12, at + 4, m));
}

function readDestroyObjectsRequest(b: Uint8Array, d: DataView, s: number, e: number, t: number): DestroyObjectsRequest {
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
      label = getText(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  let id: Uint8Array = noBytes;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      id = getBytes(b, d, e, follow(d, s, e, t + o), 256);
    }
  }
  return {
    label,
    id,
  };
}

export function decodeDestroyObjectsRequest(b: Uint8Array, d: DataView, start: number, end: number): DestroyObjectsRequest {
  return readDestroyObjectsRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface DestroyObjectsResponse {
  readonly destroyed: number;
}

export interface DestroyObjectsResponseInput {
  readonly destroyed?: number | undefined;
}

function sizeDestroyObjectsResponse(_m: DestroyObjectsResponseInput): number {
  return 8;
}

export function measureDestroyObjectsResponse(m: DestroyObjectsResponseInput): number {
  return 12 + sizeDestroyObjectsResponse(m);
}

function writeDestroyObjectsResponse(_b: Uint8Array, d: DataView, t: number, vt: number, m: DestroyObjectsResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.destroyed ?? 0, 'destroyed');
  return t + 8;
}

export function encodeDestroyObjectsResponse(b: Uint8Array, d: DataView, at: number, m: DestroyObjectsResponseInput): number {
  d.setUint32(at, 12, true);
  d.setUint32(at + 4, 0x00080006, true);
  d.setUint32(at + 8, 0x00000004, true);
  return fits(b, writeDestroyObjectsResponse(b, d, at + 12, at + 4, m));
}

function readDestroyObjectsResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): DestroyObjectsResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let destroyed = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      destroyed = d.getUint32(t + o, true);
    }
  }
  return {
    destroyed,
  };
}

export function decodeDestroyObjectsResponse(b: Uint8Array, d: DataView, start: number, end: number): DestroyObjectsResponse {
  return readDestroyObjectsResponse(b, d, start, end, rootOf(b, d, start, end));
}

export type CountersRequest = Readonly<Record<never, never>>;

export type CountersRequestInput = Readonly<Record<never, never>>;

function sizeCountersRequest(_m: CountersRequestInput): number {
  return 4;
}

export function measureCountersRequest(m: CountersRequestInput): number {
  return 8 + sizeCountersRequest(m);
}

function writeCountersRequest(_b: Uint8Array, d: DataView, t: number, vt: number, _m: CountersRequestInput): number {
  d.setInt32(t, t - vt, true);
  return t + 4;
}

export function encodeCountersRequest(b: Uint8Array, d: DataView, at: number, m: CountersRequestInput): number {
  d.setUint32(at, 8, true);
  d.setUint32(at + 4, 0x00040004, true);
  return fits(b, writeCountersRequest(b, d, at + 8, at + 4, m));
}

function readCountersRequest(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CountersRequest {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  return {};
}

export function decodeCountersRequest(b: Uint8Array, d: DataView, start: number, end: number): CountersRequest {
  return readCountersRequest(b, d, start, end, rootOf(b, d, start, end));
}

export interface CountersResponse {
  readonly open: number;
  readonly busy: number;
  readonly owner: number;
  readonly streams: number;
  readonly keys: number;
}

export interface CountersResponseInput {
  readonly open?: number | undefined;
  readonly busy?: number | undefined;
  readonly owner?: number | undefined;
  readonly streams?: number | undefined;
  readonly keys?: number | undefined;
}

function sizeCountersResponse(_m: CountersResponseInput): number {
  return 24;
}

export function measureCountersResponse(m: CountersResponseInput): number {
  return 20 + sizeCountersResponse(m);
}

function writeCountersResponse(_b: Uint8Array, d: DataView, t: number, vt: number, m: CountersResponseInput): number {
  d.setInt32(t, t - vt, true);
  putU32(d, t + 4, m.open ?? 0, 'open');
  putU32(d, t + 8, m.busy ?? 0, 'busy');
  putU32(d, t + 12, m.owner ?? 0, 'owner');
  putU32(d, t + 16, m.streams ?? 0, 'streams');
  putU32(d, t + 20, m.keys ?? 0, 'keys');
  return t + 24;
}

export function encodeCountersResponse(b: Uint8Array, d: DataView, at: number, m: CountersResponseInput): number {
  d.setUint32(at, 20, true);
  d.setUint32(at + 4, 0x0018000e, true);
  d.setUint32(at + 8, 0x00080004, true);
  d.setUint32(at + 12, 0x0010000c, true);
  d.setUint32(at + 16, 0x00000014, true);
  return fits(b, writeCountersResponse(b, d, at + 20, at + 4, m));
}

function readCountersResponse(_b: Uint8Array, d: DataView, s: number, e: number, t: number): CountersResponse {
  const vt = vtableOf(d, s, e, t);
  const vn = d.getUint16(vt, true);
  const tn = d.getUint16(vt + 2, true);
  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();
  let o = 0;
  let open = 0;
  if (vn > 4) {
    o = d.getUint16(vt + 4, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      open = d.getUint32(t + o, true);
    }
  }
  let busy = 0;
  if (vn > 6) {
    o = d.getUint16(vt + 6, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      busy = d.getUint32(t + o, true);
    }
  }
  let owner = 0;
  if (vn > 8) {
    o = d.getUint16(vt + 8, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      owner = d.getUint32(t + o, true);
    }
  }
  let streams = 0;
  if (vn > 10) {
    o = d.getUint16(vt + 10, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      streams = d.getUint32(t + o, true);
    }
  }
  let keys = 0;
  if (vn > 12) {
    o = d.getUint16(vt + 12, true);
    if (o !== 0) {
      if (o < 4 || o + 4 > tn || ((t + o - s) & 3) !== 0) bad();
      keys = d.getUint32(t + o, true);
    }
  }
  return {
    open,
    busy,
    owner,
    streams,
    keys,
  };
}

export function decodeCountersResponse(b: Uint8Array, d: DataView, start: number, end: number): CountersResponse {
  return readCountersResponse(b, d, start, end, rootOf(b, d, start, end));
}

/** The messages of each operation. */
export interface Messages {
  readonly hello: {
    readonly request: HelloRequest;
    readonly requestInput: HelloRequestInput;
    readonly response: HelloResponse;
    readonly responseInput: HelloResponseInput;
  };
  readonly login: {
    readonly request: LoginRequest;
    readonly requestInput: LoginRequestInput;
    readonly response: LoginResponse;
    readonly responseInput: LoginResponseInput;
  };
  readonly generateRsa: {
    readonly request: GenerateRsaRequest;
    readonly requestInput: GenerateRsaRequestInput;
    readonly response: GenerateRsaResponse;
    readonly responseInput: GenerateRsaResponseInput;
  };
  readonly generatePostQuantum: {
    readonly request: GeneratePostQuantumRequest;
    readonly requestInput: GeneratePostQuantumRequestInput;
    readonly response: GeneratePostQuantumResponse;
    readonly responseInput: GeneratePostQuantumResponseInput;
  };
  readonly signPostQuantum: {
    readonly request: SignPostQuantumRequest;
    readonly requestInput: SignPostQuantumRequestInput;
    readonly response: SignPostQuantumResponse;
    readonly responseInput: SignPostQuantumResponseInput;
  };
  readonly verifyPostQuantum: {
    readonly request: VerifyPostQuantumRequest;
    readonly requestInput: VerifyPostQuantumRequestInput;
    readonly response: VerifyPostQuantumResponse;
    readonly responseInput: VerifyPostQuantumResponseInput;
  };
  readonly derive: {
    readonly request: DeriveRequest;
    readonly requestInput: DeriveRequestInput;
    readonly response: DeriveResponse;
    readonly responseInput: DeriveResponseInput;
  };
  readonly decodeKey: {
    readonly request: DecodeKeyRequest;
    readonly requestInput: DecodeKeyRequestInput;
    readonly response: DecodeKeyResponse;
    readonly responseInput: DecodeKeyResponseInput;
  };
  readonly operate: {
    readonly request: OperateRequest;
    readonly requestInput: OperateRequestInput;
    readonly response: OperateResponse;
    readonly responseInput: OperateResponseInput;
  };
  readonly beginStream: {
    readonly request: BeginStreamRequest;
    readonly requestInput: BeginStreamRequestInput;
    readonly response: BeginStreamResponse;
    readonly responseInput: BeginStreamResponseInput;
  };
  readonly updateStream: {
    readonly request: UpdateStreamRequest;
    readonly requestInput: UpdateStreamRequestInput;
    readonly response: UpdateStreamResponse;
    readonly responseInput: UpdateStreamResponseInput;
  };
  readonly finishStream: {
    readonly request: FinishStreamRequest;
    readonly requestInput: FinishStreamRequestInput;
    readonly response: FinishStreamResponse;
    readonly responseInput: FinishStreamResponseInput;
  };
  readonly abortStream: {
    readonly request: AbortStreamRequest;
    readonly requestInput: AbortStreamRequestInput;
    readonly response: AbortStreamResponse;
    readonly responseInput: AbortStreamResponseInput;
  };
  readonly generateRandom: {
    readonly request: GenerateRandomRequest;
    readonly requestInput: GenerateRandomRequestInput;
    readonly response: GenerateRandomResponse;
    readonly responseInput: GenerateRandomResponseInput;
  };
  readonly seedRandom: {
    readonly request: SeedRandomRequest;
    readonly requestInput: SeedRandomRequestInput;
    readonly response: SeedRandomResponse;
    readonly responseInput: SeedRandomResponseInput;
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
  readonly publicHalf: {
    readonly request: PublicHalfRequest;
    readonly requestInput: PublicHalfRequestInput;
    readonly response: PublicHalfResponse;
    readonly responseInput: PublicHalfResponseInput;
  };
  readonly releaseKey: {
    readonly request: ReleaseKeyRequest;
    readonly requestInput: ReleaseKeyRequestInput;
    readonly response: ReleaseKeyResponse;
    readonly responseInput: ReleaseKeyResponseInput;
  };
  readonly closeOwner: {
    readonly request: CloseOwnerRequest;
    readonly requestInput: CloseOwnerRequestInput;
    readonly response: CloseOwnerResponse;
    readonly responseInput: CloseOwnerResponseInput;
  };
  readonly exportPublic: {
    readonly request: ExportPublicRequest;
    readonly requestInput: ExportPublicRequestInput;
    readonly response: ExportPublicResponse;
    readonly responseInput: ExportPublicResponseInput;
  };
  readonly exportSecret: {
    readonly request: ExportSecretRequest;
    readonly requestInput: ExportSecretRequestInput;
    readonly response: ExportSecretResponse;
    readonly responseInput: ExportSecretResponseInput;
  };
  readonly agreeKey: {
    readonly request: AgreeKeyRequest;
    readonly requestInput: AgreeKeyRequestInput;
    readonly response: AgreeKeyResponse;
    readonly responseInput: AgreeKeyResponseInput;
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
  readonly findObjects: {
    readonly request: FindObjectsRequest;
    readonly requestInput: FindObjectsRequestInput;
    readonly response: FindObjectsResponse;
    readonly responseInput: FindObjectsResponseInput;
  };
  readonly storeKey: {
    readonly request: StoreKeyRequest;
    readonly requestInput: StoreKeyRequestInput;
    readonly response: StoreKeyResponse;
    readonly responseInput: StoreKeyResponseInput;
  };
  readonly destroyObjects: {
    readonly request: DestroyObjectsRequest;
    readonly requestInput: DestroyObjectsRequestInput;
    readonly response: DestroyObjectsResponse;
    readonly responseInput: DestroyObjectsResponseInput;
  };
  readonly counters: {
    readonly request: CountersRequest;
    readonly requestInput: CountersRequestInput;
    readonly response: CountersResponse;
    readonly responseInput: CountersResponseInput;
  };
}

/** Codecs by name. */
export const operations: { readonly [N in keyof Messages]: OperationCodec<N, Messages[N]> } = {
  hello: {
    name: 'hello',
    opcode: 1,
    repeatable: false,
    measureRequest: measureHelloRequest,
    encodeRequest: encodeHelloRequest,
    decodeRequest: decodeHelloRequest,
    measureResponse: measureHelloResponse,
    encodeResponse: encodeHelloResponse,
    decodeResponse: decodeHelloResponse,
  },
  login: {
    name: 'login',
    opcode: 2,
    repeatable: false,
    measureRequest: measureLoginRequest,
    encodeRequest: encodeLoginRequest,
    decodeRequest: decodeLoginRequest,
    measureResponse: measureLoginResponse,
    encodeResponse: encodeLoginResponse,
    decodeResponse: decodeLoginResponse,
  },
  generateRsa: {
    name: 'generateRsa',
    opcode: 16,
    repeatable: false,
    measureRequest: measureGenerateRsaRequest,
    encodeRequest: encodeGenerateRsaRequest,
    decodeRequest: decodeGenerateRsaRequest,
    measureResponse: measureGenerateRsaResponse,
    encodeResponse: encodeGenerateRsaResponse,
    decodeResponse: decodeGenerateRsaResponse,
  },
  generatePostQuantum: {
    name: 'generatePostQuantum',
    opcode: 17,
    repeatable: false,
    measureRequest: measureGeneratePostQuantumRequest,
    encodeRequest: encodeGeneratePostQuantumRequest,
    decodeRequest: decodeGeneratePostQuantumRequest,
    measureResponse: measureGeneratePostQuantumResponse,
    encodeResponse: encodeGeneratePostQuantumResponse,
    decodeResponse: decodeGeneratePostQuantumResponse,
  },
  signPostQuantum: {
    name: 'signPostQuantum',
    opcode: 18,
    repeatable: false,
    measureRequest: measureSignPostQuantumRequest,
    encodeRequest: encodeSignPostQuantumRequest,
    decodeRequest: decodeSignPostQuantumRequest,
    measureResponse: measureSignPostQuantumResponse,
    encodeResponse: encodeSignPostQuantumResponse,
    decodeResponse: decodeSignPostQuantumResponse,
  },
  verifyPostQuantum: {
    name: 'verifyPostQuantum',
    opcode: 19,
    repeatable: false,
    measureRequest: measureVerifyPostQuantumRequest,
    encodeRequest: encodeVerifyPostQuantumRequest,
    decodeRequest: decodeVerifyPostQuantumRequest,
    measureResponse: measureVerifyPostQuantumResponse,
    encodeResponse: encodeVerifyPostQuantumResponse,
    decodeResponse: decodeVerifyPostQuantumResponse,
  },
  derive: {
    name: 'derive',
    opcode: 20,
    repeatable: false,
    measureRequest: measureDeriveRequest,
    encodeRequest: encodeDeriveRequest,
    decodeRequest: decodeDeriveRequest,
    measureResponse: measureDeriveResponse,
    encodeResponse: encodeDeriveResponse,
    decodeResponse: decodeDeriveResponse,
  },
  decodeKey: {
    name: 'decodeKey',
    opcode: 21,
    repeatable: false,
    measureRequest: measureDecodeKeyRequest,
    encodeRequest: encodeDecodeKeyRequest,
    decodeRequest: decodeDecodeKeyRequest,
    measureResponse: measureDecodeKeyResponse,
    encodeResponse: encodeDecodeKeyResponse,
    decodeResponse: decodeDecodeKeyResponse,
  },
  operate: {
    name: 'operate',
    opcode: 32,
    repeatable: false,
    measureRequest: measureOperateRequest,
    encodeRequest: encodeOperateRequest,
    decodeRequest: decodeOperateRequest,
    measureResponse: measureOperateResponse,
    encodeResponse: encodeOperateResponse,
    decodeResponse: decodeOperateResponse,
  },
  beginStream: {
    name: 'beginStream',
    opcode: 33,
    repeatable: false,
    measureRequest: measureBeginStreamRequest,
    encodeRequest: encodeBeginStreamRequest,
    decodeRequest: decodeBeginStreamRequest,
    measureResponse: measureBeginStreamResponse,
    encodeResponse: encodeBeginStreamResponse,
    decodeResponse: decodeBeginStreamResponse,
  },
  updateStream: {
    name: 'updateStream',
    opcode: 34,
    repeatable: false,
    measureRequest: measureUpdateStreamRequest,
    encodeRequest: encodeUpdateStreamRequest,
    decodeRequest: decodeUpdateStreamRequest,
    measureResponse: measureUpdateStreamResponse,
    encodeResponse: encodeUpdateStreamResponse,
    decodeResponse: decodeUpdateStreamResponse,
  },
  finishStream: {
    name: 'finishStream',
    opcode: 35,
    repeatable: false,
    measureRequest: measureFinishStreamRequest,
    encodeRequest: encodeFinishStreamRequest,
    decodeRequest: decodeFinishStreamRequest,
    measureResponse: measureFinishStreamResponse,
    encodeResponse: encodeFinishStreamResponse,
    decodeResponse: decodeFinishStreamResponse,
  },
  abortStream: {
    name: 'abortStream',
    opcode: 36,
    repeatable: false,
    measureRequest: measureAbortStreamRequest,
    encodeRequest: encodeAbortStreamRequest,
    decodeRequest: decodeAbortStreamRequest,
    measureResponse: measureAbortStreamResponse,
    encodeResponse: encodeAbortStreamResponse,
    decodeResponse: decodeAbortStreamResponse,
  },
  generateRandom: {
    name: 'generateRandom',
    opcode: 37,
    repeatable: false,
    measureRequest: measureGenerateRandomRequest,
    encodeRequest: encodeGenerateRandomRequest,
    decodeRequest: decodeGenerateRandomRequest,
    measureResponse: measureGenerateRandomResponse,
    encodeResponse: encodeGenerateRandomResponse,
    decodeResponse: decodeGenerateRandomResponse,
  },
  seedRandom: {
    name: 'seedRandom',
    opcode: 38,
    repeatable: false,
    measureRequest: measureSeedRandomRequest,
    encodeRequest: encodeSeedRandomRequest,
    decodeRequest: decodeSeedRandomRequest,
    measureResponse: measureSeedRandomResponse,
    encodeResponse: encodeSeedRandomResponse,
    decodeResponse: decodeSeedRandomResponse,
  },
  generateKey: {
    name: 'generateKey',
    opcode: 48,
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
    opcode: 49,
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
    opcode: 50,
    repeatable: false,
    measureRequest: measureLoadKeyRequest,
    encodeRequest: encodeLoadKeyRequest,
    decodeRequest: decodeLoadKeyRequest,
    measureResponse: measureLoadKeyResponse,
    encodeResponse: encodeLoadKeyResponse,
    decodeResponse: decodeLoadKeyResponse,
  },
  publicHalf: {
    name: 'publicHalf',
    opcode: 51,
    repeatable: false,
    measureRequest: measurePublicHalfRequest,
    encodeRequest: encodePublicHalfRequest,
    decodeRequest: decodePublicHalfRequest,
    measureResponse: measurePublicHalfResponse,
    encodeResponse: encodePublicHalfResponse,
    decodeResponse: decodePublicHalfResponse,
  },
  releaseKey: {
    name: 'releaseKey',
    opcode: 52,
    repeatable: false,
    measureRequest: measureReleaseKeyRequest,
    encodeRequest: encodeReleaseKeyRequest,
    decodeRequest: decodeReleaseKeyRequest,
    measureResponse: measureReleaseKeyResponse,
    encodeResponse: encodeReleaseKeyResponse,
    decodeResponse: decodeReleaseKeyResponse,
  },
  closeOwner: {
    name: 'closeOwner',
    opcode: 53,
    repeatable: false,
    measureRequest: measureCloseOwnerRequest,
    encodeRequest: encodeCloseOwnerRequest,
    decodeRequest: decodeCloseOwnerRequest,
    measureResponse: measureCloseOwnerResponse,
    encodeResponse: encodeCloseOwnerResponse,
    decodeResponse: decodeCloseOwnerResponse,
  },
  exportPublic: {
    name: 'exportPublic',
    opcode: 54,
    repeatable: false,
    measureRequest: measureExportPublicRequest,
    encodeRequest: encodeExportPublicRequest,
    decodeRequest: decodeExportPublicRequest,
    measureResponse: measureExportPublicResponse,
    encodeResponse: encodeExportPublicResponse,
    decodeResponse: decodeExportPublicResponse,
  },
  exportSecret: {
    name: 'exportSecret',
    opcode: 55,
    repeatable: false,
    measureRequest: measureExportSecretRequest,
    encodeRequest: encodeExportSecretRequest,
    decodeRequest: decodeExportSecretRequest,
    measureResponse: measureExportSecretResponse,
    encodeResponse: encodeExportSecretResponse,
    decodeResponse: decodeExportSecretResponse,
  },
  agreeKey: {
    name: 'agreeKey',
    opcode: 56,
    repeatable: false,
    measureRequest: measureAgreeKeyRequest,
    encodeRequest: encodeAgreeKeyRequest,
    decodeRequest: decodeAgreeKeyRequest,
    measureResponse: measureAgreeKeyResponse,
    encodeResponse: encodeAgreeKeyResponse,
    decodeResponse: decodeAgreeKeyResponse,
  },
  wrapKey: {
    name: 'wrapKey',
    opcode: 57,
    repeatable: false,
    measureRequest: measureWrapKeyRequest,
    encodeRequest: encodeWrapKeyRequest,
    decodeRequest: decodeWrapKeyRequest,
    measureResponse: measureWrapKeyResponse,
    encodeResponse: encodeWrapKeyResponse,
    decodeResponse: decodeWrapKeyResponse,
  },
  unwrapKey: {
    name: 'unwrapKey',
    opcode: 58,
    repeatable: false,
    measureRequest: measureUnwrapKeyRequest,
    encodeRequest: encodeUnwrapKeyRequest,
    decodeRequest: decodeUnwrapKeyRequest,
    measureResponse: measureUnwrapKeyResponse,
    encodeResponse: encodeUnwrapKeyResponse,
    decodeResponse: decodeUnwrapKeyResponse,
  },
  findObjects: {
    name: 'findObjects',
    opcode: 64,
    repeatable: false,
    measureRequest: measureFindObjectsRequest,
    encodeRequest: encodeFindObjectsRequest,
    decodeRequest: decodeFindObjectsRequest,
    measureResponse: measureFindObjectsResponse,
    encodeResponse: encodeFindObjectsResponse,
    decodeResponse: decodeFindObjectsResponse,
  },
  storeKey: {
    name: 'storeKey',
    opcode: 65,
    repeatable: false,
    measureRequest: measureStoreKeyRequest,
    encodeRequest: encodeStoreKeyRequest,
    decodeRequest: decodeStoreKeyRequest,
    measureResponse: measureStoreKeyResponse,
    encodeResponse: encodeStoreKeyResponse,
    decodeResponse: decodeStoreKeyResponse,
  },
  destroyObjects: {
    name: 'destroyObjects',
    opcode: 66,
    repeatable: false,
    measureRequest: measureDestroyObjectsRequest,
    encodeRequest: encodeDestroyObjectsRequest,
    decodeRequest: decodeDestroyObjectsRequest,
    measureResponse: measureDestroyObjectsResponse,
    encodeResponse: encodeDestroyObjectsResponse,
    decodeResponse: decodeDestroyObjectsResponse,
  },
  counters: {
    name: 'counters',
    opcode: 67,
    repeatable: false,
    measureRequest: measureCountersRequest,
    encodeRequest: encodeCountersRequest,
    decodeRequest: decodeCountersRequest,
    measureResponse: measureCountersResponse,
    encodeResponse: encodeCountersResponse,
    decodeResponse: decodeCountersResponse,
  },
};

/** Codecs by number on the wire. */
export const messages: { readonly [opcode: number]: OperationCodec<keyof Messages> | undefined } = {
  1: operations.hello,
  2: operations.login,
  16: operations.generateRsa,
  17: operations.generatePostQuantum,
  18: operations.signPostQuantum,
  19: operations.verifyPostQuantum,
  20: operations.derive,
  21: operations.decodeKey,
  32: operations.operate,
  33: operations.beginStream,
  34: operations.updateStream,
  35: operations.finishStream,
  36: operations.abortStream,
  37: operations.generateRandom,
  38: operations.seedRandom,
  48: operations.generateKey,
  49: operations.importKey,
  50: operations.loadKey,
  51: operations.publicHalf,
  52: operations.releaseKey,
  53: operations.closeOwner,
  54: operations.exportPublic,
  55: operations.exportSecret,
  56: operations.agreeKey,
  57: operations.wrapKey,
  58: operations.unwrapKey,
  64: operations.findObjects,
  65: operations.storeKey,
  66: operations.destroyObjects,
  67: operations.counters,
};
