import type { Translate } from './translate.ts';

interface Position {
  readonly topic: string;
  readonly partition: number;
  /** Of a file: the line, or the how-manieth of an array or a table. */
  readonly offset: string;
}

/** Where a record stands: on its topic, or in its file, which is named without its folder. */
export function recordPlaceText(position: Position, isOfTopic: boolean, t: Translate): string {
  const { topic, partition, offset } = position;
  return isOfTopic
    ? t('{0}, partition {1}, offset {2}', topic, partition, offset)
    : t('{0}, record {1}', fileName(topic), offset);
}

/** The same, part by part. */
export function recordPlaceFacts(
  { topic, partition, offset }: Position,
  isOfTopic: boolean,
  t: Translate,
): readonly { readonly name: string; readonly value: string }[] {
  if (isOfTopic) {
    return [
      { name: t('Topic'), value: topic },
      { name: t('Partition'), value: String(partition) },
      { name: t('Offset'), value: offset },
    ];
  }
  return [
    { name: t('File'), value: fileName(topic) },
    { name: t('Record in the file'), value: offset },
  ];
}

/** Folders are nobody else's business: what says it may be handed on. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
