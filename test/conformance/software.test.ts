import { describeConformance } from './in-vitest.js';

describeConformance('software');
