/** What `npm run generate` writes. Paths are from the project's folder. */

export interface Target {
  /** The module with the table, without its ending: read from dist/, where it is compiled. */
  readonly table: string;
  /** What the module calls the table. */
  readonly name: string;
  readonly codec: string;
  /** Where the schema is published; private protocols have none. */
  readonly schema?: string;
  /** The document whose tables are filled in. */
  readonly reference?: string;
}

export const targets: readonly Target[] = [
  {
    table: 'src/protocol/operations',
    name: 'protocolTable',
    codec: 'src/protocol/generated/messages.ts',
    schema: 'src/protocol/keyslot.fbs',
    reference: 'docs/protocol.md',
  },
  { table: 'src/providers/hosting/host-operations', name: 'hostTable', codec: 'src/providers/hosting/generated/messages.ts' },
  { table: 'src/daemon/admin/operations', name: 'adminTable', codec: 'src/daemon/admin/generated/messages.ts' },
];
