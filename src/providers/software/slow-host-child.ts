/** The slow host as the daemon sees it: started at the first need, replaced when it hangs, ended when nobody waits for its work. */
import { fileURLToPath } from 'node:url';
import { KeyslotError } from '../../core/errors.js';
import type { Call } from '../contract.js';
import { buildId } from '../hosting/build-id.js';
import type { HangLimits } from '../hosting/cost.js';
import { type Messages, operations } from '../hosting/generated/messages.js';
import { Host, type HostLog } from '../hosting/host.js';
import { hostTable } from '../hosting/host-operations.js';
import type { GeneratedRsa, SlowHost } from './slow-host.js';

const script = fileURLToPath(new URL('./slow-host-main.js', import.meta.url));

export class SlowHostChild implements SlowHost {
  readonly host: Host<Messages>;

  constructor(name: string, hang: HangLimits, log: HostLog) {
    this.host = new Host<Messages>({
      name: `${name} (slow host)`,
      script,
      codecs: operations,
      env: {},
      threads: 2,
      hang,
      log,
      killWhenAbandoned: true,
      prepare: async (ask) => {
        const { build } = await ask('hello', {});
        if (build !== buildId(hostTable)) throw new KeyslotError('PROTOCOL_VERSION', 'the slow host is of another build');
      },
    });
  }

  async generateRsa(bits: number, call: Call): Promise<GeneratedRsa> {
    if (this.host.state.kind === 'stopped') await this.host.start();
    return this.host.request('generateRsa', { bits }, { cost: 'slow', call, onLate: ({ pkcs8 }) => void pkcs8.fill(0) });
  }

  stop(): Promise<void> {
    return this.host.stop();
  }
}
