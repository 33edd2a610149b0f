/** Runs one check and prints its line: `ok …`, or `FAILED …` and why. The process fails when one does. */
export async function check(name, work) {
  const start = performance.now();
  try {
    await work();
    console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAILED  ${name}\n${error.message.replaceAll(/^/gm, '        ')}`);
  }
}
