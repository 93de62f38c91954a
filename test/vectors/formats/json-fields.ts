/** Fields of parsed JSON, checked as they are read. */
import { hex } from '../bytes.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value === 'string') return value;
  throw new Error(`"${name}" is not a text`);
}
export function textOr(object: JsonObject, name: string, otherwise: string): string {
  return object[name] === undefined ? otherwise : text(object, name);
}

export function number(object: JsonObject, name: string): number {
  const value = object[name];
  if (typeof value === 'number') return value;
  throw new Error(`"${name}" is not a number`);
}
export function numberOr(object: JsonObject, name: string, otherwise: number): number {
  return object[name] === undefined ? otherwise : number(object, name);
}

/** The objects of a list; none when there is no such list. */
export function objects(object: JsonObject, name: string): JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** An object inside an object; empty when it is missing. */
export function inner(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

/** Bytes in hexadecimal. */
export function bytes(object: JsonObject, name: string): Uint8Array {
  return hex(text(object, name));
}
export function bytesOr(object: JsonObject, name: string, otherwise: Uint8Array | undefined): Uint8Array | undefined {
  return object[name] === undefined ? otherwise : bytes(object, name);
}
