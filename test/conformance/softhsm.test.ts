import { describeConformance } from './in-vitest.js';

await describeConformance('softhsm');
