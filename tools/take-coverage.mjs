// Under `npm run coverage`: the runner ends its workers in a way that loses what they have counted, so it is written after each file.
import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

afterAll(() => takeCoverage());
