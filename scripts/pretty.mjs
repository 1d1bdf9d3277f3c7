// Standard input, JSON, to standard output, one member a line: so that differences can be read.
import { readFileSync } from 'node:fs';

console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')), null, 2));
