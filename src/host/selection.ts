import type { ExecutionKey } from '../trace/execution.ts';

/** Which execution the panel shows, as the panel tells it. */
export class Selection {
  key: ExecutionKey | null = null;
}
