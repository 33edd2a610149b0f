// Writes the JSON Schema of the protocol beside the build that it is made of.
import { writeFileSync } from 'node:fs';
import { protocolJsonSchema } from '../dist/protocol/schemas/json-schema.js';

const file = new URL('../dist/protocol.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(protocolJsonSchema(), undefined, 2)}\n`);
