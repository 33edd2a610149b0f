const tasks: (() => unknown)[] = [];

/** Has something done after the present test, the last asked for first. */
export function afterThisTest(task: () => unknown): void {
  tasks.push(task);
}

afterEach(async () => {
  for (const task of tasks.splice(0).reverse()) await task();
});
