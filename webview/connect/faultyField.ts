import type { Lack } from './formDraft.ts';

/** The field that lacks something, by its class. */
const fields: Readonly<Record<Lack, string>> = {
  noName: 'connection-name',
  noBroker: 'brokers',
  brokerForm: 'brokers',
  noTopic: 'topic-field',
  noUser: 'username',
  noPassword: 'password',
};

/**
 * Says of the field that lacks something that it does, and what. On the input within: the toolkit hands on neither
 * attribute, and a reference by id doesn't reach into its tree.
 */
export function markFaulty(form: HTMLElement, lack: Lack | null, text: string): HTMLElement | null {
  let faulty: HTMLElement | null = null;
  for (const field of form.querySelectorAll<HTMLElement>('vscode-text-field')) {
    const isFaulty = lack !== null && field.classList.contains(fields[lack]);
    const input = field.shadowRoot?.querySelector('input');
    if (isFaulty) faulty = field;
    if (isFaulty) input?.setAttribute('aria-invalid', 'true');
    else input?.removeAttribute('aria-invalid');
    if (isFaulty) input?.setAttribute('aria-description', text);
    else input?.removeAttribute('aria-description');
  }
  return faulty;
}
