/**
 * The peer's service: takes a message, answers its digest or MAC. Messages travel as bare bytes, without protobuf around them, which
 * is in the peer's favour.
 */
import type { ServiceDefinition } from '@grpc/grpc-js';

const bytes = (value: Buffer): Buffer => value;

function method(name: string) {
  return {
    path: `/keyslot.bench.Crypto/${name}`,
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
}

export const service = { hash: method('Hash'), mac: method('Mac') } satisfies ServiceDefinition;
