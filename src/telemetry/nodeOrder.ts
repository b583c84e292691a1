import type { NodeLog } from './nodeLog.ts';

/** Of many that ended side by side as many name what follows: thousands would each name thousands. */
const mostBefore = 32;

/** Which nodes followed which among siblings: those that begin after others have ended are their successors. */
export class NodeOrder {
  private ended: NodeLog[] = [];
  private isOver = true;

  begin(log: NodeLog): void {
    for (const before of this.ended) before.setNextNodeId(log.id);
    this.isOver = true;
  }

  end(log: NodeLog): void {
    // The first to end after one has begun opens a new generation; who ran beside it joins that.
    if (this.isOver) this.ended = [];
    this.isOver = false;
    this.ended.push(log);
    if (this.ended.length > mostBefore) this.ended.shift();
  }
}
