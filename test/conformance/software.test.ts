import { describeConformance } from './in-vitest.js';

await describeConformance('software');
