/** A turn of the loop: what has arrived meanwhile is read, and handled, before records go on. */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
