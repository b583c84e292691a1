import { hasCode } from '../base/hasCode.ts';

/** Whether no process of this machine has such a number. */
export function isProcessGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}
