import { describePermissions } from '../../core/permissions.js';
import type { SlotStatus } from '../../daemon/admin/generated/messages.js';
import { slotStateNumbers } from '../../protocol/enumerations.js';
import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import type { AdminFlags } from '../flags.js';
import { printTable } from '../table.js';

/** `keyslot slot list` */
export const slotList = action(async (context, flags: AdminFlags) => {
  const { slots } = await withAdmin(context, flags, (admin) => admin.call('slotList', {}));
  const objects = slots.map(slotObject);
  if (flags.json === true) {
    printJson(context, { slots: objects });
    return;
  }
  const { stdout, stderr } = context.process;
  if (objects.length === 0) stderr.write('no slots are configured\n');
  else printTable(stdout, columns, objects.map(cells));
  for (const { name, problem } of objects) if (problem !== undefined) stderr.write(`keyslot: ${name}: ${problem}\n`);
});

type Slot = ReturnType<typeof slotObject>;

function slotObject(slot: SlotStatus) {
  const { name, state, algorithm, provider, compatibleProviders, permissions, generation, problem } = slot;
  return {
    name,
    /** null while its provider can't tell. */
    state: slotStateNumbers.name(state, 'state') ?? null,
    algorithm,
    provider,
    compatibleProviders: [...compatibleProviders],
    permissions: describePermissions(permissions),
    generation,
    ...(problem === '' ? {} : { problem }),
  };
}

const columns = [
  { name: 'SLOT' },
  { name: 'STATE' },
  { name: 'ALGORITHM' },
  { name: 'PROVIDER' },
  { name: 'GENERATION', align: 'right' },
  { name: 'PERMISSIONS' },
] as const;

function cells({ name, state, algorithm, provider, generation, permissions }: Slot): string[] {
  return [name, state ?? 'unknown', algorithm, provider, generation === 0 ? '-' : String(generation), permissions.join(',') || '-'];
}
