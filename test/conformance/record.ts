import { play } from './client';
import { normalise } from './normalise';
import { prepare } from './oracle/environment';
import { startOracle } from './oracle-side';
import { FAMILIES } from './scenarios';
import { writeTranscripts, type Transcripts } from './transcripts';

/** Plays every scenario to the reference and writes down what it does. */
async function record(): Promise<void> {
  prepare();
  const oracle = await startOracle();
  try {
    for (const [family, scenarios] of Object.entries(FAMILIES)) {
      const transcripts: Transcripts = {};
      for (const scenario of scenarios) {
        transcripts[scenario.name] = normalise(await play(scenario, oracle));
      }
      writeTranscripts(family, transcripts);
      console.log(`${family}: ${String(scenarios.length)} scenarios`);
    }
  } finally {
    await oracle.close();
  }
}

record().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
