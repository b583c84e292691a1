import type { Failure } from '../protocol/packet.ts';
import type { Translate } from './translate.ts';

/** What the reader is told of something that was asked for and failed: never the name of a method. */
export function requestFailureText({ reason, message }: Failure, t: Translate): string {
  switch (reason) {
    case 'timeout':
      return t('There was no answer in time. Try it again; “Show Log” of RPA Trace says more.');
    case 'engineLost':
    case 'disposed':
      return t('The trace engine stopped before it answered. Try it again in a moment.');
    case 'notFound':
      return t('This is not here any more: it left the window of what is kept.');
    case 'madeAnew':
      return t(
        'Another record stands in its place now: the topic was made anew, or the file was written again.',
      );
    case 'unknownMethod':
      return t('This panel is of another version of RPA Trace. Reload the window.');
    case 'notAllowed':
    case 'internal':
      // Who answered wrote it for the reader.
      return message;
  }
}
