import { msg } from '../../texts/translate.ts';
import type { SourceNames, SourceTraits } from '../traits.ts';
import type { ContentsSpec, FilesSpec } from './spec.ts';

const ofAnyFile = {
  isLive: false,
  isCounted: false,
  isNewEachTime: false,
  hasLinks: false,
  needsTrust: false,
  icon: 'file',
  beginning: msg('Reading'),
  limit: null,
} as const;

/** Files on the disk. */
export const filesTraits = {
  ...ofAnyFile,
  way: {
    icon: 'folder-opened',
    label: msg('Open Trace Files…'),
    title: msg('Open Trace Files'),
    text: msg('Reads records from dumps, exports and logs; you can also drop files anywhere here.'),
  },
  label: ({ paths }) => namesOf(paths),
  holdsTheSame: (a, b) => JSON.stringify(a.paths) === JSON.stringify(b.paths),
  memory: {
    shown: ({ paths }) => ({ ...namesOf(paths), path: paths[0] ?? '' }),
    identity: ({ paths }) => JSON.stringify(paths),
  },
} as const satisfies SourceTraits<FilesSpec, FilesSpec>;

/** What was dropped on the panel. */
export const contentsTraits = {
  ...ofAnyFile,
  way: null,
  label: ({ files }) => namesOf(files.map((file) => file.name)),
  holdsTheSame: (a, b) => a.files === b.files,
  memory: null,
} as const satisfies SourceTraits<ContentsSpec, never>;

function namesOf(paths: readonly string[]): SourceNames {
  const names = paths.map((path) => path.split(/[\\/]/).at(-1) ?? path);
  return { name: names.join(', '), detail: paths.join('\n') };
}
