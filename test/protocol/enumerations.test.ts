import { describe, expect, it } from 'vitest';
import * as enumerations from '../../src/protocol/enumerations.js';

const all = Object.entries(enumerations).flatMap(([name, value]) =>
  value instanceof enumerations.Enumeration ? [[name, value as enumerations.Enumeration<string>] as const] : [],
);

describe.each(all)('%s', (_name, enumeration) => {
  it('counts its names from one, zero is not given', () => {
    enumeration.names.forEach((name, i) => {
      expect(enumeration.number(name, 'field')).toBe(i + 1);
      expect(enumeration.name(i + 1, 'field')).toBe(name);
      expect(enumeration.given(i + 1, 'field')).toBe(name);
    });
    expect(enumeration.number(undefined, 'field')).toBe(0);
    expect(enumeration.name(0, 'field')).toBeUndefined();
    expect(() => enumeration.given(0, 'field')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'field' }));
  });

  it('refuses what it does not know, and names the field', () => {
    const unknown = [enumeration.names.length + 1, 255, -1, 0.5];
    for (const number of unknown) {
      expect(() => enumeration.name(number, 'field')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'field' }));
    }
    for (const name of ['', 'toString', 'Hash']) {
      expect(() => enumeration.number(name, 'field')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'field' }));
    }
  });

  it('has names that differ', () => {
    expect(new Set(enumeration.names).size).toBe(enumeration.names.length);
  });
});

it('numbers are those of the published protocol', () => {
  expect(enumerations.contextKindNumbers.number('aead', 'kind')).toBe(4);
  expect(enumerations.keyFormatNumbers.number('jwk', 'format')).toBe(4);
  expect(enumerations.resourceTypeNumbers.number('keySlot', 'type')).toBe(2);
  expect(enumerations.providerSelectionNumbers.number('softwarePreferred', 'selection')).toBe(5);
});
