/** The gRPC peer's server. Run as `grpc-server SOCKET`. */
import { createHmac, createSecretKey, hash } from 'node:crypto';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { service } from './grpc-service.js';
import { macKey } from './job.js';
import { serveUntilParentEnds } from './peer-process.js';

interface Call {
  readonly request: Buffer;
}
type Answer = sendUnaryData<Buffer>;

const key = createSecretKey(macKey);
const server = new Server();
server.addService(service, {
  hash: ({ request }: Call, answer: Answer) => answer(null, hash('sha256', request, 'buffer')),
  mac: ({ request }: Call, answer: Answer) => answer(null, createHmac('sha256', key).update(request).digest()),
});
server.bindAsync(`unix:${process.argv[2]}`, ServerCredentials.createInsecure(), (error) => {
  if (error !== null) throw error;
  serveUntilParentEnds();
});
