// Writes the JSON Schema of the protocol beside the build that it is made of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { protocolJsonSchema } from '../src/protocol/schemas/json-schema';

const file = join(__dirname, '../dist/protocol.schema.json');
writeFileSync(file, `${JSON.stringify(protocolJsonSchema(), undefined, 2)}\n`);
