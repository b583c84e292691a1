import { splitBrokers } from '../../base/brokers.ts';
import { shownAddresses } from '../../base/shownAddress.ts';
import { msg } from '../../texts/translate.ts';
import type { SourceTraits } from '../traits.ts';
import type { KafkaSpec, KeptTopic } from './spec.ts';

/** A Kafka topic. */
export const kafkaTraits = {
  isLive: true,
  isCounted: true,
  isNewEachTime: false,
  hasLinks: true,
  needsTrust: true,
  icon: 'pulse',
  beginning: msg('Connecting'),
  way: {
    icon: 'plug',
    label: msg('Connect to Kafka…'),
    title: msg('Connect to Kafka'),
    text: msg('Shows executions live, as their records arrive on a topic.'),
  },
  label: ({ topic, connection, mark }) => ({
    ...{ name: topic, detail: shownAddresses(connection.brokers) },
    ...(mark === undefined ? {} : { mark }),
  }),
  holdsTheSame: (a, b) =>
    a.topic === b.topic && String(a.connection.brokers) === String(b.connection.brokers),
  limit: {
    asked: ({ start }) => {
      if (start.kind === 'latest') return 0;
      return start.kind === 'last' ? start.count : Number.POSITIVE_INFINITY;
    },
    limited: (spec, count) => ({ ...spec, start: { kind: 'last', count } }),
  },
  memory: {
    shown: ({ form: { topic = 'Kafka', brokers = '', mark } = {} }) => {
      const addresses = shownAddresses(splitBrokers(brokers));
      return mark === undefined
        ? { name: topic, detail: addresses }
        : { name: mark.name, detail: `${topic} · ${addresses}` };
    },
    // Whatever the settings make of it by now, a connection with a name is the same.
    identity: ({ form }) =>
      form?.mark === undefined
        ? `${form?.brokers ?? ''} ${form?.topic ?? ''}`
        : `connection ${form.mark.name}`,
  },
} as const satisfies SourceTraits<KafkaSpec, KeptTopic>;
