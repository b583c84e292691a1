import { isBroker, splitBrokers } from '../../src/base/brokers.ts';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';

/** The form while the reader fills it in; `password` null keeps the remembered one. */
export interface FormDraft {
  readonly form: ConnectionForm;
  readonly password: string | null;
  /** It shall become a connection with a name, and has none yet. */
  readonly isNew: boolean;
}

/** The draft that a form begins with. */
export function draftOf(form: ConnectionForm): FormDraft {
  return { form, password: null, isNew: false };
}

/** A new connection, filled in as the one before: most differ in little. */
export function newConnection({ form: { mark: _, ...form }, password }: FormDraft): FormDraft {
  return { form, password, isNew: true };
}

/** A password is kept for brokers and user: with others the form has the one that is kept for those, or none. */
export function withOwnPassword(
  form: ConnectionForm,
  known: readonly ConnectionForm[],
): ConnectionForm {
  const own = passwordKey(form);
  const hasPassword = known.some((one) => one.hasPassword && passwordKey(one) === own);
  return { ...form, hasPassword };
}

/** As the host keeps them. */
function passwordKey({ brokers, username }: ConnectionForm): string {
  return `${username}@${brokers.replaceAll(/\s+/g, '')}`;
}

/** What a field lacks, by name of the field. */
export type Lack = 'noName' | 'noBroker' | 'brokerForm' | 'noTopic' | 'noUser' | 'noPassword';

/** What is missing before it can be tried; null when nothing is. */
export function lackOf({ form, password, isNew }: FormDraft): Lack | null {
  const brokers = splitBrokers(form.brokers);
  if (brokers.length === 0) return 'noBroker';
  if (!brokers.every(isBroker)) return 'brokerForm';
  if (form.topic.trim() === '') return 'noTopic';
  if (form.saslMechanism !== 'none') {
    if (form.username.trim() === '') return 'noUser';
    if (!form.hasPassword && (password ?? '') === '') return 'noPassword';
  }
  // Without one it would take the place of the default connection.
  return isNew && (form.mark?.name ?? '').trim() === '' ? 'noName' : null;
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
