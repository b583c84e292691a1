import type { NarrowingChoices } from '../../src/analysis/pastNumbers.ts';
import { flowTitle, titleText } from '../../src/texts/titles.ts';
import { msg } from '../../src/texts/translate.ts';
import type { Choices } from '../choices.ts';
import { usePanel } from '../panelContext.ts';

type Service = NarrowingChoices['services'][number];

const serviceNames: Readonly<Record<Service, string>> = {
  workflow: msg('Workflows'),
  rpa: msg('Robots'),
  agent: msg('Agents'),
  link: msg('Tools'),
  aitools: msg('AI tools'),
  build: msg('Builds'),
  other: msg('Other services'),
};

/** A service or a flow alone, of those that ran. */
export function NarrowingField() {
  const { state, t } = usePanel();
  const { only } = state.choices.value;
  const { answer } = state.numbers.value;
  const { flows, services } = withChosen(answer?.choices ?? { flows: [], services: [] }, only);
  const isChosen = only.flow !== '' || only.service !== '';
  if (!isChosen && flows.length < 2 && services.length < 2) return null;
  const value =
    only.service === '' ? (only.flow === '' ? '' : `f${only.flow}`) : `s${only.service}`;
  return (
    <select
      class="numbers-only"
      aria-label={t('Only')}
      value={value}
      onChange={({ currentTarget: { value: chosen } }) => {
        state.choose({
          only: {
            service: services.find((service) => chosen === `s${service}`) ?? '',
            flow: chosen.startsWith('f') ? chosen.slice(1) : '',
          },
        });
      }}
    >
      <option value="">{t('All services and flows')}</option>
      {services.length > 1 && (
        <optgroup label={t('Services')}>
          {services.map((service) => (
            <option key={service} value={`s${service}`}>
              {t(serviceNames[service])}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label={t('Flows')}>
        {flows.map(({ flow, name }) => (
          <option key={flow} value={`f${flow}`}>
            {titleText(flowTitle({ flow, name }, null, t))}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

/** What is chosen can be seen, also where it did not run. */
function withChosen(
  { flows, services }: NarrowingChoices,
  only: Choices['only'],
): NarrowingChoices {
  const collator = new Intl.Collator();
  const isThere = only.flow === '' || flows.some(({ flow }) => flow === only.flow);
  const all = [...flows, ...(isThere ? [] : [{ flow: only.flow, name: '' }])];
  return {
    flows: all.sort((a, b) => collator.compare(a.name, b.name)),
    services: only.service === '' ? services : [...new Set([...services, only.service])],
  };
}
