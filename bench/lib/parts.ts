/** What the benchmarks measure of what is not public. */
export { classValidation } from '../../src/execution/payload-class';
export { Gate } from '../../src/pipeline';
export { parseRequest, serialiseEvent, writeEvent, writeItem } from '../../src/protocol';
