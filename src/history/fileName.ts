import { createHash } from 'node:crypto';

/** The file of a source: its topic, for those who look into the folder, and what tells it from others. */
export function fileNameOf(clusterId: string, topic: string): string {
  const hash = createHash('sha256').update(`${clusterId}\0${topic}`).digest('hex').slice(0, 16);
  return `${topic.replace(/[^\w.-]/g, '_').slice(0, 60)}-${hash}.db`;
}
