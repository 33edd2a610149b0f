/** What must hold, each with what is wrong with it; and figures that say how much was done. */
export interface Findings {
  readonly wrong: Record<string, readonly string[]>;
  readonly figures?: object;
  /** Why nothing was tested. */
  readonly skipped?: string;
}

/** So much of what is wrong with one thing is told. */
const TOLD = 10;

/** Tells what was found, part by part, and makes the process fail for what is wrong. */
export class Report {
  private started = 0;

  begin(name: string): void {
    console.log(`# ${name}`);
    this.started = performance.now();
  }

  add({ wrong, figures, skipped }: Findings): void {
    if (skipped !== undefined) console.log(`Not tested: faults: ${skipped}.`);
    for (const [name, problems] of Object.entries(wrong)) {
      console.log(`${problems.length === 0 ? 'ok' : 'FAILED'} ${name}`);
      for (const problem of problems.slice(0, TOLD)) console.log(`  ${problem}`);
      if (problems.length > TOLD) console.log(`  and ${String(problems.length - TOLD)} more`);
      if (problems.length > 0) process.exitCode = 1;
    }
    const seconds = Math.round((performance.now() - this.started) / 1000);
    console.log(JSON.stringify({ seconds, ...figures }));
  }
}
