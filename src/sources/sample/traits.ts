import { msg } from '../../texts/translate.ts';
import type { SourceTraits } from '../traits.ts';
import type { SampleSpec } from './spec.ts';

/** The built-in sample robot. */
export const sampleTraits = {
  isLive: true,
  isCounted: false,
  isNewEachTime: true,
  hasLinks: false,
  needsTrust: false,
  icon: 'play',
  beginning: msg('Reading'),
  ownName: msg('Sample robot'),
  way: {
    icon: 'play',
    label: msg('Play Sample Robot'),
    title: msg('Play Sample Robot'),
    text: msg('Plays simulated executions on this machine only, so that you can look around.'),
  },
  label: () => ({ name: '', detail: '' }),
  holdsTheSame: () => false,
  limit: null,
  memory: { shown: () => ({ name: '', detail: '' }), identity: () => '' },
} as const satisfies SourceTraits<SampleSpec, SampleSpec>;
