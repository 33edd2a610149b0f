// Writes the JSON Schema of the protocol into the build folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { protocolJsonSchema } from '../src/protocol/schemas/json-schema';

const file = join(__dirname, '../dist/protocol.schema.json');
writeFileSync(file, `${JSON.stringify(protocolJsonSchema(), undefined, 2)}\n`);
