import type { JSX } from 'preact';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import { timing, type Fact } from '../../src/view/timingFacts.ts';
import { useInspector } from './inspectorContext.ts';

/** When it ran, what the numbers mean, and the tokens it used. */
export function TimingView({ content }: { readonly content: InspectorContent }): JSX.Element {
  const { t, language } = useInspector();
  const { facts, notes, tokens } = timing(content, language, t);
  return (
    <div class="inspector-timing">
      <Facts facts={facts} />
      {notes.map((note) => (
        <p key={note} class="inspector-note">
          <span class="codicon codicon-info" aria-hidden="true" />
          <span>{note}</span>
        </p>
      ))}
      {tokens.length > 0 && (
        <>
          <h3 class="inspector-subhead">{t('Tokens')}</h3>
          <table class="inspector-tokens">
            <tbody>
              {tokens.map(({ name, value }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

/** Names and values in two columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="inspector-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
