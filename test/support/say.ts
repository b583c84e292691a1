/** One line of progress for the person who runs a task; stdout belongs to the tasks' results. */
export function say(text: string): void {
  process.stderr.write(`rpa-trace: ${text}\n`);
}
