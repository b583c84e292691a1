import { isBroker, splitBrokers } from '../../src/base/brokers.ts';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';

/** The form while the reader fills it in; `password` null keeps the remembered one. */
export interface FormDraft {
  readonly form: ConnectionForm;
  readonly password: string | null;
}

/** What a field lacks, by name of the field. */
export type Lack = 'noBroker' | 'brokerForm' | 'noTopic' | 'noUser' | 'noPassword';

/** What is missing before it can be tried; null when nothing is. */
export function lackOf({ form, password }: FormDraft): Lack | null {
  const brokers = splitBrokers(form.brokers);
  if (brokers.length === 0) return 'noBroker';
  if (!brokers.every(isBroker)) return 'brokerForm';
  if (form.topic.trim() === '') return 'noTopic';
  if (form.saslMechanism === 'none') return null;
  if (form.username.trim() === '') return 'noUser';
  return form.hasPassword || (password ?? '') !== '' ? null : 'noPassword';
}

/** Whether something below the fold differs from what most connections need. */
export function hasSecurity({ tls, saslMechanism, start }: ConnectionForm): boolean {
  return tls || saslMechanism !== 'none' || start.kind !== 'last';
}

/** The form as it is sent: a name of nothing is none. */
export function withName({ mark, ...form }: ConnectionForm): ConnectionForm {
  const name = mark?.name.trim() ?? '';
  return mark === undefined || name === '' ? form : { ...form, mark: { ...mark, name } };
}
