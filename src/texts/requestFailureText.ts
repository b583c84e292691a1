import type { Failure } from '../protocol/packet.ts';
import type { Translate } from './translate.ts';

/** What the reader is told of something that was asked for and failed: never the name of a method. */
export function requestFailureText({ reason, message }: Failure, t: Translate): string {
  switch (reason) {
    case 'timeout':
      return t(
        'There was no response in time. Try again; for details, run the command “Show Log” of RPA Trace.',
      );
    case 'engineLost':
    case 'disposed':
      return t('The trace engine stopped before it responded. Try again in a moment.');
    case 'notFound':
      return t(
        'This is no longer kept in memory. To keep more, increase rpaTrace.store.maxMegabytes in the settings.',
      );
    case 'madeAnew':
      return t(
        'Another record is at that position now: the topic was recreated, or the file was rewritten.',
      );
    case 'unknownMethod':
      return t('This panel belongs to another version of RPA Trace. Reload the window.');
    case 'notAllowed':
    case 'internal':
      // Who answered wrote it for the reader.
      return message;
  }
}
